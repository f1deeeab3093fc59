using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms;

namespace SerLab.MLNet.Data;

/// <summary>
/// Steps of SerLab in the form that ML.NET saves and loads: ML.NET lets nobody else write into its files, but saves its own
/// steps, among them mappings that are found again by a name. So what a step has learnt is saved as a text in a table of
/// ML.NET's, and the mapping is given it with every row.
/// </summary>
internal static class SavedStep
{
    /// <summary>The column that holds what the step has learnt, as text.</summary>
    public const string State = "SerLab.State";

    /// <summary>The column that the step reads.</summary>
    public const string Cell = "SerLab.Cell";

    private const string Seat = SeatMapping.Column;
    private const string Places = "SerLab.Places";

    // A float in its shortest form has at most 15 characters.
    private const int NumberWidth = 16;

    /// <summary>The step, before anything is made of what its mapping answers.</summary>
    /// <typeparam name="TRow">What the mapping is given: State and Cell.</typeparam>
    /// <typeparam name="TAnswer">What it answers.</typeparam>
    /// <param name="context">Makes the steps.</param>
    /// <param name="input">The column that the step reads.</param>
    /// <param name="state">What it has learnt.</param>
    /// <param name="mapping">The mapping.</param>
    /// <param name="contract">The name that it is found by.</param>
    public static IEstimator<ITransformer> Of<TRow, TAnswer>(
        MLContext context, string input, string state, Action<TRow, TAnswer> mapping, string contract)
        where TRow : class, new()
        where TAnswer : class, new() => context.Transforms
            .CustomMapping<SeatMapping.Nothing, SeatMapping.One>(SeatMapping.Map, SeatMapping.Contract)
            .Append(context.Transforms.Conversion.MapValue(State, new Dictionary<int, string> { [1] = state }, Seat))
            .Append(context.Transforms.CopyColumns(Cell, input))
            .Append(context.Transforms.CustomMapping(mapping, contract));

    /// <summary>Numbers as a text from which <see cref="Vector"/> makes a vector.</summary>
    public static string Text(IEnumerable<float> numbers) => string.Concat(
        numbers.Select(number => number.ToString("R", CultureInfo.InvariantCulture).PadRight(NumberWidth)));

    /// <summary>
    /// Makes a vector of a known length of a column of <see cref="Text"/>: a mapping that is found by name cannot tell a length.
    /// </summary>
    public static IEstimator<ITransformer> Vector(MLContext context, string output, string texts, int length)
    {
        float[] places = [.. Enumerable.Range(0, length).Select(place => (float)(place * NumberWidth))];
        return context.Transforms.Conversion
            .MapValue(Places, new Dictionary<int, float[]> { [1] = places }, Seat)
            .Append(context.Transforms.Expression(
                output, $"(at, text) => single(mid(text, int(at), int(at) + {NumberWidth}))", Places, texts))
            .Append(context.Transforms.DropColumns(Places));
    }

    /// <summary>What the steps of one saved step have learnt; none where they are not the whole of one.</summary>
    /// <param name="steps">Steps of ML.NET, without chains among them.</param>
    public static string? StateOf(IReadOnlyList<ITransformer> steps)
    {
        if (steps is not
            [CustomMappingTransformer<SeatMapping.Nothing, SeatMapping.One>, { } table, .., ColumnSelectingTransformer])
        {
            return null;
        }

        TableView seat = new(1, new TableColumn<int>(Seat, NumberDataViewType.Int32, (int row, ref int value) => value = 1));
        IDataView answered = table.Transform(seat);
        return ColumnReader.Values<ReadOnlyMemory<char>>(answered, answered.Schema[State]).Single().ToString();
    }

    /// <summary>Drops what <see cref="Of"/> and its mapping added.</summary>
    public static IEstimator<ITransformer> Clean(MLContext context, params IEnumerable<string> answers) =>
        context.Transforms.DropColumns([Seat, State, Cell, .. answers]);
}

/// <summary>Adds a column of ones, by which tables of one row are asked.</summary>
[CustomMappingFactoryAttribute(Contract)]
internal sealed class SeatMapping : CustomMappingFactory<SeatMapping.Nothing, SeatMapping.One>
{
    public const string Contract = "SerLab.Seat";
    public const string Column = "SerLab.Seat";

    public static void Map(Nothing row, One answer) => answer.Value = 1;

    public override Action<Nothing, One> GetMapping() => Map;

    internal sealed class Nothing;

    internal sealed class One
    {
        [ColumnName(Column)]
        public int Value { get; set; }
    }
}
