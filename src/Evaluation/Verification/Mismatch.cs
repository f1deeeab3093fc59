namespace SerLab.Evaluation.Verification;

/// <summary>What kind of thing is wrong with a run folder.</summary>
public enum MismatchKind
{
    /// <summary>A file is missing.</summary>
    Missing,

    /// <summary>A file cannot be read as what it should be.</summary>
    Unreadable,

    /// <summary>A figure is not what follows from the predictions.</summary>
    Figure,

    /// <summary>A file is not the one that the run wrote: its checksum differs.</summary>
    Checksum,

    /// <summary>Folds or predictions break what the protocol promises.</summary>
    Folds,

    /// <summary>The searches are not those of the searched folds.</summary>
    Searches,
}

/// <summary>Something wrong with a run folder.</summary>
/// <param name="Kind">What kind of thing.</param>
/// <param name="File">In which file.</param>
/// <param name="Line">On which line, from 1; 0 where it concerns the file as a whole.</param>
/// <param name="What">One sentence.</param>
/// <param name="Expected">What should be there.</param>
/// <param name="Found">What is there.</param>
public sealed record Mismatch(MismatchKind Kind, string File, int Line, string What, string Expected, string Found)
{
    /// <summary>The whole in one sentence.</summary>
    public override string ToString() =>
        $"{File}{(Line > 0 ? $", line {Line}" : "")}: {What} Expected {Expected}, found {Found}.";
}
