namespace SerLab.Evaluation.Experiments;

/// <summary>Of what the importance is measured.</summary>
public enum ImportanceUnit
{
    /// <summary>Groups of features: families such as MFCC, or the members of sets side by side.</summary>
    Groups,

    /// <summary>Every feature by itself; of features that say the same, each then looks useless.</summary>
    Features,
}
