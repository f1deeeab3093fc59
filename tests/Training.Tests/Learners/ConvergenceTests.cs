using SerLab.Core;
using SerLab.Training.Catalogue;
using SerLab.Training.Learners;
using Xunit;

namespace SerLab.Training.Tests.Learners;

public sealed class ConvergenceTests
{
    private static readonly Target Classes = Target.Class(["a", "b"]);

    [Theory]
    [InlineData("logistic", "maxIterations", "1", false)]
    [InlineData("logistic", "maxIterations", "1000", true)]
    [InlineData("mlp", "maxIterations", "2", false)]
    [InlineData("mlp", "tolerance", "0.5", true)]
    public void A_model_says_whether_its_fit_reached_its_tolerance_through_all_that_is_around_it(
        string learner, string setting, string value, bool converged)
    {
        LearnerSpecification specification = LearnerSpecification.Default(learner).With(setting, value);
        LearnerSpecification average = LearnerSpecification.Default($"average(tree,{learner})") with
        {
            Members = [specification],
        };

        Assert.Equal(converged, Fit(specification).Converged);
        Assert.Equal(converged, Fit(specification.With("calibration", "temperature")).Converged);
        Assert.Equal(converged, Fit(average).Converged);
    }

    private static IModel Fit(LearnerSpecification specification)
    {
        SeededRandom random = new(2);
        float[] values = [.. Enumerable.Range(0, 80).Select(_ => (float)random.NextGaussian())];
        double[] labels = [.. Enumerable.Range(0, 40).Select(i => values[2 * i] + random.NextGaussian() > 0 ? 1.0 : 0)];
        TrainingSet set = new(new FeatureMatrix(values, 40, 2), Classes, labels);
        return LearnerCatalogue.BuiltIn.Create(specification, Classes).Fit(set, seed: 1);
    }
}
