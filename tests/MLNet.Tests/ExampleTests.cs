using System.Diagnostics;
using Xunit;

namespace SerLab.MLNet.Tests;

/// <summary>The project in examples/mlnet, as it was built beside these tests.</summary>
public class ExampleTests
{
    [Fact]
    public async Task It_runs_and_prints_figures_of_both_sides()
    {
        ProcessStartInfo start = new("dotnet", [Path.Combine(AppContext.BaseDirectory, "SerLab.Example.MLNet.dll")])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process example = Process.Start(start)!;
        Task<string> errors = example.StandardError.ReadToEndAsync();
        string[] lines = (await example.StandardOutput.ReadToEndAsync()).Split('\n');
        await example.WaitForExitAsync();

        Assert.True(example.ExitCode == 0, await errors);
        Assert.Contains(lines, line => line.Contains("fastforest", StringComparison.Ordinal));
        Assert.Equal(5, lines.Count(line => line.StartsWith("R² ", StringComparison.Ordinal)));
    }
}
