using System.CommandLine;
using System.Globalization;
using SerLab.Cli.Hosting;
using SerLab.Onnx.Conformance;
using Spectre.Console;

namespace SerLab.Cli.Commands;

/// <summary><c>onnx</c>: what the interpreter makes of ONNX files.</summary>
internal static class OnnxCommand
{
    public static Command Create(Terminal terminal) =>
        new("onnx", CommonOptions.WithExamples("Test whether ONNX models answer as they should.", "onnx test onnx-node-tests"))
        {
            CreateTest(terminal),
        };

    private static Command CreateTest(Terminal terminal)
    {
        Argument<string> folder = new("FOLDER")
        {
            Description = "A folder of tests, or the folder of one: model.onnx and test_data_set_N/{input,output}_K.pb.",
        };
        Command test = new("test", CommonOptions.WithExamples(
            "Run tests that are laid out as the ONNX project's own. A model is refused if SerLab does not support it, which is "
            + "said before anything is computed; a test fails if the answer is wrong or missing.",
            "onnx test onnx/backend/test/data/node",
            "onnx test my-model-tests"))
        {
            folder,
        };
        test.SetAction((parsed, cancellationToken) => Task.Run(
            () =>
            {
                List<ConformanceResult> results = [];
                foreach (ConformanceResult result in ConformanceSuite.Run(parsed.GetValue(folder)!))
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    results.Add(result);
                }

                Write(terminal.Output, results);
                return Count(results, ConformanceOutcome.Failed) == 0 ? ExitCode.Success : ExitCode.Failed;
            },
            cancellationToken));
        return test;
    }

    private static void Write(IAnsiConsole console, List<ConformanceResult> results)
    {
        foreach (ConformanceResult result in results.Where(result => result.Outcome == ConformanceOutcome.Failed))
        {
            console.MarkupLine($"[bold red]FAIL[/] {Markup.Escape(result.Name)}: {Markup.Escape(result.Reason)}");
        }

        foreach (IGrouping<string, ConformanceResult> refused in results
            .Where(result => result.Outcome == ConformanceOutcome.Refused)
            .GroupBy(result => result.Reason)
            .OrderByDescending(group => group.Count()))
        {
            console.WriteLine(
                $"refused: {refused.Key} ({string.Join(", ", refused.Select(result => result.Name).Take(3))}"
                + $"{(refused.Count() > 3 ? $" and {refused.Count() - 3} more" : "")})");
        }

        console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{Count(results, ConformanceOutcome.Passed)} passed, {Count(results, ConformanceOutcome.Refused)} refused, "
            + $"{Count(results, ConformanceOutcome.Failed)} failed"));
    }

    private static int Count(List<ConformanceResult> results, ConformanceOutcome outcome) =>
        results.Count(result => result.Outcome == outcome);
}
