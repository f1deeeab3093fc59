using SerLab.Core;
using SerLab.Training.Calibrating;
using SerLab.Training.Learners;

namespace SerLab.Training.Catalogue;

/// <summary>What SerLab brings to make class probabilities mean what they say: learners that change those of another.</summary>
internal static class CalibrationCatalogue
{
    /// <summary>No calibration: probabilities as the learner gives them.</summary>
    public const string None = "none";

    /// <summary>SerLab's own calibrations.</summary>
    public static Catalogue<CatalogueEntry<Func<ILearner, ILearner>>> BuiltIn { get; } = new(
        "calibration",
        new CatalogueEntry<Func<ILearner, ILearner>>(None, "Probabilities as the learner gives them.", () => learner => learner),
        new CatalogueEntry<Func<ILearner, ILearner>>(
            "temperature",
            "One number that divides all logits, chosen on inner folds.",
            () => learner => new CalibratedLearner(learner)));
}
