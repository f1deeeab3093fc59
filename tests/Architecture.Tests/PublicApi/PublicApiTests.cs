using System.Reflection;
using SerLab.TestSupport;
using Xunit;

namespace SerLab.Architecture.Tests.PublicApi;

/// <summary>What the libraries offer is written down in docs/public-api, so that a change of it is seen in review.</summary>
public class PublicApiTests
{
    private const string Update = "SERLAB_UPDATE_API";

    public static TheoryData<string> Libraries => [.. House.Libraries.Select(library => library.Name)];

    [Theory]
    [MemberData(nameof(Libraries))]
    public void The_public_API_is_the_one_that_is_written_down(string library)
    {
        string path = Path.Combine(ReferenceData.RepositoryRoot, "docs", "public-api", $"{library}.txt");
        string[] now = Lines(Assembly.Load(library));
        if (Environment.GetEnvironmentVariable(Update) == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, string.Join('\n', now) + "\n");
        }

        string[] changes = Changes(File.Exists(path) ? File.ReadAllLines(path) : [], now);

        Findings.AssertNone(
            changes,
            $"The public API of {library} is not that of docs/public-api/{library}.txt. If the change is meant, write it down "
            + $"with `{Update}=1 dotnet test tests/Architecture.Tests` and commit the file; else make it internal.");
    }

    [Fact]
    public void Given_a_member_more_and_a_member_less_then_both_are_told_with_their_type()
    {
        string[] before = ["namespace A", "  class B", "    int Old()", "    int Same()"];
        string[] after = ["namespace A", "  class B", "    int New()", "    int Same()"];

        Assert.Equal(["- class B: int Old()", "+ class B: int New()"], Changes(before, after));
    }

    [Fact]
    public void Every_kind_of_type_and_member_is_spelt_as_in_the_source()
    {
        const string Source = """
            using System;
            using System.Collections.Generic;
            namespace N;
            public abstract class Parent
            {
                protected Parent() { }
                protected abstract int Half { get; }
                public virtual void Go() { }
                public virtual Parent Self() => this;
                internal void Hidden() { }
            }
            public sealed class Child : Parent, IFace
            {
                public Child(string? text = null, int n = 3) { }
                protected override int Half => 1;
                public void Do() { }
                public override Child Self() => this;
            }
            public interface IFace { void Do(); int Twice() => 2; }
            public sealed record Pair(string First, IReadOnlyList<string?>? Second)
            {
                public required (int Left, string? Right) Both { get; init; }
            }
            public readonly record struct Point(double X);
            public static class Tools
            {
                public const int Three = 3;
                public static readonly string[] Names = [];
                public static T? Find<T>(this IEnumerable<T> items, Func<T, bool>? test, params int[] more)
                    where T : class, new() => null;
                public static bool Try(out int value, in double other, ref int third) { value = 0; return true; }
                public static int? Maybe(int?[] all) => null;
            }
            public enum Colour { Red, Blue = 5 }
            public delegate int Change(string text);
            public class Table<T> where T : struct
            {
                public T this[int row] { get => default; private set { } }
                public event Action? Changed;
                public class Inner { }
            }
            internal class Secret { }
            """;

        string[] lines = Lines(Assembly.Load(Snippet.Compile($"api{Guid.NewGuid():N}", Source)));

        Assert.Equal(
            """
            namespace N
              delegate int Change(string text)
              sealed class Child : Parent, IFace
                Child(string? text = default, int n = 3)
                void Do()
                override Child Self()
              enum Colour
                Blue = 5
                Red = 0
              interface IFace
                void Do()
                virtual int Twice()
              sealed record Pair
                Pair(string First, IReadOnlyList<string?>? Second)
                required (int Left, string? Right) Both { get; init; }
                string First { get; init; }
                IReadOnlyList<string?>? Second { get; init; }
              abstract class Parent
                protected Parent()
                virtual void Go()
                protected abstract int Half { get; }
                virtual Parent Self()
              readonly record struct Point
                Point(double X)
                double X { get; init; }
              class Table<T> where T : struct
                Table()
                event Action? Changed
                T this[int row] { get; }
              class Table.Inner<T> where T : struct
                Inner()
              static class Tools
                static T Find<T>(this IEnumerable<T> items, Func<T, bool>? test, params int[] more) where T : class, new()
                static int? Maybe(int?[] all)
                static readonly string[] Names
                const int Three = 3
                static bool Try(out int value, in double other, ref int third)
            """,
            string.Join('\n', lines));
    }

    private static string[] Lines(Assembly assembly) => string.Join('\n', PublicApiText.Of(assembly)).Split('\n');

    private static string[] Changes(string[] before, string[] after)
    {
        string[] old = WithTypes(before), now = WithTypes(after);
        return [.. old.Except(now).Select(line => $"- {line}"), .. now.Except(old).Select(line => $"+ {line}")];
    }

    // A member alone would not tell whose it is.
    private static string[] WithTypes(string[] lines)
    {
        string space = "", type = "";
        return
        [
            .. from line in lines
               where line.Length > 0
               select Told(line),
        ];

        string Told(string line)
        {
            switch (line.Length - line.TrimStart().Length)
            {
                case 0:
                    return space = line;
                case 2:
                    type = line.Trim();
                    return $"{type} ({space})";
                default:
                    return $"{type}: {line.Trim()}";
            }
        }
    }
}
