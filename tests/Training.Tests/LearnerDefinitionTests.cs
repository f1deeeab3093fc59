using System.ComponentModel.DataAnnotations;
using SerLab.Core;
using SerLab.Training.Catalogue;
using SerLab.Training.Learners;
using Xunit;

namespace SerLab.Training.Tests;

public class LearnerDefinitionTests
{
    private static readonly Target Rating = Target.Rating("valence");

    private static readonly LearnerDefinition Definition =
        LearnerDefinition.OfRatings<Sample>("sample", "Echoes its options.", "none", options => new Echo(options));

    public enum Shape
    {
        Round,
        Flat,
    }

    [Fact]
    public void Settings_are_read_by_name_in_any_case_and_in_invariant_culture()
    {
        Sample made = Made(new()
        {
            ["c"] = "0.25",
            ["HIDDEN"] = "50, 20",
            ["shape"] = "flat",
            ["depth"] = "none",
            ["shrinking"] = "false",
        });

        Assert.Equal(0.25, made.C);
        Assert.Equal([50, 20], made.Hidden);
        Assert.Equal(Shape.Flat, made.Shape);
        Assert.Null(made.Depth);
        Assert.False(made.Shrinking);
    }

    [Fact]
    public void Settings_tell_their_defaults_and_ranges()
    {
        LearnerSetting setting = Assert.Single(Definition.Settings(Rating), s => s.Name == "c");

        Assert.Equal("1", setting.Default);
        Assert.Equal("1E-06 to 1000000", setting.Range);
        Assert.Equal("100", Assert.Single(Definition.Settings(Rating), s => s.Name == "hidden").Default);
    }

    [Theory]
    [InlineData("gama", "1", "There is no setting of sample 'gama'.")]
    [InlineData("shrink", "1", "Did you mean 'shrinking'?")]
    [InlineData("c", "many", "'many' is not a value for sample.c; expected a number, e.g. 1.")]
    [InlineData("c", "-1", "sample.c is -1; expected 1E-06 to 1000000.")]
    [InlineData("shape", "7", "expected one of round, flat")]
    [InlineData("hidden", "50,x", "expected a list, each a whole number")]
    public void A_wrong_setting_gives_one_clear_sentence(string name, string value, string expected)
    {
        InvalidInputException error = Assert.ThrowsAny<InvalidInputException>(
            () => Made(new() { [name] = value }));

        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Layers_of_a_network_are_a_setting_that_tells_what_is_wrong_with_it()
    {
        static ILearner Deep(string layers) => LearnerCatalogue.BuiltIn.Create(
            LearnerSpecification.Default("deep").With("layers", layers).With("optimiser", "momentum"), Rating);

        Assert.Equal("deep", Deep("conv 4 3,residual(conv 4 3,relu),avgpool").Name);
        Assert.Equal(
            "Layer 'conv 16': kernel is rows x columns, or a length along a series.",
            Assert.Throws<InvalidInputException>(() => Deep("conv 16")).Message);
    }

    [Fact]
    public void A_learner_of_ratings_is_refused_for_classes()
    {
        Target classes = Target.Class(["calm", "angry"]);

        Assert.False(Definition.Fits(classes));
        Assert.Contains(
            "predicts ratings", Assert.Throws<InvalidInputException>(() => Definition.Settings(classes)).Message,
            StringComparison.Ordinal);
    }

    private static Sample Made(Dictionary<string, string> settings) =>
        ((Echo)Definition.Create(Rating, settings, _ => throw new InvalidOperationException())).Options;

    private sealed record Echo(Sample Options) : ILearner
    {
        public string Name => "echo";

        public IModel Fit(TrainingSet set, int seed, CancellationToken cancellationToken = default) =>
            throw new NotSupportedException();
    }

    public sealed record Sample
    {
        [Range(1e-6, 1e6)]
        public double C { get; init; } = 1;

        public IReadOnlyList<int> Hidden { get; init; } = [100];

        public Shape Shape { get; init; }

        public int? Depth { get; init; } = 3;

        public bool Shrinking { get; init; } = true;
    }
}
