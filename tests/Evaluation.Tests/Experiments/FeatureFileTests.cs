using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using SerLab.Core;
using SerLab.Evaluation.Experiments;
using SerLab.Features.FeatureSets;
using Xunit;

namespace SerLab.Evaluation.Tests.Experiments;

public sealed class FeatureFileTests : IDisposable
{
    private static readonly FeatureSet Set = FeatureSetCatalogue.BuiltIn.Get("meyda74");
    private readonly TemporaryFolder folder = new();

    public static TheoryData<Examples> Kinds => new(
        new FeatureMatrix([1, 2, float.Epsilon, -0f, 5, 6], 3, 2),
        Examples.Of([[1, 2, 3, 4], [5, 6]], ExampleShape.Series(null, 2)),
        Examples.Of(
            [[1, 2, 3], [4, 5, 6]],
            ExampleShape.SideBySide([("a", ExampleShape.Features(1)), ("b", ExampleShape.Features(2))])));

    public void Dispose() => folder.Dispose();

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Features_survive_being_written_and_read(Examples examples)
    {
        FeatureFile.Write(folder["x"], new ExperimentFeatures("key", ["b", "a"], examples, Set, [8000, 16000], "runtime 1"));

        ExperimentFeatures read = FeatureFile.Read(folder["x"], TestRuns.Corpus, Set);

        Assert.Equal(("key", "runtime 1"), (read.Key, read.Runtime));
        Assert.Equal(["b", "a"], read.Names);
        Assert.Equal([8000, 16000], read.SampleRates);
        Assert.Equal(examples.Shape, read.Examples.Shape);
        Assert.Equal(
            examples.Shape.Parts.Select(part => (part.Name, part.Offset)),
            read.Examples.Shape.Parts.Select(part => (part.Name, part.Offset)));
        Assert.Equal(
            Enumerable.Range(0, examples.Count).Select(i => Convert.ToHexString(Bits(examples[i]))),
            Enumerable.Range(0, read.Examples.Count).Select(i => Convert.ToHexString(Bits(read.Examples[i]))));
    }

    [Theory]
    [InlineData("\"lengths\":[", "\"lengths\":[99,")]
    [InlineData("\"lengths\":[", "\"lengths\":[-1,")]
    [InlineData("\"axes\":[", "\"axes\":[null,")]
    [InlineData("\"names\":[", "\"name\":[")]
    public void A_header_that_does_not_fit_the_values_is_refused_though_the_digest_is_right(string part, string other)
    {
        FeatureFile.Write(folder["x"], new ExperimentFeatures("key", ["a"], new FeatureMatrix([1, 2], 2, 1), Set, []));
        byte[] bytes = File.ReadAllBytes(folder["x"])[65..];
        int at = bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(part));
        byte[] changed = [.. bytes.AsSpan(0, at), .. Encoding.UTF8.GetBytes(other), .. bytes.AsSpan(at + part.Length)];
        string digest = Convert.ToHexStringLower(SHA256.HashData(changed));
        File.WriteAllBytes(folder["x"], [.. Encoding.UTF8.GetBytes(digest + "\n"), .. changed]);

        Assert.Contains(
            "were changed",
            Assert.Throws<InvalidInputException>(() => FeatureFile.Read(folder["x"], TestRuns.Corpus, Set)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_changed_byte_anywhere_is_found()
    {
        FeatureFile.Write(folder["x"], new ExperimentFeatures("key", ["a"], new FeatureMatrix([1, 2], 2, 1), Set, []));
        byte[] bytes = File.ReadAllBytes(folder["x"]);
        for (int i = 0; i < bytes.Length; i++)
        {
            byte[] changed = [.. bytes];
            changed[i] ^= 1;
            File.WriteAllBytes(folder["x"], changed);
            Assert.Contains(
                "were changed",
                Assert.Throws<InvalidInputException>(() => FeatureFile.Read(folder["x"], TestRuns.Corpus, Set)).Message,
                StringComparison.Ordinal);
        }
    }

    private static byte[] Bits(ReadOnlySpan<float> values) => MemoryMarshal.AsBytes(values).ToArray();
}
