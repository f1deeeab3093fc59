using Microsoft.ML;
using Microsoft.ML.Data;
using SerLab.Core;
using SerLab.MLNet.Data;
using SerLab.Onnx;

namespace SerLab.MLNet.Trainers;

/// <summary>
/// A fitted pipeline as one ONNX graph: steps of ML.NET through its own converter, steps of SerLab as SerLab writes them. It goes
/// back from the columns that are wanted to those that they follow from, so that nothing else (a label, say) becomes an input.
/// Names and types are those that ML.NET's converter gives: a column is an input under its name, a wanted one the output
/// <c>NAME.output</c>; keys are uint32 from 1, and 0 where there is none.
/// </summary>
internal sealed class PipelineOnnx
{
    // Its type is generic over types of the user's, and what it replaces in place looks like what it passes on.
    private const string CustomMapping = "CustomMappingTransformer";

    private readonly MLContext context = new();
    private readonly OnnxGraph graph = new("SerLab");
    private readonly Dictionary<(string Column, int After), OnnxValue> known = [];
    private readonly HashSet<string> inputs = [];
    private readonly IReadOnlyList<ITransformer> steps;
    private readonly DataViewSchema[] schemas;

    private PipelineOnnx(IReadOnlyList<ITransformer> steps, DataViewSchema schema)
    {
        this.steps = steps;
        schemas = new DataViewSchema[steps.Count + 1];
        schemas[0] = schema;
        for (int i = 0; i < steps.Count; i++)
        {
            schemas[i + 1] = steps[i].GetOutputSchema(schemas[i]);
        }
    }

    /// <summary>The bytes of an ONNX file.</summary>
    /// <param name="model">A transformer of SerLab, or a chain with one.</param>
    /// <param name="schema">The columns before the first step.</param>
    /// <param name="wanted">The columns that become outputs; none: Score, and PredictedLabel where there is one.</param>
    /// <exception cref="InvalidInputException">
    /// There is no model of SerLab, no such column, or a step that leads to it has no ONNX form.
    /// </exception>
    public static byte[] Write(ITransformer model, DataViewSchema schema, IReadOnlyList<string> wanted)
    {
        IReadOnlyList<ITransformer> steps = PipelineSteps.Of(model);
        LearnerTransformer learner = steps.OfType<LearnerTransformer>().LastOrDefault() ?? throw new InvalidInputException(
            "None of the steps is a model of SerLab; ML.NET's ConvertToOnnx writes pipelines of its own steps.");
        PipelineOnnx pipeline = new(steps, schema);
        string[] answers = [ColumnNames.PredictedLabel, ColumnNames.Score];
        foreach (string column in wanted.Count > 0 ? wanted : answers.Skip(learner.Model.ClassCount == 0 ? 1 : 0))
        {
            DataViewSchema.Column last = ColumnReader.Find(pipeline.schemas[^1], column);
            (OnnxElement element, int width) = TensorOf(last);
            pipeline.graph.Output(
                $"{column}.output", pipeline.Value(column, steps.Count), element, [OnnxDimension.Batch, width], Meaning(last));
        }

        return pipeline.graph.ToBytes(
            $"{typeof(PipelineOnnx).Assembly.GetName().Version}", "A pipeline of ML.NET with a model of SerLab.", []);
    }

    private OnnxValue Value(string column, int after)
    {
        if (!known.TryGetValue((column, after), out OnnxValue value))
        {
            known[(column, after)] = value = after == 0 ? Input(schemas[0], column) : Computed(column, after);
        }

        return value;
    }

    private OnnxValue Computed(string column, int after)
    {
        DataViewSchema before = schemas[after - 1];
        ITransformer step = steps[after - 1];
        bool isAdded = Adds(before, schemas[after], column);
        return step switch
        {
            LearnerTransformer or AudioFeaturesTransformer when !isAdded => Value(column, after - 1),
            LearnerTransformer learner => Answers(learner, after, column),

            // No graph reads files; it starts with their features.
            AudioFeaturesTransformer => Input(schemas[after], column),
            _ when Name(step) == CustomMapping => throw new InvalidInputException(
                $"{CustomMapping} has no ONNX form: what it does is code, and '{column}' may follow from it."),
            { IsRowToRowMapper: true } => Converted(step, column, after, isAdded),
            _ => throw new InvalidInputException($"{Name(step)} has no ONNX form: its rows do not follow from single rows."),
        };
    }

    private OnnxValue Converted(ITransformer step, string column, int after, bool isAdded)
    {
        DataViewSchema before = schemas[after - 1];
        IRowToRowMapper mapper = step.GetRowToRowMapper(before);
        DataViewSchema.Column[] needed = [.. mapper.GetDependencies([mapper.OutputSchema[column]])];
        if (!isAdded && needed is [{ } same] && same.Name == column)
        {
            return Value(column, after - 1);
        }

        IEnumerable<DataViewSchema.Column> added =
            mapper.OutputSchema.Where(other => !other.IsHidden && Adds(before, mapper.OutputSchema, other.Name));
        SchemaView data = new(mapper.GetDependencies([mapper.OutputSchema[column], .. added]).DistinctBy(other => other.Name));
        return graph.Include(
            Convert(step, data, column),
            needed.Select(other => other.Name).Distinct().ToDictionary(name => name, name => Value(name, after - 1)),
            $"{column}.output");
    }

    // A column that takes the place of another hides it, and stands anywhere.
    private static bool Adds(DataViewSchema before, DataViewSchema after, string column) =>
        after.Count(other => other.Name == column) > before.Count(other => other.Name == column);

    private byte[] Convert(ITransformer step, SchemaView data, string column)
    {
        using MemoryStream stream = new();
        try
        {
            context.Model.ConvertToOnnx(step, data, stream, column);
        }
        catch (Exception error) when (
            error is InvalidOperationException or NotSupportedException or ArgumentException or KeyNotFoundException)
        {
            // A step of several looks for what one of them, which has no ONNX form, has not written.
            string reason = error is KeyNotFoundException ? "a step within it has no ONNX form." : error.Message;
            throw new InvalidInputException(
                $"ML.NET cannot write {Name(step)}, which gives '{column}', as ONNX: {reason}", error);
        }

        return stream.ToArray();
    }

    // A row that is not finite has NaN for a score and no key, whatever the model; in ML.NET it is refused.
    private OnnxValue Answers(LearnerTransformer learner, int after, string column)
    {
        OnnxValue features = Value(learner.FeatureColumnName, after - 1);
        OnnxPredictions answers = learner.Model.AddTo(graph, features);
        OnnxValue guard = graph.Sum(graph.Multiply(features, graph.Scalar(0)), 1);
        if (learner.Model.ClassCount == 0)
        {
            return graph.Add(answers.Values, guard);
        }

        known[(ColumnNames.Score, after)] = graph.Add(answers.Probabilities, guard);
        OnnxValue keys = graph.Apply(
            "Where",
            [
                graph.Apply("Equal", [guard, graph.Scalar(0)]),
                graph.Add(graph.Apply("Reshape", [answers.Values, graph.Integers([-1, 1], 2)]), graph.Integers([1], 1)),
                graph.Integers([0], 1),
            ]);
        known[(ColumnNames.PredictedLabel, after)] = graph.Cast(keys, OnnxElement.UInt32);
        return known[(column, after)];
    }

    private OnnxValue Input(DataViewSchema schema, string column)
    {
        DataViewSchema.Column found = ColumnReader.Find(schema, column);
        (OnnxElement element, int width) = TensorOf(found);
        return inputs.Add(column)
            ? graph.Input(column, element, [OnnxDimension.Batch, width], Meaning(found))
            : throw new InvalidInputException(
                $"Two different columns '{column}' would be inputs of the graph; rename one of them.");
    }

    private static (OnnxElement Element, int Width) TensorOf(DataViewSchema.Column column)
    {
        (DataViewType item, int width) = column.Type is VectorDataViewType { IsKnownSize: true } vector
            ? (vector.ItemType, vector.Size)
            : (column.Type, 1);
        OnnxElement element = item switch
        {
            KeyDataViewType key when key.RawType == typeof(uint) => OnnxElement.UInt32,
            TextDataViewType => OnnxElement.String,
            BooleanDataViewType => OnnxElement.Bool,
            NumberDataViewType number when number.RawType == typeof(float) => OnnxElement.Float,
            NumberDataViewType number when number.RawType == typeof(double) => OnnxElement.Double,
            NumberDataViewType number when number.RawType == typeof(int) => OnnxElement.Int32,
            NumberDataViewType number when number.RawType == typeof(long) => OnnxElement.Int64,
            _ => throw ColumnReader.Wrong(column, "numbers, truth values, texts, keys, or vectors of them of one length"),
        };
        return (element, width);
    }

    private static string Meaning(DataViewSchema.Column column) =>
        (ColumnNames.Read(column, ColumnNames.KeyValues), ColumnNames.Read(column, ColumnNames.SlotNames)) switch
        {
            ({ } keys, _) => $"The number, from 1, of {string.Join(", ", keys)}; 0 for none.",
            (_, { } slots) => string.Join(", ", slots),
            _ => "",
        };

    private static string Name(ITransformer step) => step.GetType().Name.Split('`')[0];
}
