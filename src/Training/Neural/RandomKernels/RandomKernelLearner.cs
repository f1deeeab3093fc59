using SerLab.Core;
using SerLab.Training.Learners;
using SerLab.Training.Neural.Layers;
using SerLab.Training.Pipelines;
using SerLab.Training.Preprocessing;
using SerLab.Training.Svm;

namespace SerLab.Training.Neural.RandomKernels;

/// <summary>
/// Features by random convolutions of a series (<see cref="RandomKernelDraw"/>), standardised, and a support vector machine on
/// them: no training but the machine's, in the manner of ROCKET (Dempster, Petitjean and Webb 2020). A row of features is a
/// series of one frame. The seed draws the kernels.
/// </summary>
public sealed class RandomKernelLearner : ILearner
{
    private readonly RandomKernelOptions options;

    /// <summary>Creates the learner.</summary>
    /// <param name="options">Options; default ones if none are given.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option lies outside its range.</exception>
    public RandomKernelLearner(RandomKernelOptions? options = null) =>
        this.options = OptionsValidation.Check(options ?? new RandomKernelOptions());

    /// <inheritdoc/>
    public string Name => "kernels";

    /// <inheritdoc/>
    public void RequireShape(ExampleShape shape, Target target)
    {
        if (shape.Size is not null)
        {
            _ = SeriesOf(shape);
        }
    }

    /// <inheritdoc/>
    /// <exception cref="InvalidInputException">
    /// The input is refused as every learner does, or the examples are no series of one length.
    /// </exception>
    public IModel Fit(TrainingSet set, int seed, CancellationToken cancellationToken = default)
    {
        TrainingInput.CheckFinite(set.Examples);
        TrainingInput.RequireUnweighted(set, Name);
        GridShape input = SeriesOf(set.Examples.Shape);
        cancellationToken.ThrowIfCancellationRequested();
        RandomKernelFeatures features =
            RandomKernelDraw.Draw(set.Examples, input, options.Kernels, options.Length, SeededRandom.Derive(seed, "kernels"));
        Pipeline behind = new(Name, [new StandardScaler()], Machine(set.Target));
        IModel model = behind.Fit(set.With(features.Apply(set.Examples)), seed, cancellationToken);
        return new PipelineModel(set.Examples.Shape, [features], model);
    }

    private GridShape SeriesOf(ExampleShape shape) => shape switch
    {
        { IsFeatures: true, Size: { } width } => GridShape.Vector(width),
        { Rank: 2, Axes: [{ Length: { } frames }, { Length: { } bands }] } => GridShape.Series(frames, bands),
        _ => throw new InvalidInputException(
            $"'{Name}' learns from series of one length, frames × bands, but these examples are {shape}; cut or pad them to one "
            + "length."),
    };

    private ILearner Machine(Target target) => target.IsRating
        ? new SvrLearner(new SvrOptions { C = options.C, Gamma = options.Gamma })
        : new SvcLearner(new SvcOptions { C = options.C, Gamma = options.Gamma, Probability = options.Probability });
}
