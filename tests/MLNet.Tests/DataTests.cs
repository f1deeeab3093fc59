using Microsoft.ML;
using Microsoft.ML.Data;
using SerLab.Core;
using SerLab.Datasets.Corpora;
using SerLab.Datasets.Tables;
using SerLab.Features.Audio;
using SerLab.Features.FeatureSets;
using SerLab.MLNet.Data;
using SerLab.Training.Splitting;
using Xunit;

namespace SerLab.MLNet.Tests;

/// <summary>Corpora, features, sounds and folds as data of ML.NET.</summary>
public class DataTests
{
    private static readonly string[] Speakers = [.. Enumerable.Range(0, 30).Select(i => $"speaker {i * 7 % 9}")];

    [Fact]
    public void A_corpus_of_ratings_has_its_target_as_Label_and_its_groups_and_features_as_columns()
    {
        FeatureTable features = Features();
        IDataView data = new MLContext().Data.LoadFromCorpus(Rated(features), "arousal");

        Assert.Equal(["Id", "Label", "valence", "arousal", "speaker", "Features"], data.Schema.Select(column => column.Name));
        Assert.Equal(30, data.GetRowCount());
        Assert.Equal(ColumnReader.Numbers(data, "arousal"), ColumnReader.Numbers(data, "Label"));
        Assert.Equal(features.Values.Values.ToArray(), ColumnReader.Vectors(data, "Features").Values.ToArray());
        Assert.Equal(features.FeatureNames, ColumnNames.Read(data.Schema["Features"], "SlotNames"));
        Assert.Equal(Speakers, Texts(data, "speaker"));
    }

    [Fact]
    public void A_corpus_of_classes_has_keys_as_Label()
    {
        Corpus corpus = Rated(Features()) with { Targets = [], Classes = ["calm", "sad"] };
        corpus = corpus with { Clips = [.. corpus.Clips.Select((clip, i) => clip with { Label = i % 3 == 0 ? "sad" : "calm" })] };
        MLContext context = new();

        IDataView data = context.Data.LoadFromCorpus(corpus);
        IDataView named = context.Transforms.Conversion.MapKeyToValue("Label").Fit(data).Transform(data);

        Assert.Equal(corpus.Clips.Select(clip => clip.Label!), Texts(named, "Label"));
    }

    [Fact]
    public void A_rating_that_the_corpus_lacks_is_refused_with_the_nearest() => Assert.Contains(
        "arousal",
        Assert.ThrowsAny<InvalidInputException>(() => new MLContext().Data.LoadFromCorpus(Rated(Features()), "arousel")).Message,
        StringComparison.Ordinal);

    [Fact]
    public void A_feature_table_trains_a_trainer_of_MLNet()
    {
        MLContext context = new(0);
        IDataView data = context.Data.LoadFromCorpus(Rated(Features()), "valence");

        IDataView scored = context.Regression.Trainers
            .FastTree(numberOfTrees: 5, minimumExampleCountPerLeaf: 2).Fit(data).Transform(data);

        Assert.True(context.Regression.Evaluate(scored).RSquared > 0.5);
    }

    [Fact]
    public void Shuffled_reading_gives_every_row_once_with_all_its_columns()
    {
        FeatureTable table = Features();
        IDataView data = new MLContext().Data.LoadFromFeatureTable(table);
        using DataViewRowCursor cursor = data.GetRowCursor(data.Schema, new Random(1));
        ValueGetter<ReadOnlyMemory<char>> id = cursor.GetGetter<ReadOnlyMemory<char>>(data.Schema["Id"]);
        ValueGetter<VBuffer<float>> features = cursor.GetGetter<VBuffer<float>>(data.Schema["Features"]);
        List<string> seen = [];
        ReadOnlyMemory<char> text = default;
        VBuffer<float> values = default;
        while (cursor.MoveNext())
        {
            id(ref text);
            features(ref values);
            seen.Add(text.ToString());
            Assert.Equal(table.Values.Row(table.ClipIds.ToList().IndexOf(seen[^1])).ToArray(), values.DenseValues());
        }

        Assert.NotEqual(table.ClipIds, seen);
        Assert.Equal(table.ClipIds.Order(), seen.Order());
    }

    [Fact]
    public void Folds_of_whole_groups_are_those_of_the_splitter()
    {
        MLContext context = new();
        IDataView data = context.Data.LoadFromCorpus(Rated(Features()), "valence");
        GroupKFold splitter = new(3);

        IReadOnlyList<DataOperationsCatalog.TrainTestData> sets =
            context.Data.SplitBy(data, splitter, groupColumnName: "speaker");

        IReadOnlyList<Fold> expected = splitter.Split(new SplitInput(30) { Groups = ColumnReader.Numbered(data, "speaker") });
        Assert.Equal(3, sets.Count);
        Assert.All(sets.Zip(expected), pair =>
        {
            Assert.Equal(pair.Second.Test.Select(Id), Texts(pair.First.TestSet, "Id"));
            Assert.Equal(pair.Second.Train.Select(Id), Texts(pair.First.TrainSet, "Id"));
            Assert.Empty(Texts(pair.First.TestSet, "speaker").Intersect(Texts(pair.First.TrainSet, "speaker")));
        });
    }

    [Fact]
    public void Rows_in_neither_part_of_a_fold_are_in_neither_set()
    {
        MLContext context = new();
        IDataView data = context.Data.LoadFromFeatureTable(Features());

        DataOperationsCatalog.TrainTestData sets = Assert.Single(context.Data.SplitBy(data, new Straddling()));

        Assert.Equal([Id(1), Id(2)], Texts(sets.TestSet, "Id"));
        Assert.Equal([Id(5), Id(8)], Texts(sets.TrainSet, "Id"));
    }

    [Fact]
    public void Stratified_folds_hold_the_classes_in_proportion_and_can_be_trained_on()
    {
        MLContext context = new(0);
        FeatureMatrix rows = RandomTables.Gaussian(60, 4, seed: 1);
        string[] names = ["a", "b", "c"];
        TableView data = new(
            60,
            TableColumn.Vectors("Features", rows),
            TableColumn.Keys("Label", RandomTables.SmoothLabels(rows, 3, seed: 2), names));

        IReadOnlyList<DataOperationsCatalog.TrainTestData> sets =
            context.Data.SplitBy(data, new StratifiedKFold(5), classColumnName: "Label");

        Assert.All(sets, set =>
        {
            Assert.Equal([4, 4, 4], ColumnReader.Keys(set.TestSet, "Label").Classes.CountBy(c => c).Select(pair => pair.Value));
            ITransformer model = context.MulticlassClassification.Trainers.LbfgsMaximumEntropy().Fit(set.TrainSet);
            Assert.InRange(context.MulticlassClassification.Evaluate(model.Transform(set.TestSet)).MicroAccuracy, 0.5, 1);
        });
    }

    [Fact]
    public void Features_of_sound_files_are_those_of_the_feature_set()
    {
        FeatureSet meyda = FeatureSetCatalogue.BuiltIn.Get("meyda74");
        using TemporaryFolder folder = new();
        string path = folder.At("tone.wav");
        AudioSignal tone = new(Enumerable.Range(0, 8000).Select(i => MathF.Sin(i * 0.1f) / 2).ToArray(), 16000);
        WavWriter.Write(path, tone);
        TableView sounds = new(1, TableColumn.Texts("Path", [path]));

        IDataView extracted = new MLContext().Transforms.AudioFeatures("Features", "Path", meyda).Fit(sounds).Transform(sounds);

        Assert.Equal(meyda.Extract(AudioFile.Read(path)), ColumnReader.Vectors(extracted, "Features").Values.ToArray());
        Assert.Equal(meyda.Names, ColumnNames.Read(extracted.Schema["Features"], "SlotNames"));
    }

    [Fact]
    public void A_sound_that_is_missing_is_named_with_its_row_in_a_column_of_any_name()
    {
        FeatureSet meyda = FeatureSetCatalogue.BuiltIn.Get("meyda74");
        TableView sounds = new(1, TableColumn.Texts("File", ["nowhere.wav"]));

        IDataView extracted = new MLContext().Transforms.AudioFeatures("Heard", "File", meyda).Fit(sounds).Transform(sounds);
        InvalidInputException error =
            Assert.Throws<InvalidInputException>(() => ColumnReader.Vectors(extracted, "Heard"));

        Assert.StartsWith("Row 0 has no features. ", error.Message, StringComparison.Ordinal);
        Assert.Contains("nowhere.wav", error.Message, StringComparison.Ordinal);
    }

    private static string Id(int clip) => $"clip {clip}";

    private static IEnumerable<string> Texts(IDataView data, string column) =>
        ColumnReader.Values<ReadOnlyMemory<char>>(data, data.Schema[column]).Select(text => text.ToString());

    private static FeatureTable Features() => new(
        [.. Enumerable.Range(0, 30).Select(Id)], ["centroid", "flatness", "rms"], RandomTables.Gaussian(30, 3, seed: 1));

    private static Corpus Rated(FeatureTable features)
    {
        double[] valence = RandomTables.SmoothTargets(features.Values, seed: 2);
        return new Corpus
        {
            Name = "tiny",
            Title = "Tiny",
            Licence = "none",
            Citation = "none",
            Targets = ["valence", "arousal"],
            Features = features,
            Clips =
            [
                .. features.ClipIds.Select((id, i) => new Clip
                {
                    Id = id,
                    Ratings = new Dictionary<string, double> { ["valence"] = valence[i], ["arousal"] = -valence[i] / 2 },
                    Groups = new Dictionary<string, string> { ["speaker"] = Speakers[i] },
                }),
            ],
        };
    }

    private sealed class Straddling : ISplitter
    {
        public string Name => "straddling";

        public string Describe() => "rows 1 and 2 against 5 and 8";

        public IReadOnlyList<Fold> Split(SplitInput input) => [new Fold(0, [5, 8], [1, 2])];
    }
}
