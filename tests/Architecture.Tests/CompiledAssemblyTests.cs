using SerLab.Architecture.Tests.Compiled;
using Xunit;

namespace SerLab.Architecture.Tests;

/// <summary>A name is found wherever source text can hold one.</summary>
public class CompiledAssemblyTests
{
    [Theory]
    [InlineData("class A : Used { }")]
    [InlineData("class A<T> where T : Used { }")]
    [InlineData("class A { Used? field; }")]
    [InlineData("class A { Used[]? Property { get; set; } }")]
    [InlineData("class A { System.Collections.Generic.List<Used>? field; }")]
    [InlineData("class A { void M(Used used) { } }")]
    [InlineData("class A { void M<T>() where T : Used { } }")]
    [InlineData("class A { object M() => new Used(); }")]
    [InlineData("class A { object M() => typeof(Used); }")]
    [InlineData("class A { bool M(object o) => o is Used; }")]
    [InlineData("class A { int M() => Used.Number(); }")]
    [InlineData("class A { int M() => Used.Count; }")]
    [InlineData("class A { object M() => System.Array.Empty<Used>(); }")]
    [InlineData("class A { class Inner { object M() => new Used(); } }")]
    [InlineData("class A { System.Func<object> M() => () => new Used(); }")]
    [InlineData("class A { System.Collections.Generic.IEnumerable<object> M() { yield return new Used(); } }")]
    [InlineData("class A { async Task M() { await Task.Yield(); _ = new Used(); } }")]
    [InlineData("class A { void M() { try { } catch (Used) { } } }")]
    [InlineData("class A { int M(int i) => i switch { 0 => 5, 1 => 9, 2 => 2, 3 => 7, _ => Used.Count }; }")]
    [InlineData("[Used] class A { }")]
    [InlineData("class A { [Used] void M() { } }")]
    public void A_type_is_seen_to_be_used(string user)
    {
        string parent = user.Contains("catch", StringComparison.Ordinal) ? "System.Exception" : "System.Attribute";
        string source = $$"""
            using System.Threading.Tasks;
            using Below;
            namespace Above { {{user}} }
            namespace Below { class Used : {{parent}} { public static int Count = 1; public static int Number() => 2; } }
            """;

        CompiledType type = Snippet.Read(Snippet.Compile("made", source)).Types.Single(t => t.Name.Name.StartsWith('A'));

        Assert.Contains(new TypeName("made", "Below", "Used"), type.Uses);
    }

    [Fact]
    public void A_public_surface_is_what_others_see_and_no_more()
    {
        const string Source = """
            public class Seen { } public class Base { } public class Hidden { } public class Inner { }
            public class A : Base
            {
                private Hidden? field;
                protected Seen? Property => null;
                internal void M(Hidden hidden) => field = hidden;
                public class Nested { public Inner? Inner => null; }
            }
            """;

        CompiledType type = Snippet.Read(Snippet.Compile("made", Source)).Types.Single(t => t.Name.Name == "A");

        Assert.Equal(
            ["Base", "Inner", "Seen"], type.Surface.Where(name => name.Assembly == "made").Select(name => name.Name).Order());
    }
}
