using SerLab.Training.Neural.Layers;
using SerLab.Training.Neural.Networks;
using Xunit;

namespace SerLab.Training.Tests.Neural.Deep;

/// <summary>Dropout with masks that are given.</summary>
[Trait("Data", "real")]
public class GoldenDropoutTests
{
    [SkippableFact]
    public void A_given_mask_drops_values() => Check("dropout_given_mask_p03", GridShape.Vector(6), new DropoutLayer(0.3));

    [SkippableFact]
    public void A_given_mask_drops_channels() =>
        Check("spatial_dropout_given_mask_p025", GridShape.Series(5, 4), new DropoutLayer(0.25) { IsSpatial = true });

    private static void Check(string name, GridShape input, DropoutLayer layer)
    {
        GoldenCase golden = DeepReference.Cases("dense_activation").Single(c => c.Name == name);
        GoldenArray Last(string array) => golden[array].Shape.Length > 2 ? golden[array].ChannelsLast() : golden[array];
        int count = golden["input"].Shape[0];
        NetworkProbe<double> probe = new(new Network(input, layer), count);
        probe.Forward(Last("input").Values);
        DropoutPass<double> pass = (DropoutPass<double>)probe.Run.Pass(0);
        double[] output = new double[count * input.Size];
        for (int n = 0; n < count; n++)
        {
            for (int i = 0; i < input.Size; i++)
            {
                double[] mask = golden["mask"].Item(n).Values;
                pass.Mask(n)[i] = mask[i % mask.Length] / (1 - layer.Rate);
            }

            DropoutPass<double>.Apply(
                probe.Run.Input(n), pass.Mask(n), output.AsSpan(n * input.Size, input.Size));
        }

        GoldenComparison<double> comparison = new();
        comparison.Check("output", Last("output").Values, output);
        comparison.Check("gradient", Last("grad_input").Values, probe.Backward(Last("upstream").Values));
        comparison.AssertNone();
    }
}
