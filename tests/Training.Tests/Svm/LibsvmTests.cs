using System.Text.Json;
using SerLab.TestSupport;
using SerLab.Training.Svm;
using Xunit;

namespace SerLab.Training.Tests.Svm;

public class LibsvmTests
{
    private static readonly Dictionary<string, Expected> Solutions = JsonSerializer.Deserialize<Dictionary<string, Expected>>(
        File.ReadAllText(Path.Combine(ReferenceData.RepositoryRoot, "tests/Training.Tests/Svm/libsvm-expected.json")),
        JsonSerializerOptions.Web)!;

    public static TheoryData<string> RegressionCases => [.. LibsvmCases.Regression.Keys];

    public static TheoryData<string> ClassificationCases => [.. LibsvmCases.Classification.Keys];

    [Theory]
    [MemberData(nameof(RegressionCases))]
    public void Regression_finds_the_optimum_of_libsvm(string name)
    {
        (SvmData data, SvrOptions options) = LibsvmCases.Regression[name];
        Expected expected = Solutions[name];
        SvmData training = data.Take(..^LibsvmCases.TestRows);
        SvmData test = data.Take(^LibsvmCases.TestRows..);

        SvrModel model = (SvrModel)new SvrLearner(options).Fit(training.Rows, training.Targets, 0);

        Assert.True(model.Fit.Converged);
        Assert.Equal(1, model.Fit.DualObjective / expected.DualObjective, 1e-6);
        Assert.Equal(expected.Intercept[0], model.Intercept, 1e-3);
        Assert.Equal(expected.Predictions, model.Predict(test.Rows).Values, (e, a) => Math.Abs(e - a) < 1e-3);
        Assert.InRange(model.SupportVectors.Rows, expected.SupportVectors - 3, expected.SupportVectors + 3);
    }

    [Theory]
    [MemberData(nameof(ClassificationCases))]
    public void Classification_finds_the_optima_of_libsvm(string name)
    {
        (SvmData data, SvcOptions options, int classes) = LibsvmCases.Classification[name];
        Expected expected = Solutions[name];
        SvmData training = data.Take(..^LibsvmCases.TestRows);
        SvmData test = data.Take(^LibsvmCases.TestRows..);

        SvcModel model = (SvcModel)new SvcLearner(options).Fit(training.Rows, training.Labels, classes, 0);

        Assert.Equal(expected.Intercept, model.Pairs.Select(p => p.Intercept), (e, a) => Math.Abs(e - a) < 1e-3);
        Assert.Equal(expected.DecisionValues!, model.DecisionValues(test.Rows), (e, a) => Math.Abs(e - a) < 1e-3);
        Assert.Equal(expected.Predictions.Select(p => (int)p), model.Predict(test.Rows).Labels);
        Assert.InRange(model.SupportVectors.Rows, expected.SupportVectors - 3, expected.SupportVectors + 3);
    }

    private sealed record Expected(
        int SupportVectors, double[] Intercept, double DualObjective, double[] Predictions, double[]? DecisionValues);
}
