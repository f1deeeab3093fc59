namespace SerLab.Training.Catalogue;

/// <summary>The options of a learner that has none.</summary>
public sealed record NoOptions;
