using SerLab.Features.FeatureSets;

namespace SerLab.Datasets.Extraction;

/// <summary>
/// Features on disk, so that no sound is analysed twice: keyed by the content of the sound and the key of the feature set, which
/// covers its parameters and version, and by the native library that computed, if one did. One folder per feature set; in it,
/// segments: files to which one extraction appends checksummed records. No file is ever written by two processes, a segment that
/// is still growing can be read, a process that is killed loses nothing it had appended, and whatever is damaged counts as
/// absent. When segments become many they are merged into one. One more folder remembers the digests of files beside their path,
/// length, number and times, the system's own time of change among them, so that what did not change is not read either; where
/// a system does not tell that time, every sound is read.
/// </summary>
public sealed class FeatureCache
{
    // No feature set's: those are named by hashes.
    private const string Digests = "digests";

    /// <summary>Names the folder; it is made when the first entry is written.</summary>
    /// <param name="folder">Anywhere; <see cref="DefaultFolder"/> by default.</param>
    public FeatureCache(string? folder = null) => Folder = folder ?? DefaultFolder;

    /// <summary>
    /// Where features are kept when nobody says otherwise: the folder in the environment variable SERLAB_CACHE, else
    /// <c>serlab/features</c> in the user's cache folder (XDG_CACHE_HOME or ~/.cache on Linux, ~/Library/Caches on macOS, local
    /// application data on Windows).
    /// </summary>
    public static string DefaultFolder => Environment.GetEnvironmentVariable("SERLAB_CACHE") is { Length: > 0 } named
        ? named
        : Path.Combine(UserCacheFolder(), "serlab", "features");

    /// <summary>The folder of all feature sets.</summary>
    public string Folder { get; }

    /// <summary>
    /// Told in a sentence when the cache cannot be read or written, once for each time it is opened; features are computed all
    /// the same. From any thread.
    /// </summary>
    public Action<string>? Warn { get; init; }

    /// <summary>Tells which files were written so lately that they may be written again unnoticed.</summary>
    internal TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Opens the part of one feature set, reading what is there.</summary>
    internal CacheSession<CachedFeatures> Open(FeatureSet set) =>
        new(Path.Combine(Folder, NameOf(set)), new FeatureSegment(set), Warn);

    /// <summary>
    /// Opens the part that remembers what files hold. Where it cannot be written, neither can features, which is told there.
    /// </summary>
    internal KnownDigests OpenDigests() =>
        new(new CacheSession<byte[]>(Path.Combine(Folder, Digests), new DigestSegment()), Clock);

    // What a native library computes differs in its last digits: from the interpreter's numbers, and from another version's.
    private static string NameOf(FeatureSet set) => set.Runtime is { IsNative: true } runtime
        ? $"{set.Key}-{runtime.Name.Replace(' ', '-').ToLowerInvariant()}"
        : set.Key;

    private static string UserCacheFolder()
    {
        string home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        if (OperatingSystem.IsWindows())
        {
            return Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData);
        }

        if (OperatingSystem.IsMacOS())
        {
            return Path.Combine(home, "Library", "Caches");
        }

        if (Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } xdg && Path.IsPathRooted(xdg))
        {
            return xdg;
        }

        return home.Length > 0 ? Path.Combine(home, ".cache") : Path.GetTempPath();
    }
}
