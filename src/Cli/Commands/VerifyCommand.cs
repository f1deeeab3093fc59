using System.CommandLine;
using SerLab.Cli.Hosting;
using SerLab.Evaluation.Records;
using SerLab.Evaluation.Verification;
using SerLab.Reports;
using Spectre.Console;

namespace SerLab.Cli.Commands;

/// <summary><c>verify</c>: computes every figure of a run again from its predictions.</summary>
internal static class VerifyCommand
{
    public static Command Create(Terminal terminal)
    {
        Argument<string> run = new("RUN") { Description = "A run folder, e.g. runs/last." };
        Command command = new("verify", CommonOptions.WithExamples(
            "Compute every figure of a run again from its predictions, and compare. The exit code is 1 if one does not match.",
            "verify runs/last"))
        {
            run,
        };
        command.SetAction((parsed, cancellationToken) => Task.Run(
            () =>
            {
                VerificationResult verification = RunVerifier.Verify(
                    LastRun.Resolve(parsed.GetValue(run)!), Environment.ProcessorCount, HtmlReport.Document);
                foreach (Mismatch mismatch in verification.Mismatches)
                {
                    terminal.Error(mismatch.ToString());
                }

                terminal.Output.WriteLine(verification.Passed
                    ? $"{verification.Figures} figures follow from the predictions."
                    : "This run fails verification: a file was changed, or a figure does not follow from the predictions.");
                return verification.Passed ? ExitCode.Success : ExitCode.Failed;
            },
            cancellationToken));
        return command;
    }
}
