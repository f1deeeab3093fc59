using SerLab.Datasets.Corpora;

namespace SerLab.Datasets.Catalogue;

/// <summary>
/// Checks a RAVDESS folder against the full factorial design of its authors (Livingstone and Russo 2018): every actor speaks or
/// sings two statements twice in every emotion at two intensities, except that neutral has one. Every name is therefore known
/// beforehand.
/// </summary>
internal static class RavdessStructure
{
    /// <summary>Speech: 24 actors × 60 clips, eight emotions.</summary>
    public static IEnumerable<CheckFinding> Speech(string folder) => Check(folder, "01", [.. Enumerable.Range(1, 24)], 8);

    /// <summary>Song: 23 actors × 44 clips (actor 18 does not sing), six emotions.</summary>
    public static IEnumerable<CheckFinding> Song(string folder) =>
        Check(folder, "02", [.. Enumerable.Range(1, 24).Where(actor => actor != 18)], 6);

    private static IEnumerable<CheckFinding> Check(string folder, string channel, int[] actors, int emotionCount)
    {
        string[] files = [.. FolderTree.Files(folder).Where(IsAudio)];
        ILookup<string, string> byName = files.ToLookup(f => Path.GetFileNameWithoutExtension(f), StringComparer.Ordinal);
        HashSet<string> expected = [.. actors.SelectMany(actor => ClipsOf(actor, channel, emotionCount))];
        string[] present = [.. expected.Where(byName.Contains)];
        string[] missing = [.. expected.Where(name => !byName.Contains(name)).Order(StringComparer.Ordinal)];
        string[] unexpected =
            [.. byName.Select(g => g.Key).Where(name => !expected.Contains(name)).Order(StringComparer.Ordinal)];
        string[] repeated = [.. byName.Where(g => g.Count() > 1).Select(g => g.Key)];

        yield return CheckFinding.Of(
            "clips", missing.Length == 0, $"{present.Length:N0} of {expected.Count:N0}{Lacking(missing)}");

        int perActor = expected.Count / actors.Length;
        string[] shortActors =
        [
            .. actors.Select(a => (Actor: a, Count: present.Count(name => name.EndsWith($"-{a:00}", StringComparison.Ordinal))))
                .Where(a => a.Count != perActor)
                .Select(a => $"actor {a.Actor:00} has {a.Count}"),
        ];
        yield return CheckFinding.Of(
            "clips per actor", shortActors.Length == 0, $"{actors.Length} actors × {perActor}{NameList.Some(shortActors)}");

        int[] counts = CountEmotions(present, emotionCount);
        int[] wanted = CountEmotions(expected, emotionCount);
        yield return CheckFinding.Of(
            "clips per emotion",
            counts.SequenceEqual(wanted),
            string.Join(
                ", ",
                counts.Select((n, e) => $"{RavdessName.Emotions[e]} {n}{(n == wanted[e] ? "" : $" of {wanted[e]}")}")));

        yield return CheckFinding.Of(
            "names",
            unexpected.Length + repeated.Length == 0,
            $"{unexpected.Length} not of this corpus{NameList.Some(unexpected)}, "
                + $"{repeated.Length} more than once{NameList.Some(repeated)}");

        string[] unreadable =
            [.. files.Where(f => !StartsAsAudio(f)).Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal)];
        yield return CheckFinding.Of(
            "file headers",
            unreadable.Length == 0,
            $"{unreadable.Length} neither WAV nor FLAC inside{NameList.Some(unreadable)}");
    }

    private static IEnumerable<string> ClipsOf(int actor, string channel, int emotionCount) =>
        from emotion in Enumerable.Range(1, emotionCount)
        from intensity in Enumerable.Range(1, emotion == 1 ? 1 : 2)
        from statement in Enumerable.Range(1, 2)
        from repetition in Enumerable.Range(1, 2)
        select $"03-{channel}-{emotion:00}-{intensity:00}-{statement:00}-{repetition:00}-{actor:00}";

    private static int[] CountEmotions(IEnumerable<string> names, int emotionCount)
    {
        int[] counts = new int[emotionCount];
        foreach (string name in names)
        {
            counts[name[7] - '1']++;
        }

        return counts;
    }

    private static string Lacking(string[] missing) =>
        missing.Length == 0 ? "" : $"; missing {missing.Length:N0}{NameList.Some(missing)}";

    private static bool IsAudio(string file) =>
        Path.GetExtension(file) is var extension
        && (extension.Equals(".wav", StringComparison.OrdinalIgnoreCase)
            || extension.Equals(".flac", StringComparison.OrdinalIgnoreCase));

    private static bool StartsAsAudio(string file)
    {
        Span<byte> start = stackalloc byte[4];
        using FileStream stream = File.OpenRead(file);
        return stream.ReadAtLeast(start, 4, throwOnEndOfStream: false) == 4
            && (start.SequenceEqual("RIFF"u8) || start.SequenceEqual("fLaC"u8));
    }
}
