using Microsoft.ML.Data;
using SerLab.Core;
using SerLab.Datasets.Corpora;
using SerLab.Datasets.Extraction;
using SerLab.Datasets.Tables;
using SerLab.Features.FeatureSets;
using SerLab.MLNet.Data;
using SerLab.MLNet.Trainers;
using SerLab.Training.Splitting;

namespace Microsoft.ML;

/// <summary>SerLab in the catalogues of an <see cref="MLContext"/>.</summary>
public static class SerLabCatalog
{
    /// <summary>
    /// Computes features of sound files, several at once: a column of paths in, a vector of Single with slot names out.
    /// </summary>
    /// <param name="catalog">The transforms.</param>
    /// <param name="outputColumnName">The new column of features.</param>
    /// <param name="inputColumnName">The column of paths (text); none: <paramref name="outputColumnName"/>.</param>
    /// <param name="featureSet">What is computed, e.g. <c>FeatureSetCatalogue.BuiltIn.Get("meyda74")</c>.</param>
    /// <param name="cache">
    /// Where features are kept, so that data that are read again, and SerLab's own commands, compute none twice; none: nowhere.
    /// </param>
    /// <exception cref="InvalidInputException">
    /// The feature set does not give rows of features; when data is read: a file is missing or cannot be decoded.
    /// </exception>
    public static IEstimator<ITransformer> AudioFeatures(
        this TransformsCatalog catalog,
        string outputColumnName,
        string? inputColumnName,
        FeatureSet featureSet,
        FeatureCache? cache = null)
    {
        if (!featureSet.Shape.IsFeatures)
        {
            throw new InvalidInputException(
                $"The feature set '{featureSet.Id}' gives {featureSet.Shape}; a column of features needs a set of rows, e.g. "
                + "'meyda74'.");
        }

        AudioStep step = new(outputColumnName, inputColumnName ?? outputColumnName, featureSet, cache);
        SchemaDefinition input = SchemaDefinition.Create(typeof(SoundRow), SchemaDefinition.Direction.Read);
        input[nameof(SoundRow.Path)].ColumnName = inputColumnName ?? outputColumnName;
        SchemaDefinition output = SchemaDefinition.Create(typeof(SoundFeatures), SchemaDefinition.Direction.Write);
        SchemaDefinition.Column features = output[nameof(SoundFeatures.Features)];
        features.ColumnName = outputColumnName;
        features.ColumnType = step.Added[0].Type;
        return new AudioFeaturesEstimator(
            step,
            catalog.CustomMapping<SoundRow, SoundFeatures>((_, _) => { }, contractName: null, input, output));
    }

    /// <summary>
    /// A corpus as data: <c>Id</c>; <c>Path</c> where sounds are files; <c>Label</c> (the named rating, or the class as a key);
    /// every rating and every kind of group under its own name; <c>Features</c> with slot names where they are given or the
    /// corpus ships them.
    /// </summary>
    /// <param name="catalog">The data operations.</param>
    /// <param name="corpus">The corpus.</param>
    /// <param name="target">The rating that becomes Label; none: the class, in a corpus with classes.</param>
    /// <param name="features">Features of the corpus's clips in their order; none: those it ships.</param>
    /// <exception cref="InvalidInputException">The corpus has no such rating.</exception>
    public static IDataView LoadFromCorpus(
        this DataOperationsCatalog catalog, Corpus corpus, string? target = null, FeatureTable? features = null) =>
        CorpusView.Create(corpus, target, features ?? corpus.Features);

    /// <summary>A feature table as data: <c>Id</c>, and <c>Features</c> with slot names.</summary>
    /// <param name="catalog">The data operations.</param>
    /// <param name="table">The table.</param>
    public static IDataView LoadFromFeatureTable(this DataOperationsCatalog catalog, FeatureTable table) => new TableView(
        table.ClipIds.Count,
        TableColumn.Texts(CorpusView.Id, table.ClipIds),
        TableColumn.Vectors(ColumnNames.Features, table.Values, table.FeatureNames));

    /// <summary>
    /// Folds by any rule of SerLab, e.g. <c>new GroupKFold(10)</c> or <c>new StratifiedGroupKFold(10)</c>, as ML.NET's pairs of
    /// training and test data. Rows keep their order; a row in neither part of a fold (a straddler) is in neither set. The sets
    /// have one column more, <c>FoldPart</c>.
    /// </summary>
    /// <param name="catalog">The data operations.</param>
    /// <param name="data">The rows; their order must be the same at every reading.</param>
    /// <param name="splitter">The rule.</param>
    /// <param name="groupColumnName">The column that tells the group (text, keys, numbers), where the rule needs groups.</param>
    /// <param name="classColumnName">The column that tells the class, where the rule needs classes.</param>
    /// <exception cref="InvalidInputException">A column is missing, or the rows cannot be divided so.</exception>
    public static IReadOnlyList<DataOperationsCatalog.TrainTestData> SplitBy(
        this DataOperationsCatalog catalog,
        IDataView data,
        ISplitter splitter,
        string? groupColumnName = null,
        string? classColumnName = null)
    {
        int count = ColumnReader.Count(data);
        SplitInput input = new(count)
        {
            Groups = groupColumnName is null ? null : ColumnReader.Numbered(data, groupColumnName),
            Labels = classColumnName is null ? null : ColumnReader.Numbered(data, classColumnName),
        };
        return [.. splitter.Split(input).Select(fold => FoldView.Split(catalog, data, fold, count))];
    }

    /// <summary>
    /// Writes a fitted pipeline with a model of SerLab as one ONNX file: ML.NET's own steps through its converter, SerLab's model
    /// as SerLab writes it. The file takes the columns that the wanted ones follow from, under their names, and answers
    /// <c>NAME.output</c> for each, as ML.NET's converter names them; keys are uint32 from 1. After <c>AudioFeatures</c> it takes
    /// the features. A row with a number that is not finite is answered with NaN, and key 0.
    /// </summary>
    /// <param name="catalog">The model operations.</param>
    /// <param name="model">The fitted pipeline.</param>
    /// <param name="data">Data of the columns that it takes; no row of them is read.</param>
    /// <param name="path">Where to write; an existing file is replaced.</param>
    /// <param name="outputColumns">The columns that become outputs; none: Score, and PredictedLabel where there is one.</param>
    /// <exception cref="InvalidInputException">
    /// There is no model of SerLab in it, no such column, a step that leads to it has no ONNX form, or the file cannot be
    /// written.
    /// </exception>
    public static void SaveAsOnnx(
        this ModelOperationsCatalog catalog,
        ITransformer model,
        IDataView data,
        string path,
        params IReadOnlyList<string> outputColumns)
    {
        byte[] bytes = PipelineOnnx.Write(model, data.Schema, outputColumns);
        try
        {
            AtomicFile.Write(path, stream => stream.Write(bytes));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new InvalidInputException($"The model could not be written to '{path}': {error.Message}", error);
        }
    }

    /// <summary>
    /// A pipeline up to its last model of SerLab, in SerLab's own form: of a loaded one ML.NET gives steps of its own, which
    /// answer the same but have neither the model nor feature importance.
    /// </summary>
    /// <param name="catalog">The model operations.</param>
    /// <param name="model">A fitted pipeline, loaded or not; steps after the model are left out.</param>
    /// <exception cref="InvalidInputException">There is no model of SerLab in it.</exception>
    public static TransformerChain<LearnerTransformer> UpToLearner(this ModelOperationsCatalog catalog, ITransformer model)
    {
        ITransformer[] steps = [.. PipelineSteps.Of(model)];
        int last = Array.FindLastIndex(steps, step => step is LearnerTransformer);
        return last >= 0
            ? new TransformerChain<LearnerTransformer>(steps[..(last + 1)])
            : throw new InvalidInputException("None of the steps is a model of SerLab.");
    }

    private sealed class SoundRow
    {
        public ReadOnlyMemory<char> Path { get; set; }
    }

    private sealed class SoundFeatures
    {
        public float[] Features { get; set; } = [];
    }
}
