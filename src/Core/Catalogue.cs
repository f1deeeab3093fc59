namespace SerLab.Core;

/// <summary>Something that users can name: a corpus, a feature set, a learner, a protocol. It carries what makes it.</summary>
public interface ICatalogueEntry
{
    /// <summary>Short name users type.</summary>
    string Name { get; }

    /// <summary>One sentence about it.</summary>
    string Description { get; }

    /// <summary>Further names it answers to; none by default.</summary>
    IReadOnlyList<string> Aliases => [];
}

/// <summary>The things of one kind that users can name, in the order in which they are listed. Immutable.</summary>
/// <typeparam name="TEntry">The kind of thing.</typeparam>
public sealed class Catalogue<TEntry>
    where TEntry : class, ICatalogueEntry
{
    private readonly StringComparer comparer;

    /// <summary>Creates a catalogue whose names match exactly.</summary>
    /// <param name="kind">What errors call an entry, e.g. "protocol".</param>
    /// <param name="entries">The entries.</param>
    /// <exception cref="ArgumentException">Two entries answer to one name.</exception>
    public Catalogue(string kind, params IEnumerable<TEntry> entries)
        : this(kind, StringComparer.Ordinal, entries)
    {
    }

    /// <summary>Creates a catalogue.</summary>
    /// <param name="kind">What errors call an entry, e.g. "protocol".</param>
    /// <param name="comparer">When two names are the same, e.g. whatever their case.</param>
    /// <param name="entries">The entries.</param>
    /// <exception cref="ArgumentException">Two entries answer to one name.</exception>
    public Catalogue(string kind, StringComparer comparer, params IEnumerable<TEntry> entries)
    {
        Kind = kind;
        this.comparer = comparer;
        Entries = [.. entries];
        if (Names.GroupBy(name => name, comparer).FirstOrDefault(same => same.Count() > 1) is { } twice)
        {
            throw new ArgumentException($"Two entries are called '{twice.Key}'.", nameof(entries));
        }
    }

    /// <summary>What errors call an entry.</summary>
    public string Kind { get; }

    /// <summary>All entries, in the order to list them.</summary>
    public IReadOnlyList<TEntry> Entries { get; }

    /// <summary>All names, in the same order, then all aliases.</summary>
    public IEnumerable<string> Names => Entries.Select(entry => entry.Name).Concat(Entries.SelectMany(entry => entry.Aliases));

    /// <summary>The entry of a name or alias, or none.</summary>
    public TEntry? Find(string name) =>
        Entries.FirstOrDefault(entry => comparer.Equals(entry.Name, name) || entry.Aliases.Contains(name, comparer));

    /// <summary>The entry of a name or alias.</summary>
    /// <exception cref="UnknownNameException">There is none; the message offers the nearest name and lists all.</exception>
    public TEntry Get(string name) => Find(name) ?? throw NearestName.Unknown(Kind, name, Names);

    /// <summary>This catalogue with further entries; an entry with a known name replaces the one there.</summary>
    public Catalogue<TEntry> With(params IEnumerable<TEntry> entries)
    {
        TEntry[] more = [.. entries];
        return new Catalogue<TEntry>(
            Kind,
            comparer,
            [
                .. Entries.Select(entry => Array.Find(more, other => comparer.Equals(other.Name, entry.Name)) ?? entry),
                .. more.Where(other => !Entries.Any(entry => comparer.Equals(entry.Name, other.Name))),
            ]);
    }
}
