namespace SerLab.Cli.Rendering;

/// <summary>A column of a <see cref="ConsoleTable"/>.</summary>
/// <param name="Header">Its name; a line break in it is kept.</param>
/// <param name="IsNumber">Whether it is aligned to the right.</param>
/// <param name="Rank">0: always shown; else the place in the order in which columns are taken while the console has room.</param>
internal sealed record Column(string Header, bool IsNumber, int Rank)
{
    /// <summary>The name on one line.</summary>
    public string Name => Header.ReplaceLineEndings(" ");

    public static Column Text(string header, int rank = 0) => new(header, false, rank);

    public static Column Number(string header, int rank = 0) => new(header, true, rank);
}
