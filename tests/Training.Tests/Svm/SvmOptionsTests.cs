using SerLab.Core;
using SerLab.Training.Catalogue;
using SerLab.Training.Learners;
using SerLab.Training.Svm;
using SerLab.Training.Svm.Kernels;
using Xunit;

namespace SerLab.Training.Tests.Svm;

public class SvmOptionsTests
{
    private static readonly FeatureMatrix Rows = new([0, 2, 4, 2, 0, 4], 3, 2);

    public static TheoryData<SvrOptions, string> OutOfRange => new()
    {
        { new SvrOptions { C = 0 }, "C" },
        { new SvrOptions { C = double.NaN }, "C" },
        { new SvrOptions { C = double.PositiveInfinity }, "C" },
        { new SvrOptions { Epsilon = -0.1 }, "Epsilon" },
        { new SvrOptions { Epsilon = double.NaN }, "Epsilon" },
        { new SvrOptions { Degree = 0 }, "Degree" },
        { new SvrOptions { Coef0 = double.NegativeInfinity }, "Coef0" },
        { new SvrOptions { Tolerance = 0 }, "Tolerance" },
        { new SvrOptions { CacheMegabytes = 0 }, "CacheMegabytes" },
    };

    [Theory]
    [MemberData(nameof(OutOfRange))]
    public void An_option_out_of_range_is_named(SvrOptions options, string name) =>
        Assert.Equal(name, Assert.Throws<ArgumentOutOfRangeException>(() => new SvrLearner(options)).ParamName);

    [Fact]
    public void Classification_holds_its_options_to_the_same_ranges() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new SvcLearner(new SvcOptions { C = -1 }));

    [Fact]
    public void Defaults_are_those_of_libsvm()
    {
        SvrOptions options = new();

        Assert.Equal((1, 0.1, 1e-3), (options.C, options.Epsilon, options.Tolerance));
        Assert.Equal((3, 0, true), (options.Degree, options.Coef0, options.Shrinking));
        Assert.Equal(Gamma.Auto, options.Gamma);
    }

    [Fact]
    public void Gamma_follows_its_rules()
    {
        Assert.Equal(1 / 2.0, Gamma.Auto.Resolve(Rows));
        Assert.Equal(1 / (2 * (16 / 6.0)), Gamma.Scale.Resolve(Rows), 1e-12);
        Assert.Equal(1, Gamma.Scale.Resolve(new FeatureMatrix([3, 3, 3, 3], 2, 2)));
        Assert.Equal(0.25, Gamma.Of(0.25).Resolve(Rows));
    }

    [Theory]
    [InlineData("auto")]
    [InlineData("scale")]
    [InlineData("0.125")]
    public void Gamma_reads_what_it_writes(string text) => Assert.Equal(text, Gamma.Parse(text).ToString());

    [Theory]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("NaN")]
    [InlineData("big")]
    public void Gamma_refuses_other_text(string text) =>
        Assert.Contains(text, Assert.Throws<FormatException>(() => Gamma.Parse(text)).Message, StringComparison.Ordinal);

    [Fact]
    public void Gamma_refuses_numbers_that_are_not_above_zero()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Gamma.Of(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => Gamma.Of(double.NaN));
    }

    [Theory]
    [InlineData("none")]
    [InlineData("balanced")]
    [InlineData("1,2.5")]
    public void Class_weights_read_what_they_write(string text) => Assert.Equal(text, ClassWeights.Parse(text).ToString());

    [Theory]
    [InlineData("")]
    [InlineData("heavy")]
    [InlineData("1,-2")]
    [InlineData("balanced,2")]
    public void Class_weights_refuse_other_text(string text) => Assert.Throws<FormatException>(() => ClassWeights.Parse(text));

    [Fact]
    public void Users_set_all_options_by_name()
    {
        SvrLearner regression = (SvrLearner)LearnerCatalogue.BuiltIn.Learners.Get("svr").Create(
            Target.Rating("valence"),
            new Dictionary<string, string> { ["c"] = "10", ["gamma"] = "scale", ["kernel"] = "linear" },
            _ => throw new NotSupportedException());
        SvcLearner classification = (SvcLearner)LearnerCatalogue.BuiltIn.Learners.Get("svc").Create(
            Target.Class(["calm", "angry"]),
            new Dictionary<string, string> { ["gamma"] = "0.25", ["classWeights"] = "balanced", ["probability"] = "true" },
            _ => throw new NotSupportedException());

        Assert.Equal(new SvrOptions { C = 10, Gamma = Gamma.Scale, Kernel = KernelKind.Linear }, regression.Options);
        Assert.Equal(
            new SvcOptions { Gamma = 0.25, ClassWeights = ClassWeights.Balanced, Probability = true }, classification.Options);
    }

    [Fact]
    public void Balanced_weights_are_inverse_to_class_counts()
    {
        // Class 2 of three is absent, so two classes share the rows.
        double[] weights = ClassWeights.Balanced.Resolve([0, 0, 0, 1], 3);

        Assert.Equal([4 / 6.0, 2, 1], weights);
        Assert.Equal([1, 1, 1], ClassWeights.None.Resolve([0, 1], 3));
    }

    [Fact]
    public void Explicit_weights_must_fit_the_classes_and_be_above_zero()
    {
        Assert.Equal([1, 2.5], ClassWeights.Of(1, 2.5).Resolve([0, 1], 2));
        Assert.Throws<ArgumentException>(() => ClassWeights.Of(1, 2).Resolve([0], 3));
        Assert.Throws<ArgumentOutOfRangeException>(() => ClassWeights.Of(1, 0));
    }
}
