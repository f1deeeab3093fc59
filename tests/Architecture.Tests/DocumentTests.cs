using System.Text.RegularExpressions;
using SerLab.TestSupport;
using Xunit;

namespace SerLab.Architecture.Tests;

/// <summary>What the documents say of the house is so.</summary>
public partial class DocumentTests
{
    private const int LongestWay = 35;

    [Theory]
    [InlineData("CONTRIBUTING.md")]
    [InlineData("docs/architecture.md")]
    [InlineData("docs/decisions.md")]
    public void Paths_that_a_document_names_are_there(string document) => Findings.AssertNone(
        Paths(document).Where(path => !Path.Exists(Path.Combine(ReferenceData.RepositoryRoot, path))),
        $"{document} names what is not there.");

    [Fact]
    public void Links_between_documents_lead_to_a_file_and_a_heading_that_are_there() => Findings.AssertNone(
        from document in House.SourceFiles(".md").Append("README.md").Append("CONTRIBUTING.md")
        from Match link in Link().Matches(Text(document))
        let parts = link.Groups[1].Value.Split('#')
        let target = parts[0].Length == 0
            ? document
            : Path.Combine(Path.GetDirectoryName(document) ?? "", Uri.UnescapeDataString(parts[0]))
        where !Path.Exists(Path.Combine(ReferenceData.RepositoryRoot, target))
            || (parts.Length > 1 && !Anchors(Text(target)).Contains(parts[1]))
        select $"{document}: {link.Groups[1].Value}",
        "These links lead nowhere.");

    [Fact]
    public void A_clips_way_to_a_printed_figure_is_short()
    {
        string[] way = [.. Step().Matches(Text("docs/architecture.md")).Select(step => step.Groups[1].Value)];

        Assert.InRange(way.Length, 20, LongestWay);
        Assert.Equal(way.Distinct(), way);
    }

    private static string Text(string document) => File.ReadAllText(Path.Combine(ReferenceData.RepositoryRoot, document));

    private static IEnumerable<string> Paths(string document) =>
        NamedPath().Matches(Text(document)).Select(path => path.Groups[1].Value);

    // As code hosts make them of headings.
    private static IEnumerable<string> Anchors(string text) =>
        from Match heading in Heading().Matches(text)
        select string.Concat(heading.Groups[1].Value.Trim().ToLowerInvariant().Replace(' ', '-')
            .Where(c => char.IsLetterOrDigit(c) || c is '-' or '_'));

    [GeneratedRegex(@"\]\((?!\w+:)([^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex("^#+ (.+)$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex(@"`((?:src|tests|docs|benchmarks|examples|experiments|\.ci)(?:/[\w.-]+)+)`")]
    private static partial Regex NamedPath();

    [GeneratedRegex(@"^\d+\. `([^`]+)`", RegexOptions.Multiline)]
    private static partial Regex Step();
}
