namespace SerLab.Cli.Cluster;

/// <summary>Names jobs after their plans.</summary>
internal static class JobName
{
    // Kubernetes appends to it, and a name in DNS has 63 letters (RFC 1123).
    private const int Longest = 40;

    /// <summary>Lower-case letters, digits and dashes, no dash at the ends.</summary>
    public static string Of(string plan)
    {
        string folder = Path.GetFileName(Path.TrimEndingDirectorySeparator(plan));
        string name = new([.. $"serlab-{folder}".ToLowerInvariant().Select(c => char.IsAsciiLetterOrDigit(c) ? c : '-')]);
        return name[..Math.Min(name.Length, Longest)].Trim('-');
    }
}
