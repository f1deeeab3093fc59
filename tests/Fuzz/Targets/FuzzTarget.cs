namespace SerLab.Fuzz.Targets;

/// <summary>A reader of files that somebody else wrote, as it is attacked.</summary>
/// <param name="Name">What the command line calls it.</param>
/// <param name="What">What it reads.</param>
/// <param name="Prepare">Makes the seeds, in a folder of its own; the same wherever and whenever it is called.</param>
/// <param name="Documented">What it may throw beside <see cref="Core.InvalidInputException"/>, by its documentation.</param>
internal sealed record FuzzTarget(
    string Name, string What, Func<string, FuzzAttack> Prepare, params IReadOnlyList<Type> Documented);

/// <summary>A reader ready to be attacked.</summary>
/// <param name="Seeds">Files that it reads.</param>
/// <param name="Read">Reads other bytes in place of a seed's; not thread-safe.</param>
internal sealed record FuzzAttack(IReadOnlyList<FuzzSeed> Seeds, Action<FuzzSeed, byte[]> Read)
{
    /// <summary>The attack on a reader of files: bytes are written in place of one seed's, the other seeds are whole.</summary>
    /// <param name="folder">The folder in which all files of the seeds lie.</param>
    /// <param name="seeds">The files.</param>
    /// <param name="read">Reads, given the path of the file that was changed.</param>
    public static FuzzAttack OnFiles(string folder, IReadOnlyList<FuzzSeed> seeds, Action<string> read)
    {
        foreach (FuzzSeed seed in seeds)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(folder, seed.File))!);
            File.WriteAllBytes(Path.Combine(folder, seed.File), seed.Whole);
        }

        FuzzSeed changed = seeds[0];
        return new FuzzAttack(seeds, (seed, bytes) =>
        {
            if (seed != changed)
            {
                File.WriteAllBytes(Path.Combine(folder, changed.File), changed.Whole);
                changed = seed;
            }

            string path = Path.Combine(folder, seed.File);
            File.WriteAllBytes(path, bytes);
            read(path);
        });
    }
}
