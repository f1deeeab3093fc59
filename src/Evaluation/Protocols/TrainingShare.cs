namespace SerLab.Evaluation.Protocols;

/// <summary>What a smaller training part has fewer of.</summary>
public enum TrainingUnit
{
    /// <summary>Whole groups, such as speakers, each with all its clips.</summary>
    Groups,

    /// <summary>Clips of every group, or clips where there are no groups; all groups stay.</summary>
    Clips,
}

/// <summary>The part of every fold's training clips that is learnt from, where that is not all.</summary>
/// <param name="Of">Name of the protocol whose folds they are.</param>
/// <param name="Unit">What there is less of.</param>
/// <param name="Percent">How much is left, 1 to 99.</param>
public sealed record TrainingShare(string Of, TrainingUnit Unit, int Percent)
{
    /// <summary>What a protocol that leaves less of something is called.</summary>
    internal static string NameOf(TrainingUnit unit) => unit == TrainingUnit.Groups
        ? ProtocolCatalogue.FewerGroups
        : ProtocolCatalogue.FewerClips;
}
