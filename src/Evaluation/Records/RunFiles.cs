namespace SerLab.Evaluation.Records;

/// <summary>Names of the files of a run folder.</summary>
public static class RunFiles
{
    /// <summary>What was run.</summary>
    public const string Description = "run.json";

    /// <summary>Clips, groups and folds.</summary>
    public const string Folds = "folds.jsonl";

    /// <summary>Every out-of-fold prediction.</summary>
    public const string Predictions = "predictions.csv";

    /// <summary>What every searched fold's model was chosen from; only where a model was searched for.</summary>
    public const string Searches = "searches.jsonl";

    /// <summary>Learning curves of every fold; only where a model learns in epochs.</summary>
    public const string Learning = "learning.jsonl";

    /// <summary>Scores with features shuffled; only where importance was asked for.</summary>
    public const string Importance = "importance.jsonl";

    /// <summary>Where clips lie by their features; only where models learn from rows of features.</summary>
    public const string Map = "map.json";

    /// <summary>Every figure.</summary>
    public const string Metrics = "metrics.csv";

    /// <summary>Paired tests between models.</summary>
    public const string Tests = "tests.csv";

    /// <summary>Times and machines; differs between equal runs.</summary>
    public const string Timing = "timing.csv";

    /// <summary>SHA-256 of the files that are the same in equal runs, as <c>sha256sum</c> writes and checks it.</summary>
    public const string Manifest = "manifest.sha256";

    /// <summary>A playlist of twins, pair after pair; only where there are some. It names files of this machine.</summary>
    public const string Twins = "twins.m3u8";

    /// <summary>Matches what an unfinished run has instead of a manifest: what every worker has done.</summary>
    public const string Journals = "journal-*.jsonl";

    /// <summary>The files that the manifest of every run covers.</summary>
    public static IReadOnlyList<string> Covered { get; } = [Description, Folds, Predictions, Metrics, Tests];

    /// <summary>The files that it covers where there are such.</summary>
    public static IReadOnlyList<string> CoveredWhereThere { get; } = [Searches, Learning, Importance, Map];

    /// <summary>The text of a file; empty where it is one that a run may lack and is not there.</summary>
    internal static string TextOf(string folder, string name)
    {
        string path = Path.Combine(folder, name);
        return name is Learning or Map && !File.Exists(path) ? "" : File.ReadAllText(path);
    }
}
