using Microsoft.ML;
using SerLab.Core;

namespace SerLab.MLNet.Learners;

/// <summary>Runs trainers of ML.NET and turns their failures into one sentence.</summary>
internal static class TrainerRun
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
            throw new InvalidInputException(
                $"ML.NET's trainer '{name}' needs a native library that is not there: {error.Message.Split('\n')[0]}", error);
        }
        catch (Exception error) when (error is InvalidOperationException or ArgumentException or AggregateException)
        {
            throw new InvalidInputException($"ML.NET's trainer '{name}' could not learn from these rows: {error.Message}", error);
        }
    }
}
