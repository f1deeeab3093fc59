using SerLab.Core;
using SerLab.Onnx;
using SerLab.Onnx.Runtime;
using SerLab.Training.Catalogue;
using SerLab.Training.Learners;
using SerLab.Training.Preprocessing;
using Xunit;

namespace SerLab.Training.Tests;

public class PartSelectorTests
{
    private static readonly ExampleShape Shape = ExampleShape.SideBySide(
        [("rows", ExampleShape.Features(2)), ("series", ExampleShape.Series(2, 3)), ("more", ExampleShape.Features(1))]);

    private static readonly Examples Both = Examples.Of(
        [[.. Enumerable.Range(0, 9).Select(i => (float)i)], [.. Enumerable.Range(0, 9).Select(i => -(float)i)]], Shape);

    [Fact]
    public void A_part_has_its_own_values_and_form()
    {
        Examples series = new PartSelector("series").Fit(Both).Apply(Both);
        Examples rows = new PartSelector("rows").Fit(Both).Apply(Both);

        Assert.Equal(ExampleShape.Series(2, 3), series.Shape);
        Assert.Equal([2, 3, 4, 5, 6, 7], series[0].ToArray());
        Assert.IsType<FeatureMatrix>(rows);
        Assert.Equal([0, -1], rows[1].ToArray());
    }

    [Theory]
    [InlineData("rows", new[] { 2, 2 })]
    [InlineData("series", new[] { 2, 2, 3 })]
    public void A_part_is_the_same_in_onnx(string part, int[] shape)
    {
        ITransform transform = new PartSelector(part).Fit(Both);
        OnnxGraph graph = new("part");
        OnnxValue input = graph.Input("x", OnnxElement.Float, [OnnxDimension.Batch, 9]);
        graph.Output("y", transform.AddTo(graph, input), OnnxElement.Float, [OnnxDimension.Batch]);

        Tensor<float> answer = (Tensor<float>)OnnxModel.Parse(graph.ToBytes("1", "", []), "part").Run(
            new Dictionary<string, Tensor> { ["x"] = new Tensor<float>([.. Both[0], .. Both[1]], 2, 9) })["y"];

        Examples expected = transform.Apply(Both);
        Assert.Equal(shape, answer.Shape);
        Assert.Equal([.. expected[0], .. expected[1]], answer.Values.ToArray());
    }

    [Fact]
    public void A_part_that_is_not_there_is_answered_with_the_nearest()
    {
        Assert.Contains(
            "Did you mean 'series'?",
            Assert.ThrowsAny<InvalidInputException>(() => new PartSelector("serie").Fit(Both)).Message,
            StringComparison.Ordinal);
        Assert.Contains(
            "the features are of one set",
            Assert.ThrowsAny<InvalidInputException>(
                () => new PartSelector("rows").Fit(new FeatureMatrix([1, 2], 1, 2))).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Learners_of_different_parts_are_fused()
    {
        // The class is in the second part alone.
        ExampleShape shape = ExampleShape.SideBySide([("noise", ExampleShape.Features(2)), ("told", ExampleShape.Series(2, 1))]);
        SeededRandom random = new(1);
        int[] labels = [.. Enumerable.Range(0, 60).Select(i => i % 2)];
        Examples examples = Examples.Of(
            [
                .. labels.Select(label => new[]
                {
                    (float)random.NextGaussian(), (float)random.NextGaussian(), label + (0.1f * (float)random.NextGaussian()), 0,
                }),
            ],
            shape);
        TrainingSet set = TrainingSet.OfClasses(examples, labels, 2);

        Assert.True(Accuracy("kernels:told") > 0.95);
        Assert.True(Accuracy("logistic:noise") < 0.9);
        Assert.True(Accuracy("average(logistic:noise, kernels:told)") > 0.95);

        double Accuracy(string learner)
        {
            LearnerSpecification specification = LearnerSpecification.Default(learner);
            ILearner made = LearnerCatalogue.BuiltIn.Create(specification, set.Target);
            int[] told = made.Fit(set, seed: 3).Predict(examples).Labels;
            return told.Zip(labels).Average(pair => pair.First == pair.Second ? 1.0 : 0);
        }
    }

    [Fact]
    public void A_name_tells_learner_part_and_members()
    {
        LearnerSpecification part = LearnerSpecification.Default("svc:voice310+x");
        LearnerSpecification average = LearnerSpecification.Default("average(svc:a, forest)");

        Assert.Equal(("svc:voice310+x", "svc", "voice310+x"), (part.Name, part.Learner, part.Input));
        Assert.Equal(
            ("average(svc:a, forest)", "average", "svc:a, forest"), (average.Name, average.Learner, average.Settings["members"]));
        Assert.Equal(
            "a",
            LearnerCatalogue.BuiltIn.Describe(average with { Members = [LearnerSpecification.Default("svc:a")] },
                Target.Class(["x", "y"]))["average(svc:a, forest).svc:a.input"]);
    }
}
