using SerLab.Architecture.Tests.Compiled;
using Xunit;

namespace SerLab.Architecture.Tests;

/// <summary>Arrows between projects go down only.</summary>
public class ProjectArrowTests
{
    public static TheoryData<string> Names => [.. House.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_project_knows_only_those_below_it(string name) =>
        Findings.AssertNone(Unknown(House.Assembly(name), House.Below(name)), $"{name} knows what does not stand below it.");

    [Fact]
    public void The_models_of_learning_know_nothing_of_corpora_and_sound()
    {
        Assert.DoesNotContain("SerLab.Datasets", House.Below("SerLab.Training"));
        Assert.DoesNotContain("SerLab.Features", House.Below("SerLab.Training"));
        Assert.DoesNotContain("SerLab.Models", House.Below("SerLab.Evaluation"));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Only_the_command_line_writes_to_the_console(string name)
    {
        if (name is not (House.CommandLine or House.Notebooks))
        {
            Findings.AssertNone(UsersOfConsole(House.Assembly(name)), "Only the command line writes to the console.");
        }
    }

    [Fact]
    public void Given_an_arrow_that_goes_up_then_it_is_found()
    {
        byte[] upper = Snippet.Compile("SerLab.Upper", "public class Upper { }");
        byte[] lower = Snippet.Compile("SerLab.Lower", "class Lower { object M() => new Upper(); }", upper);

        Assert.Equal(["SerLab.Upper"], Unknown(Snippet.Read(lower), new HashSet<string> { "SerLab.Core" }));
    }

    [Fact]
    public void Given_a_line_to_the_console_then_it_is_found()
    {
        CompiledAssembly loud = Snippet.Read(Snippet.Compile(
            "loud", "class Loud { System.Action M() => () => System.Console.WriteLine(); } class Quiet { }"));

        Assert.Equal(["Loud"], UsersOfConsole(loud));
    }

    private static string[] Unknown(CompiledAssembly assembly, IReadOnlySet<string> below) =>
        [.. assembly.References.Where(name => name.StartsWith("SerLab", StringComparison.Ordinal) && !below.Contains(name))];

    private static string[] UsersOfConsole(CompiledAssembly assembly) =>
    [
        .. from type in assembly.Types
           where type.Uses.Any(used => used is { Namespace: "System", Name: "Console" })
           select type.Name.ToString(),
    ];
}
