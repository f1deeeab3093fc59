namespace SerLab.Evaluation.Protocols;

/// <summary>Ways in which a score can be better than the model.</summary>
public enum LeakKind
{
    /// <summary>Clips are tested by models that learnt from them.</summary>
    TestedOnTrainingClips,

    /// <summary>Test clips share a group (speaker, location…) with training clips.</summary>
    SharedGroup,

    /// <summary>Test clips share a source recording with training clips.</summary>
    SharedSource,

    /// <summary>Test clips are the same recordings, byte for byte, as training clips.</summary>
    SameRecording,

    /// <summary>Test clips sound like training clips: the same recording at another level, shifted or coded anew.</summary>
    Twins,

    /// <summary>Test clips have exactly the features of training clips.</summary>
    IdenticalFeatures,

    /// <summary>The protocol has global preprocessing, fitted on all clips, the test clips among them.</summary>
    GlobalPreprocessing,

    /// <summary>Training may stop by the test clips.</summary>
    StoppedOnTestClips,

    /// <summary>The features came to us scaled over all clips.</summary>
    FeaturesScaledBeforehand,

    /// <summary>Models were scored on different folds.</summary>
    DifferentFolds,

    /// <summary>Test clips were scaled together with training clips.</summary>
    ScaledTogether,
}

/// <summary>A leak that was found by counting.</summary>
/// <param name="Kind">What leaks.</param>
/// <param name="Count">How many clips (features, folds) it concerns.</param>
/// <param name="Of">Of how many.</param>
/// <param name="Sentence">One complete sentence for readers, with the numbers.</param>
public sealed record Leak(LeakKind Kind, int Count, int Of, string Sentence);
