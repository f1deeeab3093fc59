namespace SerLab.Features.FeatureSets;

/// <summary>How the answers of a network over time become one row of features.</summary>
public enum EmbeddingPooling
{
    /// <summary>The mean of every value over time.</summary>
    Mean,

    /// <summary>Its population standard deviation.</summary>
    Std,

    /// <summary>Its largest.</summary>
    Max,

    /// <summary>The last one: of a network that has heard all before.</summary>
    Last,

    /// <summary>The mean, each time weighted by how loud (RMS) the sound is there.</summary>
    Energy,
}

/// <summary>One network of a chain, which others trained.</summary>
public sealed record EmbeddingStage
{
    /// <summary>
    /// Its ONNX file: a path, or a name that is looked for in the folder that the environment variable SERLAB_MODELS names, else
    /// in <c>data/models</c>.
    /// </summary>
    public required string File { get; init; }

    /// <summary>The digest of the file, in hexadecimal; the key of the features covers it.</summary>
    public required string Sha256 { get; init; }

    /// <summary>Name of the input; none: its only one.</summary>
    public string? Input { get; init; }

    /// <summary>Name of the output, and so the layer that is taken; none: its first.</summary>
    public string? Output { get; init; }

    /// <summary>What its answers are multiplied by; default 1.</summary>
    public double Scale { get; init; } = 1;

    /// <summary>What is added to them after that; default 0.</summary>
    public double Offset { get; init; }

    /// <summary>
    /// It hears windows of so many steps of what is before it (samples, or a network's frames) and answers once each; none: all
    /// at once, and it answers over time.
    /// </summary>
    public int? Window { get; init; }

    /// <summary>Steps from one window to the next; none: as many as a window has.</summary>
    public int? Hop { get; init; }

    /// <summary>The folder of files that have a name and no path, unless SERLAB_MODELS names another.</summary>
    public static string DefaultFolder => Path.Combine("data", "models");

    /// <summary>Where a file lies.</summary>
    /// <param name="file">A path, or a name.</param>
    public static string Locate(string file)
    {
        if (Path.GetFileName(file) != file)
        {
            return file;
        }

        string? named = Environment.GetEnvironmentVariable("SERLAB_MODELS");
        return Path.Combine(string.IsNullOrEmpty(named) ? DefaultFolder : named, file);
    }
}

/// <summary>A feature set that a chain of frozen networks computes.</summary>
public sealed record EmbeddingRecipe
{
    /// <summary>Short name users type.</summary>
    public required string Id { get; init; }

    /// <summary>One sentence: what it computes.</summary>
    public required string Description { get; init; }

    /// <summary>Samples per second that the first network expects; every sound is resampled to it.</summary>
    public required int SampleRate { get; init; }

    /// <summary>What samples from -1 to 1 are multiplied by; 32,768 for a network of 16-bit samples; default 1.</summary>
    public double SampleScale { get; init; } = 1;

    /// <summary>A sound that lasts less, in seconds, is followed by silence up to it, 0 or more; default 1.</summary>
    public double MinimumSeconds { get; init; } = 1;

    /// <summary>The picture of the sound that the first network sees; none: it hears samples.</summary>
    public EmbeddingImage? Image { get; init; }

    /// <summary>The networks, at least one, each of what the one before answers.</summary>
    public required IReadOnlyList<EmbeddingStage> Stages { get; init; }

    /// <summary>Numbers that the last network answers each time.</summary>
    public required int Values { get; init; }

    /// <summary>How these become one row; all kinds side by side; default mean and standard deviation.</summary>
    public IReadOnlyList<EmbeddingPooling> Pooling { get; init; } = [EmbeddingPooling.Mean, EmbeddingPooling.Std];

    /// <summary>
    /// The corpora and sounds that the networks were trained on, in words; none: it is not known, and no corpus can be said to be
    /// new to them.
    /// </summary>
    public string? TrainedOn { get; init; }

    /// <summary>Under which licence the files stand, and whose they are.</summary>
    public string? Licence { get; init; }
}
