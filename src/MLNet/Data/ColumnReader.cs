using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;
using SerLab.Core;

namespace SerLab.MLNet.Data;

/// <summary>Reads whole columns out of ML.NET data, in the data's own order.</summary>
internal static class ColumnReader
{
    /// <summary>A column of vectors of one length as a matrix.</summary>
    /// <exception cref="InvalidInputException">
    /// There is no such column, it does not hold vectors of float32 of one length, or a row is of another length than declared.
    /// </exception>
    public static FeatureMatrix Vectors(IDataView data, string name)
    {
        DataViewSchema.Column column = Find(data.Schema, name);
        if (column.Type is not VectorDataViewType { IsKnownSize: true } vector || vector.ItemType != NumberDataViewType.Single)
        {
            throw Wrong(column, "a vector of Single of one length (Concatenate makes one)");
        }

        List<float> values = [];
        int rows = 0;
        foreach (VBuffer<float> value in Values<VBuffer<float>>(data, column))
        {
            RequireLength(value.Length, vector.Size, rows, name);
            values.AddRange(value.DenseValues());
            rows++;
        }

        return new FeatureMatrix([.. values], rows, vector.Size);
    }

    /// <summary>Refuses a vector of another length than its column declares, which ML.NET lets pass.</summary>
    /// <exception cref="InvalidInputException">It is.</exception>
    public static void RequireLength(int length, int expected, long row, string name)
    {
        if (length != expected)
        {
            throw new InvalidInputException($"Row {row} has {length} numbers in '{name}'; expected {expected}.");
        }
    }

    /// <summary>A column of numbers.</summary>
    /// <exception cref="InvalidInputException">There is no such column, or it does not hold numbers of float32.</exception>
    public static double[] Numbers(IDataView data, string name)
    {
        DataViewSchema.Column column = Find(data.Schema, name);
        return column.Type == NumberDataViewType.Single
            ? [.. Values<float>(data, column).Select(value => (double)value)]
            : throw Wrong(column, "Single (ConvertType makes it)");
    }

    /// <summary>A column of keys as class numbers from 0, with the number of classes.</summary>
    /// <exception cref="InvalidInputException">
    /// There is no such column, it does not hold keys, or a row has none.
    /// </exception>
    public static (int[] Classes, KeyDataViewType Type) Keys(IDataView data, string name)
    {
        DataViewSchema.Column column = Find(data.Schema, name);
        if (column.Type is not KeyDataViewType type || type.RawType != typeof(uint))
        {
            throw Wrong(column, "keys of UInt32 (MapValueToKey makes them)");
        }

        int[] classes = [.. Values<uint>(data, column).Select(value => (int)value - 1)];
        int missing = Array.IndexOf(classes, -1);
        return missing < 0
            ? (classes, type)
            : throw new InvalidInputException($"Row {missing} has no '{name}'; leave out rows without a class.");
    }

    /// <summary>A column of anything that groups or classes can be told by, numbered in order of first appearance.</summary>
    /// <exception cref="InvalidInputException">
    /// There is no such column, or it holds neither texts, keys, numbers nor truth values.
    /// </exception>
    public static int[] Numbered(IDataView data, string name)
    {
        DataViewSchema.Column column = Find(data.Schema, name);
        IEnumerable<string> texts = column.Type switch
        {
            TextDataViewType => Values<ReadOnlyMemory<char>>(data, column).Select(text => text.ToString()),
            KeyDataViewType key when key.RawType == typeof(uint) => Texts(Values<uint>(data, column)),
            NumberDataViewType number when number.RawType == typeof(int) => Texts(Values<int>(data, column)),
            NumberDataViewType number when number.RawType == typeof(long) => Texts(Values<long>(data, column)),
            NumberDataViewType number when number.RawType == typeof(float) => Texts(Values<float>(data, column)),
            BooleanDataViewType => Texts(Values<bool>(data, column)),
            _ => throw Wrong(column, "text, keys, Int32, Int64, Single or Boolean"),
        };
        Dictionary<string, int> numbers = new(StringComparer.Ordinal);
        List<int> numbered = [];
        foreach (string text in texts)
        {
            if (!numbers.TryGetValue(text, out int number))
            {
                numbers[text] = number = numbers.Count;
            }

            numbered.Add(number);
        }

        return [.. numbered];
    }

    /// <summary>The number of rows; counted where the data does not know it.</summary>
    public static int Count(IDataView data)
    {
        if (data.GetRowCount() is { } count)
        {
            return checked((int)count);
        }

        using DataViewRowCursor cursor = data.GetRowCursor([]);
        int rows = 0;
        while (cursor.MoveNext())
        {
            rows++;
        }

        return rows;
    }

    /// <summary>A column by its name.</summary>
    /// <exception cref="InvalidInputException">There is no such column.</exception>
    public static DataViewSchema.Column Find(DataViewSchema schema, string name) =>
        schema.GetColumnOrNull(name) ?? throw NearestName.Unknown("column", name, schema.Select(column => column.Name));

    /// <summary>A column of another type than is needed, as an error.</summary>
    public static InvalidInputException Wrong(DataViewSchema.Column column, string expected) =>
        new($"Column '{column.Name}' is {column.Type}; expected {expected}.");

    /// <summary>The values of a column; a buffer is the same object in every row, to be read before the next.</summary>
    public static IEnumerable<T> Values<T>(IDataView data, DataViewSchema.Column column)
    {
        using DataViewRowCursor cursor = data.GetRowCursor([column]);
        ValueGetter<T> get = cursor.GetGetter<T>(column);
        T value = default!;
        while (cursor.MoveNext())
        {
            get(ref value);
            yield return value;
        }
    }

    private static IEnumerable<string> Texts<T>(IEnumerable<T> values) =>
        values.Select(value => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "");
}
