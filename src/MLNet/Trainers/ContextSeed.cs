using Microsoft.ML;

namespace SerLab.MLNet.Trainers;

/// <summary>The seed of the <see cref="MLContext"/> that a catalog of trainers belongs to.</summary>
/// <remarks>
/// ML.NET 5 tells it to packages of its own alone, by two internal interfaces; they are asked by name. Where another version has
/// them no more, there is no seed.
/// </remarks>
internal static class ContextSeed
{
    /// <summary>The seed, or none where the context was given none.</summary>
    public static int? Of(object catalog) =>
        Ask("Microsoft.ML.Data.IInternalCatalog", "Environment", catalog) is { } environment
            ? Ask("Microsoft.ML.Runtime.IHostEnvironmentInternal", "Seed", environment) as int?
            : null;

    private static object? Ask(string contract, string property, object of) =>
        of.GetType().GetInterface(contract)?.GetProperty(property)?.GetValue(of);
}
