using Xunit;

namespace SerLab.Core.Tests;

public sealed class CatalogueTests
{
    private static readonly Catalogue<Fruit> Fruits =
        new("fruit", new Fruit("apple"), new Fruit("plum") { Aliases = ["damson"] });

    [Fact]
    public void Entries_keep_their_order_and_aliases_are_named_last()
    {
        Assert.Equal(["apple", "plum"], Fruits.Entries.Select(fruit => fruit.Name));
        Assert.Equal(["apple", "plum", "damson"], Fruits.Names);
    }

    [Fact]
    public void An_entry_is_found_by_its_name_and_by_its_aliases()
    {
        Assert.Equal("plum", Fruits.Get("plum").Name);
        Assert.Equal("plum", Fruits.Get("damson").Name);
        Assert.Null(Fruits.Find("Plum"));
    }

    [Fact]
    public void Names_may_match_whatever_their_case()
    {
        Catalogue<Fruit> relaxed = new("fruit", StringComparer.OrdinalIgnoreCase, Fruits.Entries);

        Assert.Equal("plum", relaxed.Get("PLUM").Name);
        Assert.Equal("plum", relaxed.Get("Damson").Name);
        Assert.Equal("plum", relaxed.With(new Fruit("pear")).Get("PLUM").Name);
        Assert.Throws<ArgumentException>(
            () => new Catalogue<Fruit>("fruit", StringComparer.OrdinalIgnoreCase, new Fruit("a"), new Fruit("A")));
    }

    [Fact]
    public void An_unknown_name_is_answered_with_the_nearest_and_all_others()
    {
        string message = Assert.Throws<UnknownNameException>(() => Fruits.Get("plumm")).Message;

        Assert.Equal("There is no fruit 'plumm'. Did you mean 'plum'? Known: apple, plum, damson.", message);
    }

    [Theory]
    [InlineData("plum")]
    [InlineData("damson")]
    public void Two_entries_must_not_answer_to_one_name(string name) =>
        Assert.Throws<ArgumentException>(() => new Catalogue<Fruit>("fruit", [.. Fruits.Entries, new Fruit(name)]));

    [Fact]
    public void Further_entries_come_last_and_one_of_a_known_name_takes_its_place()
    {
        Catalogue<Fruit> more = Fruits.With(new Fruit("pear"), new Fruit("apple") { Description = "another" });

        Assert.Equal(["apple", "plum", "pear"], more.Entries.Select(fruit => fruit.Name));
        Assert.Equal("another", more.Get("apple").Description);
        Assert.Equal(["apple", "plum"], Fruits.Entries.Select(fruit => fruit.Name));
    }

    private sealed record Fruit(string Name) : ICatalogueEntry
    {
        public string Description { get; init; } = "";

        public IReadOnlyList<string> Aliases { get; init; } = [];
    }
}
