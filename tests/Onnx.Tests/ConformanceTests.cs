using System.Formats.Tar;
using System.IO.Compression;
using SerLab.Onnx.Conformance;
using SerLab.TestSupport;
using Xunit;

namespace SerLab.Onnx.Tests;

public class ConformanceTests
{
    [SkippableFact]
    [Trait("Data", "real")]
    public void Of_the_standards_own_tests_every_one_passes_or_is_refused_by_name()
    {
        string archive = ReferenceData.Require("reference", "onnx-node-tests.tar.gz");
        using TemporaryFolder folder = new();
        using (FileStream file = File.OpenRead(archive))
        using (GZipStream tar = new(file, CompressionMode.Decompress))
        {
            TarFile.ExtractToDirectory(tar, folder.Path, overwriteFiles: false);
        }

        ConformanceResult[] results = [.. ConformanceSuite.Run(folder.Path)];

        Assert.Equal(351, results.Length);
        Assert.DoesNotContain(results, result => result.Outcome == ConformanceOutcome.Failed);
        Assert.Equal(
            [
                "test_loop13_seq: input 'seq_empty' is a sequence, map or optional, and SerLab computes tensors alone",
                "test_lstm_with_peepholes: operator LSTM of operator set 14 has peepholes, which SerLab does not compute",
                "test_max_uint64: operator Max of operator set 13 is not computed on uint64",
                "test_min_uint64: operator Min of operator set 13 is not computed on uint64",
                "test_mod_uint64: operator Mod of operator set 13 is not computed on uint64",
                "test_pow_types_float32_uint64: operator Pow of operator set 15 is not computed on uint64",
            ],
            results.Where(result => result.Outcome == ConformanceOutcome.Refused)
                .Select(result => $"{result.Name}: {result.Reason}"));
    }
}
