namespace SerLab.Faults;

/// <summary>A command that writes, and what it needs.</summary>
/// <param name="Name">What it is called here.</param>
/// <param name="Line">Its arguments, with blanks between.</param>
internal sealed record AttackedCommand(string Name, string Line)
{
    /// <summary>Commands that make what it reads, in this order.</summary>
    public IReadOnlyList<string> Before { get; init; } = [];

    /// <summary>Text files that are there beforehand.</summary>
    public IReadOnlyDictionary<string, string> Given { get; init; } = new Dictionary<string, string>();

    /// <summary>A command by which its result is judged, where that is not a file to be compared as it is.</summary>
    public string? After { get; init; }

    /// <summary>False where it refuses to write where another does: then one of two may be refused.</summary>
    public bool MayRepeat { get; init; } = true;
}
