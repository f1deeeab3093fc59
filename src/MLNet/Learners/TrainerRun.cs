using System.Text.RegularExpressions;
using Microsoft.ML;
using SerLab.Core;

namespace SerLab.MLNet.Learners;

/// <summary>Runs trainers of ML.NET and turns their failures into one sentence.</summary>
internal static partial class TrainerRun
{
    /// <summary>Fits a trainer.</summary>
    /// <exception cref="InvalidInputException">
    /// The trainer failed, or its native library is not there; the sentence names it.
    /// </exception>
    public static ITransformer Fit(string name, Func<ITransformer> fit)
    {
        try
        {
            return fit();
        }
        catch (DllNotFoundException error)
        {
            throw new InvalidInputException($"ML.NET's trainer '{name}' needs {Missing(error.Message)}", error);
        }
        catch (Exception error) when (error is InvalidOperationException or ArgumentException or AggregateException)
        {
            throw new InvalidInputException($"ML.NET's trainer '{name}' could not learn from these rows: {error.Message}", error);
        }
    }

    // Of the many lines in which the loader says where it looked, the one without a folder is of a library of the system.
    private static string Missing(string message) => SystemLibrary().Match(message) is { Success: true } library
        ? $"{library.Groups[1].Value}, which is not installed here"
            + (library.Groups[1].Value.StartsWith("libgomp.", StringComparison.Ordinal)
                ? "; on Debian and Ubuntu 'apt-get install libgomp1' brings it."
                : ".")
        : $"a native library that cannot be had here: {message.Split(['.', '\n'])[0]}.";

    [GeneratedRegex(@"^([^/\s]+): cannot open shared object file", RegexOptions.Multiline)]
    private static partial Regex SystemLibrary();
}
