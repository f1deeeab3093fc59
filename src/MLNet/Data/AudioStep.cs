using Microsoft.ML;
using Microsoft.ML.Data;
using SerLab.Core;
using SerLab.Datasets.Corpora;
using SerLab.Datasets.Extraction;
using SerLab.Features.FeatureSets;

namespace SerLab.MLNet.Data;

/// <summary>Adds the features of sound files to their paths, several files at once.</summary>
internal sealed class AudioStep(string output, string input, FeatureSet set, FeatureCache? cache)
    : ColumnStep<ReadOnlyMemory<char>, string>(input, [Column(output, set, [])])
{
    /// <summary>What is computed.</summary>
    public FeatureSet Set => set;

    /// <inheritdoc/>
    protected override void Require(DataViewSchema.Column column)
    {
        if (column.Type is not TextDataViewType)
        {
            throw ColumnReader.Wrong(column, "texts, the paths of sound files");
        }
    }

    /// <inheritdoc/>
    protected override string Keep(ReadOnlyMemory<char> cell) => cell.ToString();

    /// <inheritdoc/>
    protected override IReadOnlyList<TableColumn> Answer(IReadOnlyList<string> cells, long first)
    {
        if (cells.ToList().IndexOf("") is var empty and >= 0)
        {
            throw new InvalidInputException($"Row {first + empty} has no '{Input}'; leave out rows without a sound.");
        }

        Clip[] clips = [.. cells.Select(path => new Clip { Id = path, Audio = new AudioFileSource(path) })];
        IReadOnlyList<ClipFeatures> features =
            FeatureExtractor.ExtractEach(clips, set, new ExtractionOptions { Cache = cache });
        return
        [
            Column(
                output,
                set,
                [
                    .. features.Select((clip, i) => clip.Values ?? throw new InvalidInputException(
                        $"Row {first + i} has no features. {clip.Error!.Message}", clip.Error)),
                ]),
        ];
    }

    private static TableColumn Column(string name, FeatureSet set, IReadOnlyList<float[]> rows) =>
        TableColumn.Vectors(name, FeatureMatrix.FromRows(rows, set.Names.Count), set.Names);
}
