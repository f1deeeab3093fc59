using SerLab.Evaluation.Figures;
using SerLab.Evaluation.Records;
using SerLab.Evaluation.Verification;
using Xunit;

namespace SerLab.Reports.Tests;

public sealed class ReportVerificationTests : IDisposable
{
    private readonly string folder = Path.Combine(Path.GetTempPath(), $"serlab-report-{Guid.NewGuid():N}");

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void The_stored_report_is_the_one_made_of_the_folder_alone_and_any_changed_digit_is_found()
    {
        SampleRuns.Ratings(folder, groups: 6, clipsPerGroup: 4);
        string path = Path.Combine(folder, HtmlReport.FileName);
        string report = File.ReadAllText(path);
        Assert.Equal(report, HtmlReport.Render(RunFigures.Read(folder)));
        Assert.True(RunVerifier.Verify(folder, 1, HtmlReport.Document).Passed);

        int[] digits = [.. Enumerable.Range(0, report.Length).Where(i => char.IsAsciiDigit(report[i]))];
        for (int part = 0; part < 5; part++)
        {
            int at = digits[digits.Length * part / 5];
            char changed = report[at] == '9' ? '0' : (char)(report[at] + 1);
            File.WriteAllText(path, $"{report[..at]}{changed}{report[(at + 1)..]}");

            Mismatch found = RunVerifier.Verify(folder, 1, HtmlReport.Document).Mismatches[0];

            Assert.Equal(HtmlReport.FileName, found.File);
            Assert.Equal(1 + report[..at].Count(c => c == '\n'), found.Line);
        }
    }

    [Fact]
    public void A_missing_report_and_a_changed_time_are_found()
    {
        SampleRuns.Ratings(folder, groups: 6, clipsPerGroup: 4);
        string timing = Path.Combine(folder, RunFiles.Timing);
        File.WriteAllText(timing, File.ReadAllText(timing).Replace(",0.", ",5.", StringComparison.Ordinal));
        Assert.Equal(HtmlReport.FileName, Assert.Single(RunVerifier.Verify(folder, 1, HtmlReport.Document).Mismatches).File);

        File.WriteAllText(timing, "protocol,target\na,b\n");
        Assert.Equal(RunFiles.Timing, Assert.Single(RunVerifier.Verify(folder, 1, HtmlReport.Document).Mismatches).File);

        File.Delete(Path.Combine(folder, HtmlReport.FileName));
        Assert.Contains(
            RunVerifier.Verify(folder, 1, HtmlReport.Document).Mismatches,
            m => m is { Kind: MismatchKind.Missing, File: HtmlReport.FileName });
    }
}
