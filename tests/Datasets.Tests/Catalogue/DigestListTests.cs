using SerLab.Datasets.Catalogue;
using Xunit;

namespace SerLab.Datasets.Tests.Catalogue;

public sealed class DigestListTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("/dev/zero")]
    [InlineData("../beside.wav")]
    [InlineData("a\0b")]
    public void A_list_that_names_a_file_elsewhere_is_refused_and_the_file_is_not_read(string name)
    {
        folder.Write("beside.wav", "beside");
        folder.Write("corpus/SHA256SUMS", $"{new string('0', 64)}  {name}\n");

        CheckFinding finding = DigestList.Check(folder["corpus"], null, CancellationToken.None);

        Assert.Equal(CheckOutcome.Failed, finding.Outcome);
        Assert.Contains("of a file here", finding.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_listed_a_thousand_times_costs_no_memory_of_its_own_each_time()
    {
        folder.Write("corpus/a.wav", "a");
        folder.Write("corpus/SHA256SUMS", string.Concat(Enumerable.Repeat($"{new string('0', 64)}  a.wav\n", 1000)));
        DigestList.Check(folder["corpus"], null, CancellationToken.None);
        long before = GC.GetAllocatedBytesForCurrentThread();

        DigestList.Check(folder["corpus"], null, CancellationToken.None);

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 16 << 20);
    }
}
