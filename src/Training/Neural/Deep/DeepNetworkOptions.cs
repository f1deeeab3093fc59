using System.ComponentModel.DataAnnotations;
using SerLab.Training.Learners;
using SerLab.Training.Neural.Augmentation;
using SerLab.Training.Neural.Layers;
using SerLab.Training.Neural.Optimisation;

namespace SerLab.Training.Neural.Deep;

/// <summary>How the rate goes with the steps.</summary>
public enum RateCourse
{
    /// <summary>One rate throughout.</summary>
    Constant,

    /// <summary>
    /// Down to zero along a cosine, after rising in the share of steps that <see cref="DeepNetworkOptions.WarmUp"/> says.
    /// </summary>
    Cosine,

    /// <summary>Halved when the held-out loss (without one, the training loss) has not fallen for three epochs.</summary>
    Plateau,
}

/// <summary>Which optimiser moves the weights, with Keras's settings.</summary>
public enum WeightMover
{
    /// <summary>
    /// Adam, with decay of the weights beside the gradient where <see cref="DeepNetworkOptions.WeightDecay"/> is above 0.
    /// </summary>
    Adam,

    /// <summary>RMSprop.</summary>
    RmsProp,

    /// <summary>Gradient descent with momentum 0.9.</summary>
    Momentum,
}

/// <summary>A network as a list of layers, and how it is trained.</summary>
public sealed record DeepNetworkOptions
{
    /// <summary>
    /// The layers but for the last, which is added: flattened to one dense output for a rating, one per class for classes.
    /// </summary>
    public LayerList Layers { get; init; } = LayerList.Parse("dense 64, relu, dropout 0.2");

    /// <summary>
    /// How training examples are varied, anew in every epoch, e.g. <c>noise 0.3, shift 0.1, timemask 2x20</c>; default none.
    /// Held-out and test examples are never varied.
    /// </summary>
    public AugmentationList Augment { get; init; } = AugmentationList.None;

    /// <summary>
    /// Whether rare classes are filled up: their training examples are repeated, drawn with the seed, until every class that
    /// occurs is as frequent as the most frequent one, and <see cref="Augment"/> varies each repeat by itself; default false. Of
    /// classes only, and instead of <see cref="ClassWeights"/>. Held-out and test examples are never repeated.
    /// </summary>
    public bool Oversample { get; init; }

    /// <summary>
    /// Mixes every training example with another, and their targets alike, by a share from the Beta distribution of this
    /// parameter (Zhang et al. 2018), 0 to 1; default 0: none.
    /// </summary>
    [Range(0, 1.0)]
    public double Mixup { get; init; }

    /// <summary>Which optimiser; default Adam.</summary>
    public WeightMover Optimiser { get; init; } = WeightMover.Adam;

    /// <summary>Learning rate, above 0; default 0.001.</summary>
    [Range(0, 10.0, MinimumIsExclusive = true)]
    public double LearningRate { get; init; } = 1e-3;

    /// <summary>Share of the weights that a step of rate 1 takes away, 0 to 1; Adam only; default 0.</summary>
    [Range(0, 1.0)]
    public double WeightDecay { get; init; }

    /// <summary>How the rate goes; default constant.</summary>
    public RateCourse Schedule { get; init; } = RateCourse.Constant;

    /// <summary>Share of the steps in which a cosine schedule rises, 0 to below 1; default 0.05.</summary>
    [Range(0, 1.0, MaximumIsExclusive = true)]
    public double WarmUp { get; init; } = 0.05;

    /// <summary>Gradients longer than this are shortened, above 0; default none.</summary>
    [Range(0, double.MaxValue, MinimumIsExclusive = true)]
    public double? ClipNorm { get; init; }

    /// <summary>Examples per step, 1 to 4,096; default 32.</summary>
    [Range(1, 4096)]
    public int BatchSize { get; init; } = 32;

    /// <summary>Passes over the training examples at most, 1 to 100,000; default 50.</summary>
    [Range(1, 100_000)]
    public int Epochs { get; init; } = 50;

    /// <summary>
    /// Epochs without a lower loss on a held-out inner part after which training stops, at least 1; the best weights are kept.
    /// Default none: all epochs on all examples.
    /// </summary>
    [Range(1, 100_000)]
    public int? Patience { get; init; }

    /// <summary>
    /// The inner part held out for that is one of so many, whole groups where there are groups, 2 to 100; default 5.
    /// </summary>
    [Range(2, 100)]
    public int HeldOutFolds { get; init; } = 5;

    /// <summary>Share of a class target that is dealt out to all classes, 0 to below 1; default 0.</summary>
    [Range(0, 1.0, MaximumIsExclusive = true)]
    public double LabelSmoothing { get; init; }

    /// <summary>
    /// Epochs in which the terms that layers add to the loss (the divergence of layer <c>gaussian</c>) rise to their full
    /// weights, 0 to 100,000; default 0.
    /// </summary>
    [Range(0, 100_000)]
    public int TermWarmUp { get; init; }

    /// <summary>What an error on each class costs; default all the same.</summary>
    public ClassWeights ClassWeights { get; init; } = ClassWeights.None;

    /// <summary>Whether ratings are learnt by their concordance correlation, else by squared error; default false.</summary>
    public bool Concordance { get; init; }

    /// <summary>Networks of different seeds whose answers are averaged, 1 to 100; default 1.</summary>
    [Range(1, 100)]
    public int Networks { get; init; } = 1;

    /// <summary>Threads of a fit, 1 to 256; default 1, since folds run in parallel. Results do not depend on it.</summary>
    [Range(1, 256)]
    public int Threads { get; init; } = 1;

    internal UpdateRule Rule() => Optimiser switch
    {
        WeightMover.Adam => new AdamRule { WeightDecay = WeightDecay },
        WeightMover.RmsProp => new RmsPropRule(),
        _ => new MomentumRule(),
    };

    internal LearningSchedule Course() => Schedule switch
    {
        RateCourse.Constant => new ConstantSchedule(),
        RateCourse.Cosine => new CosineSchedule(WarmUp),
        _ => new PlateauSchedule(3, 0.5),
    };
}
