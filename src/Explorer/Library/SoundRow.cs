namespace SerLab.Explorer.Library;

/// <summary>What is known of one sound. Immutable.</summary>
internal sealed record SoundRow
{
    /// <summary>Its number; negative as long as it has none.</summary>
    public int Id { get; init; } = -1;

    /// <summary>What people call it: a path relative to the folder with forward slashes, or the clip of a corpus.</summary>
    public required string Path { get; init; }

    /// <summary>Length in seconds; NaN where there is no sound.</summary>
    public float Seconds { get; init; } = float.NaN;

    /// <summary>Level in dB of full scale; NaN where there is no sound.</summary>
    public float Loudness { get; init; } = float.NaN;

    /// <summary>Centroid in Hz; NaN where there is no sound.</summary>
    public float Brightness { get; init; } = float.NaN;

    /// <summary>Lowest and highest of 128 parts in turn, full scale = 127; empty where there is no sound.</summary>
    public sbyte[] Outline { get; init; } = [];

    /// <summary>Ratings in the order of the targets; for classes, probabilities in theirs.</summary>
    public required float[] Answers { get; init; }

    /// <summary>The class; none for ratings.</summary>
    public string? Label { get; init; }

    /// <summary>Where 90 % intervals begin, in the order of the targets; empty where the model does not say.</summary>
    public float[] Low { get; init; } = [];

    /// <summary>Where they end.</summary>
    public float[] High { get; init; } = [];

    /// <summary>The classes that may be true; empty where the model does not say.</summary>
    public string[] MayBe { get; init; } = [];

    /// <summary>How near it is to what the model learnt from, 0 to 1; NaN where the model does not say.</summary>
    public float Familiarity { get; init; } = float.NaN;

    /// <summary>Where its features lie, or -1.</summary>
    public int FeatureRow { get; init; } = -1;

    /// <summary>What is true of it, in a run.</summary>
    public SoundTruth? Truth { get; init; }

    /// <summary>Whether somebody brought it: it is not in the folder, and gone when the explorer ends.</summary>
    public bool IsBrought { get; init; }

    /// <summary>When it last changed.</summary>
    public long Revision { get; init; }
}

/// <summary>What a run knows of a clip beside the prediction.</summary>
/// <param name="Values">Ratings in the order of the targets; NaN where there is none.</param>
/// <param name="Label">The class; none for ratings.</param>
/// <param name="Group">What it shares with others; empty where there are no groups.</param>
/// <param name="Fold">The fold that tested it.</param>
internal sealed record SoundTruth(double[] Values, string? Label, string Group, int Fold);
