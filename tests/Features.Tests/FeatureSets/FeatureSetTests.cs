using SerLab.Core;
using SerLab.Features.Audio;
using SerLab.Features.FeatureSets;
using SerLab.Onnx;
using SerLab.Onnx.Runtime;
using Xunit;

namespace SerLab.Features.Tests.FeatureSets;

public class FeatureSetTests
{
    private static readonly AudioSignal Signal = new(new float[] { 1, 2, 3, 4, 5, 6, 7 }, 8000);

    [Fact]
    public void A_set_gives_rows_of_its_names_unless_it_says_otherwise()
    {
        FeatureSet set = Define(["a", "b"], _ => [1, 2]);

        Assert.Equal(ExampleShape.Features(2), set.Shape);
        Assert.Equal(1, set.IndexOf("b"));
        Assert.Throws<UnknownNameException>(() => set.IndexOf("c"));
    }

    [Fact]
    public void A_set_of_series_has_names_along_its_last_axis_and_frames_that_follow_from_the_length()
    {
        FeatureSet set = Define(["low", "high"], signal => signal.Samples.ToArray()[..^1], ExampleShape.Series(null, 2));

        Assert.Equal(["low", "high"], set.Names);
        Assert.Equal([1, 2, 3, 4, 5, 6], set.Extract(Signal));
    }

    [Fact]
    public void A_set_of_samples_needs_no_names() =>
        Assert.Equal(7, Define([], signal => signal.Samples.ToArray(), ExampleShape.Samples()).Extract(Signal).Length);

    [Fact]
    public void Names_that_do_not_fit_the_shape_are_refused()
    {
        Assert.Throws<ArgumentException>(() => Define(["a"], _ => [], ExampleShape.Series(null, 2)));
        Assert.Throws<ArgumentException>(() => Define(["a"], _ => [], ExampleShape.Samples()));
        Assert.Throws<ArgumentException>(() => Define([], _ => []));
    }

    [Fact]
    public void Values_that_do_not_fill_the_shape_are_an_error_of_the_set()
    {
        Assert.Throws<InvalidOperationException>(() => Define(["a", "b"], _ => [1, 2, 3]).Extract(Signal));
        Assert.Throws<InvalidOperationException>(
            () => Define(["a", "b"], _ => [1, 2, 3], ExampleShape.Series(null, 2)).Extract(Signal));
    }

    [Fact]
    public void Sets_of_one_recipe_but_different_shapes_have_keys_of_their_own()
    {
        ExampleShape?[] shapes = [null, ExampleShape.Features(2), ExampleShape.Series(null, 2), ExampleShape.Series(3, 2)];
        string[] keys = [.. shapes.Select(shape => Define(["a", "b"], _ => [], shape).Key)];

        Assert.Equal(keys[0], keys[1]);
        Assert.Equal(3, keys.Distinct().Count());
    }

    [Fact]
    public void The_catalogue_takes_further_sets()
    {
        Catalogue<FeatureSet> more = FeatureSetCatalogue.BuiltIn.With(Define(["a"], _ => [1]));

        Assert.Equal("own", more.Get("own").Id);
        Assert.Null(FeatureSetCatalogue.BuiltIn.Find("own"));
    }

    [Fact]
    public void A_set_of_its_own_graph_is_computed_inside_a_model()
    {
        FeatureSet set = new(
            "peak",
            "The largest sample.",
            [],
            ["peak"],
            signal => [signal.Samples.ToArray().Max()],
            graph: (graph, samples, _) => graph.Apply("ReduceMax", [samples], OnnxAttribute.Of("axes", [1L])));

        Assert.Equal(
            [.. WaveformFeatures.Exportable(), "peak"], WaveformFeatures.Exportable(FeatureSetCatalogue.BuiltIn.With(set)));
        Assert.Equal(set.Extract(Signal), InsideModel(set, Signal));
    }

    [Fact]
    public void The_sets_with_a_graph_are_those_that_a_model_can_compute()
    {
        Assert.Equal(
            [
                "meyda74", "librosa180", "librosa360", "voice310", "mfcc128-22k", "mel128-22k", "speech-embedding", "logmel64",
                "logmel128", "logmel64-ln", "logmel128-ln", "linear1025", "mfcc60", "onset2", "series3",
            ],
            WaveformFeatures.Exportable());
        Assert.False(WaveformFeatures.CanExport(LibrosaFeatureSet.Create("x", "x", new LibrosaOptions { HopLength = 500 })));
    }

    [Fact]
    public void A_set_of_other_options_of_librosa_is_computed_inside_a_model_too()
    {
        LibrosaOptions options = new() { FrameLength = 1024, HopLength = 256, MelBands = 40, MfccCount = 13, Mel = false };
        FeatureSet set = LibrosaFeatureSet.Create("small", "Another recipe.", options);
        AudioSignal noise = FeatureSetCatalogueTests.Noise(5000, 16000);

        Assert.All(set.Extract(noise).Zip(InsideModel(set, noise)), pair => Assert.Equal(pair.First, pair.Second, 1e-3));
    }

    [Fact]
    public void A_set_of_a_declared_rate_is_not_computed_at_another()
    {
        FeatureSet set = LibrosaFeatureSet.Create("x", "x", new LibrosaOptions { SampleRate = 22050 });

        InvalidInputException error = Assert.Throws<InvalidInputException>(() => InsideModel(set, Signal));

        Assert.Contains("22050", error.Message, StringComparison.Ordinal);
    }

    private static FeatureSet Define(string[] names, Func<AudioSignal, float[]> extract, ExampleShape? shape = null) =>
        new("own", "A set of one's own.", [], names, extract, shape);

    private static float[] InsideModel(FeatureSet set, AudioSignal signal)
    {
        OnnxGraph graph = new("features");
        OnnxValue samples = WaveformFeatures.DeclareInput(graph, signal.SampleRate);
        OnnxValue features = WaveformFeatures.AddTo(graph, samples, set, signal.SampleRate);
        graph.Output("features", features, OnnxElement.Float, [OnnxDimension.Batch, set.Names.Count]);
        Tensor<float> input = new(signal.Samples.ToArray(), 1, signal.Samples.Length);
        OnnxModel model = OnnxModel.Parse(graph.ToBytes("1", "", []), "features");
        Dictionary<string, Tensor> inputs = new() { [WaveformFeatures.SamplesInput] = input };
        return [.. ((Tensor<float>)model.Run(inputs)["features"]).Values];
    }
}
