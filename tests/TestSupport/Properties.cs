using System.Globalization;
using FsCheck;
using Microsoft.FSharp.Core;

namespace SerLab.TestSupport;

/// <summary>
/// Properties with a fixed seed, so that a test which passed here passes everywhere. FsCheck prints the seed, the case and the
/// case shrunk when one fails; the environment variable SERLAB_SEED tries cases of another seed.
/// </summary>
public static class Properties
{
    private const ulong DefaultSeed = 20_260_101;

    private static ulong Seed =>
        Environment.GetEnvironmentVariable("SERLAB_SEED") is { Length: > 0 } text
            ? ulong.Parse(text, CultureInfo.InvariantCulture)
            : DefaultSeed;

    /// <summary>Checks a property and throws with the smallest case that breaks it.</summary>
    /// <param name="property">What should hold.</param>
    /// <param name="cases">How many cases are tried.</param>
    public static void Holds(this Property property, int cases = 100)
    {
        Replay replay = new(new Rnd(Seed), FSharpOption<int>.None);
        property.Check(Config.QuickThrowOnFailure.WithMaxTest(cases).WithReplay(FSharpOption<Replay>.Some(replay)));
    }
}
