using System.Text.RegularExpressions;
using SerLab.Features.Audio;
using SerLab.Features.FeatureSets;
using SerLab.Onnx;
using SerLab.Onnx.Runtime;

namespace SerLab.Models.Tests.Waveform;

/// <summary>
/// A model file that takes samples and gives the features of a feature set, and how far they may lie from those of .NET.
/// </summary>
internal sealed partial class WaveformModel
{
    public const string Output = "features";

    private readonly Lazy<OnnxModel> model;

    public WaveformModel(string id, int sampleRate)
        : this(FeatureSetCatalogue.BuiltIn.Get(id), sampleRate)
    {
    }

    public WaveformModel(FeatureSet set, int sampleRate)
    {
        (Set, SampleRate) = (set, sampleRate);
        OnnxGraph graph = new(set.Id);
        OnnxValue samples = WaveformFeatures.DeclareInput(graph, sampleRate);
        OnnxValue features = WaveformFeatures.AddTo(graph, samples, Set, sampleRate);
        OnnxDimension[] axes =
            [.. set.Shape.Axes.Select(axis => axis.Length is { } length ? length : new OnnxDimension(0, axis.Name))];
        graph.Output(Output, features, OnnxElement.Float, [OnnxDimension.Batch, .. axes]);
        Bytes = graph.ToBytes("1", "Features of clips.", []);
        model = new(() => OnnxModel.Parse(Bytes, set.Id));
    }

    public FeatureSet Set { get; }

    public int SampleRate { get; }

    public byte[] Bytes { get; }

    public OnnxModel Model => model.Value;

    public float[] Extract(float[] samples) => Set.Extract(new AudioSignal(samples, SampleRate));

    public float[] Run(int clips, float[] samples)
    {
        Tensor<float> input = new(samples, clips, clips == 0 ? 5000 : samples.Length / clips);
        Tensor<float> features =
            (Tensor<float>)Model.Run(new Dictionary<string, Tensor> { [WaveformFeatures.SamplesInput] = input })[Output];
        bool fits = features.Rank == Set.Shape.Rank + 1 && features.Shape[0] == clips
            && features.Shape.Skip(1).Zip(Set.Shape.Axes).All(pair => pair.First == (pair.Second.Length ?? pair.First));
        return fits
            ? features.Values.ToArray()
            : throw new InvalidOperationException($"The features have shape {string.Join(" x ", features.Shape)}.");
    }

    /// <summary>
    /// The largest difference, and where: relative to the feature, or to mean and deviation where it is a deviation or a
    /// quantile, or, because numbers of a kind are sums that may cancel each other, to a thousandth of the largest of its kind.
    /// </summary>
    public (double Difference, string Feature) Compare(float[] expected, float[] actual)
    {
        // Below any feature of a sound: what is left of zero by rounding.
        const double nothing = 1e-9;
        (double, string) worst = (0, "none");
        foreach (IGrouping<string, int> kind in Enumerable.Range(0, expected.Length).GroupBy(i => Set.Names[i].Split('_')[0]))
        {
            double floor = Math.Max(nothing, 1e-3 * kind.Max(i => Math.Abs(expected[i])));
            foreach (int i in kind)
            {
                double scale = Math.Max(floor, Related(i).Max(related => Math.Abs(expected[related])));
                double difference = expected[i] == actual[i] ? 0 : Math.Abs(expected[i] - actual[i]) / scale;
                if (!(difference <= worst.Item1))
                {
                    worst = (difference, $"{Set.Names[i]}: {actual[i]} instead of {expected[i]}");
                }
            }
        }

        return worst;
    }

    // The feature itself, and of deviations and quantiles the mean and the deviation of what they are of.
    private IEnumerable<int> Related(int feature) => ((string[])["$0", "_mean", "_std"])
        .Select(statistic => Statistic().Replace(Set.Names[feature], statistic))
        .Select(name => Set.Names.ToList().IndexOf(name))
        .Where(index => index >= 0)
        .Distinct();

    [GeneratedRegex("_(std|q[0-9]+)")]
    private static partial Regex Statistic();
}
