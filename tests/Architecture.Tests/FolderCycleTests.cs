using SerLab.Architecture.Tests.Compiled;
using Xunit;

namespace SerLab.Architecture.Tests;

/// <summary>No folder of a project knows one that knows it, however long the way round.</summary>
public class FolderCycleTests
{
    public static TheoryData<string> Names => [.. House.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public void The_folders_of_a_project_know_each_other_in_one_direction_only(string name) =>
        Findings.AssertNone(FolderCycles.Find(House.Assembly(name)), $"Folders of {name} know each other in a circle.");

    [Fact]
    public void Given_a_circle_hidden_in_the_body_of_a_lambda_then_it_is_told_with_its_types()
    {
        CompiledAssembly made = Snippet.Read(Snippet.Compile("made", """
            namespace House.Low { public class Stone { } public class Spy { System.Func<object> M() => () => new High.Roof(); } }
            namespace House.Middle { public class Wall { public House.Low.Stone? Stone; } }
            namespace House.High { public class Roof { public House.Middle.Wall? Wall; public House.Low.Stone? Stone; } }
            """));

        string cycle = Assert.Single(FolderCycles.Find(made));

        Assert.Equal(
            ["House.High -> House.Low  (Roof names Stone)", "House.Low -> House.High  (Spy names Roof)"], cycle.Split('\n'));
    }

    [Fact]
    public void Given_a_long_circle_through_the_root_then_every_step_is_told()
    {
        CompiledAssembly made = Snippet.Read(Snippet.Compile("made", """
            namespace House { public class Root { Far.Away? away; } }
            namespace House.Near { public class Step { Root? root; } }
            namespace House.Far { public class Away { Near.Step? step; } }
            """));

        Assert.Equal(3, Assert.Single(FolderCycles.Find(made)).Split('\n').Length);
    }

    [Fact]
    public void Given_folders_on_top_of_each_other_then_there_is_nothing_to_tell()
    {
        CompiledAssembly made = Snippet.Read(Snippet.Compile("made", """
            namespace Low { public class Stone { Stone? next; } }
            namespace Middle { public class Wall { Low.Stone? stone; } }
            namespace High { public class Roof { Middle.Wall? wall; Low.Stone? stone; } }
            """));

        Assert.Empty(FolderCycles.Find(made));
    }
}
