using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms;
using SerLab.Core;
using SerLab.MLNet.Data;

namespace SerLab.MLNet.Trainers;

/// <summary>
/// A model of SerLab in the form that ML.NET saves: it keeps the model's ONNX graph, and SerLab's interpreter answers.
/// </summary>
[CustomMappingFactoryAttribute(Contract)]
internal sealed class SavedModel : CustomMappingFactory<SavedModel.Row, SavedModel.Answer>
{
    private const string Contract = "SerLab.Model";
    private const string Number = "SerLab.Number";
    private const string Numbers = "SerLab.Numbers";
    private const string Key = "SerLab.Key";

    private volatile Opened? opened;

    /// <summary>The model as ML.NET's own steps.</summary>
    /// <exception cref="InvalidInputException">The model has no ONNX form.</exception>
    public static ITransformer Of(LearnerTransformer learner)
    {
        MLContext context = new();
        int features = ((VectorDataViewType)learner.FeatureColumnType).Size;
        TableView noRows = new(
            0, TableColumn.Vectors(learner.FeatureColumnName, new FeatureMatrix([], 0, features)));
        string state = Convert.ToBase64String(PipelineOnnx.Write(learner, noRows.Schema, []));
        IEstimator<ITransformer> scored = learner.Model.ClassCount == 0
            ? context.Transforms.CopyColumns(ColumnNames.Score, Number)
            : Keys(context, learner).Append(SavedStep.Vector(context, ColumnNames.Score, Numbers, learner.Model.ClassCount));
        return SavedStep.Of<Row, Answer>(context, learner.FeatureColumnName, state, new SavedModel().Map, Contract)
            .Append(scored)
            .Append(SavedStep.Clean(context, Number, Numbers, Key))
            .Fit(noRows);
    }

    /// <summary>The model of steps that <see cref="Of"/> made, saved and loaded.</summary>
    /// <param name="steps">All of these steps.</param>
    /// <param name="state">What they have learnt.</param>
    public static LearnerTransformer Restore(IReadOnlyList<ITransformer> steps, string state)
    {
        GraphModel model = new(Convert.FromBase64String(state));
        TableView noRows = new(
            0, TableColumn.Vectors(model.Features, new FeatureMatrix([], 0, model.FeatureCount)));
        DataViewSchema schema = steps.Aggregate(noRows.Schema, (before, step) => step.GetOutputSchema(before));
        return new LearnerTransformer(
            model,
            model.Features,
            model.ClassCount == 0 ? null : ColumnNames.Read(schema[ColumnNames.PredictedLabel], ColumnNames.KeyValues));
    }

    /// <inheritdoc/>
    public override Action<Row, Answer> GetMapping() => Map;

    // Keys without names are named by their numbers.
    private static EstimatorChain<ValueToKeyMappingTransformer> Keys(MLContext context, LearnerTransformer learner)
    {
        uint[] numbers = [.. Enumerable.Range(1, learner.Model.ClassCount).Select(number => (uint)number)];
        string[] names = [.. learner.ClassNames ?? numbers.Select(number => $"{number}")];
        return context.Transforms.Conversion.MapValue(Key, numbers.Zip(names).ToDictionary(), Key)
            .Append(context.Transforms.Conversion.MapValueToKey(
                ColumnNames.PredictedLabel, Key, keyData: new TableView(names.Length, TableColumn.Texts(Key, names))));
    }

    private void Map(Row row, Answer answer)
    {
        Opened current = opened is { } known && known.State.Equals(row.Model) ? known : opened = new Opened(row.Model);
        FeatureMatrix rows = new([.. row.Features.DenseValues()], 1, row.Features.Length);
        (float[] scores, uint[] keys) = current.Model.Run(rows);
        answer.Number = scores[0];
        answer.Numbers = SavedStep.Text(scores);
        answer.Key = keys.FirstOrDefault();
    }

    /// <summary>A model and the text that it was read from.</summary>
    private sealed class Opened(ReadOnlyMemory<char> state)
    {
        public ReadOnlyMemory<char> State => state;

        public GraphModel Model { get; } = new(Convert.FromBase64String(state.ToString()));
    }

    internal sealed class Row
    {
        [ColumnName(SavedStep.State)]
        public ReadOnlyMemory<char> Model { get; set; }

        [ColumnName(SavedStep.Cell)]
        public VBuffer<float> Features { get; set; }
    }

    internal sealed class Answer
    {
        [ColumnName(SavedModel.Number)]
        public float Number { get; set; }

        [ColumnName(SavedModel.Numbers)]
        public string Numbers { get; set; } = "";

        [ColumnName(SavedModel.Key)]
        public uint Key { get; set; }
    }
}
