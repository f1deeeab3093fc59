using FsCheck.Fluent;
using SerLab.Core;
using SerLab.Evaluation.Records;
using SerLab.Evaluation.Verification;
using Xunit;

namespace SerLab.Evaluation.Tests.Verification;

public sealed class RunVerifierTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Untouched_runs_pass_and_every_figure_is_counted()
    {
        TestRuns.Run(TestRuns.Ratings(), folder["ratings"]);
        TestRuns.Run(TestRuns.OfClasses(), folder["classes"]);

        VerificationResult ratings = RunVerifier.Verify(folder["ratings"]);

        Assert.True(ratings.Passed);
        Assert.Equal(
            File.ReadLines(folder["ratings/metrics.csv"]).Count() + File.ReadLines(folder["ratings/tests.csv"]).Count() - 2,
            ratings.Figures);
        Assert.Empty(RunVerifier.Verify(folder["classes"], threads: 2).Mismatches);
    }

    [Fact]
    public void One_digit_changed_anywhere_is_caught()
    {
        TestRuns.Run(TestRuns.Ratings(), folder["run"]);
        Prop.ForAll(
            Gen.Elements([.. RunFiles.Covered, RunFiles.Manifest]).Zip(Gen.Choose(0, int.MaxValue)).ToArbitrary(),
            given =>
            {
                (string name, int choice) = given;
                string path = Path.Combine(folder["run"], name);
                string text = File.ReadAllText(path);
                int[] digits = [.. Enumerable.Range(0, text.Length).Where(i => char.IsAsciiDigit(text[i]))];
                int position = digits[choice % digits.Length];
                char[] changed = text.ToCharArray();
                changed[position] = (char)('0' + ((changed[position] - '0' + 1 + (choice % 9)) % 10));
                File.WriteAllText(path, new string(changed));

                VerificationResult verification = RunVerifier.Verify(folder["run"]);

                File.WriteAllText(path, text);
                Assert.False(verification.Passed);
            }).Holds();
        Assert.True(RunVerifier.Verify(folder["run"]).Passed);
    }

    [Fact]
    public void A_changed_figure_is_named_with_its_line_and_both_values()
    {
        TestRuns.Run(TestRuns.Ratings(), folder["run"]);
        string[] lines = File.ReadAllLines(folder["run/metrics.csv"]);
        string[] fields = lines[7].Split(',');
        lines[7] = string.Join(',', [.. fields[..^1], "0.125"]);
        File.WriteAllText(folder["run/metrics.csv"], string.Join('\n', lines) + "\n");

        Mismatch first = RunVerifier.Verify(folder["run"]).Mismatches[0];

        Assert.Equal(MismatchKind.Figure, first.Kind);
        Assert.Equal(("metrics.csv", 8, fields[^1], "0.125"), (first.File, first.Line, first.Expected, first.Found));
    }

    [Fact]
    public void A_changed_prediction_is_told_from_a_changed_figure()
    {
        TestRuns.Run(TestRuns.Ratings(), folder["run"]);
        string text = File.ReadAllText(folder["run/predictions.csv"]);
        File.WriteAllText(folder["run/predictions.csv"], text.Replace("0.", "0.1", StringComparison.Ordinal));

        VerificationResult verification = RunVerifier.Verify(folder["run"]);

        Mismatch first = verification.Mismatches[0];
        Assert.Equal((MismatchKind.Checksum, "predictions.csv"), (first.Kind, first.File));
        Assert.Contains(verification.Mismatches, m => m.Kind == MismatchKind.Figure);
    }

    [Fact]
    public void A_lie_that_was_sealed_again_is_still_found()
    {
        TestRuns.Run(TestRuns.Ratings(), folder["run"]);
        string metrics = File.ReadAllText(folder["run/metrics.csv"]);
        string lie = metrics.Replace("pooled,0.", "pooled,0.9", StringComparison.Ordinal);
        string sealedAgain = File.ReadAllText(folder["run/manifest.sha256"])
            .Replace(RunHash.Of(metrics), RunHash.Of(lie), StringComparison.Ordinal);
        File.WriteAllText(folder["run/metrics.csv"], lie);
        File.WriteAllText(folder["run/manifest.sha256"], sealedAgain);

        Mismatch only = Assert.Single(RunVerifier.Verify(folder["run"]).Mismatches);

        Assert.Equal(MismatchKind.Figure, only.Kind);
    }

    [Fact]
    public void Folds_that_were_made_to_cross_groups_are_found()
    {
        TestRuns.Run(TestRuns.Ratings(), folder["run"]);
        string text = File.ReadAllText(folder["run/folds.jsonl"]);
        File.WriteAllText(
            folder["run/folds.jsonl"], text.Replace("\"speaker 1\"", "\"speaker 0\"", StringComparison.Ordinal));

        Assert.Contains(RunVerifier.Verify(folder["run"]).Mismatches, m => m.Kind == MismatchKind.Folds);
    }

    [Fact]
    public void A_missing_file_an_unfinished_run_and_no_run_are_told_apart()
    {
        TestRuns.Run(TestRuns.Ratings(), folder["run"]);
        File.Delete(folder["run/tests.csv"]);
        Directory.CreateDirectory(folder["unfinished"]);
        File.WriteAllText(folder["unfinished/journal-local.jsonl"], "");

        Assert.Equal(MismatchKind.Missing, RunVerifier.Verify(folder["run"]).Mismatches[0].Kind);
        Assert.Contains(
            "not finished",
            Assert.Throws<InvalidInputException>(() => RunVerifier.Verify(folder["unfinished"])).Message,
            StringComparison.Ordinal);
        Assert.Throws<InvalidInputException>(() => RunVerifier.Verify(folder["nowhere"]));
    }
}
