using System.Text.Json;

namespace SerLab.Evaluation.Records;

/// <summary>
/// What reading a record stumbles on where its files are not what SerLab wrote. They may be changed in any way, so that this is
/// met at one place, not at each of the many lists and names that no longer fit each other.
/// </summary>
internal static class RecordDamage
{
    /// <summary>Whether an exception of reading tells that the files are damaged.</summary>
    public static bool Explains(Exception error) => error is JsonException or InvalidDataException or FormatException
        or KeyNotFoundException or ArgumentException or InvalidOperationException or NullReferenceException
        or IndexOutOfRangeException or OverflowException or InvalidCastException;

    /// <summary>Reads, with one exception for all damage.</summary>
    /// <exception cref="InvalidDataException">The files are damaged.</exception>
    public static T Met<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception error) when (Explains(error))
        {
            throw new InvalidDataException(error.Message, error);
        }
    }
}
