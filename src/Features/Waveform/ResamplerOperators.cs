using System.Globalization;
using SerLab.Core;
using SerLab.Features.Audio;
using SerLab.Onnx;

namespace SerLab.Features.Waveform;

/// <summary>
/// The <see cref="Resampler"/> as operators: outputs that have the same coefficients are one channel of a convolution, whose
/// stride is the inputs from one such output to the next.
/// </summary>
/// <remarks>
/// Weights come from the formula of <see cref="LowPassKernel"/>, which runtimes evaluate as they load the file: it grows by five
/// kilobytes, whatever the rates.
/// </remarks>
internal static class ResamplerOperators
{
    // 16 MB of memory; 44,100 to 44,101 would need 8 GB.
    private const long MostWeights = 1 << 22;

    // The power series of the Bessel function I0: what follows is below 1e-16 of the sum.
    private const int BesselTerms = 24;

    /// <summary>Adds the operators.</summary>
    /// <param name="graph">The graph under construction.</param>
    /// <param name="samples">Float32, [batch, n] at the input rate.</param>
    /// <param name="resampler">The two rates.</param>
    /// <returns>Float32, [batch, ceil(n x output rate / input rate)].</returns>
    /// <exception cref="InvalidInputException">The ratio of the rates takes too many coefficients.</exception>
    public static OnnxValue Resample(OnnxGraph graph, OnnxValue samples, Resampler resampler)
    {
        if (resampler.InputRate == resampler.OutputRate)
        {
            return samples;
        }

        // Few inputs between outputs of a kind would make few channels and many windows that overlap nearly whole: more outputs
        // count as kinds of their own until a window is about as long again as its filter.
        int kinds = Math.Max(1, resampler.HalfTaps / resampler.InputStep);
        (int inputs, int outputs) = (kinds * resampler.InputStep, kinds * resampler.OutputStep);
        int length = (2 * resampler.HalfTaps) + (int)((outputs - 1L) * resampler.InputStep / resampler.OutputStep);
        if ((long)outputs * length > MostWeights)
        {
            throw new InvalidInputException(string.Create(
                CultureInfo.InvariantCulture,
                $"A model file cannot resample sound of {resampler.InputRate} samples per second to {resampler.OutputRate}: the "
                    + $"rates have too little in common. Resample the sounds to 44100 or 48000 first, or export a model that "
                    + $"takes features."));
        }

        OnnxValue count = graph.Size(samples, 1);
        OnnxValue one = graph.Integers([1L], 1);
        OnnxValue step = graph.Integers([inputs], 1);
        OnnxValue blocks = graph.Apply("Max", [CeilingOfRatio(graph, count, inputs), one]);
        int before = resampler.HalfTaps - 1;
        OnnxValue span = graph.Add(
            graph.Multiply(graph.Subtract(blocks, one), step), graph.Integers([length - before], 1));
        OnnxValue padded = graph.PadRows(samples, graph.Integers([before], 1), graph.Subtract(span, count));
        OnnxValue convolved = graph.Apply(
            "Conv",
            [graph.Apply("Unsqueeze", [padded, one]), Weights(graph, resampler, outputs, length)],
            OnnxAttribute.Of("strides", [(long)inputs]));
        OnnxValue shape = graph.Concat(
            0, graph.Size(samples, 0), graph.Multiply(blocks, graph.Integers([outputs], 1)));
        OnnxValue rows = graph.Apply("Reshape", [graph.Transpose(convolved, 0, 2, 1), shape]);
        OnnxValue ended = CeilingOfRatio(
            graph, graph.Multiply(count, graph.Integers([resampler.OutputStep], 1)), resampler.InputStep);
        return graph.Slice(rows, 1, graph.Integers([0L], 1), ended);
    }

    private static OnnxValue CeilingOfRatio(OnnxGraph graph, OnnxValue count, int divisor) => graph.Divide(
        graph.Add(count, graph.Integers([divisor - 1L], 1)), graph.Integers([divisor], 1));

    // [outputs, 1, length]: of the distance between each output and each input, in parts of a sample so small that it is whole.
    private static OnnxValue Weights(OnnxGraph graph, Resampler resampler, int outputs, int length)
    {
        (int inputStep, int outputStep) = (resampler.InputStep, resampler.OutputStep);
        double parts = resampler.Stretch * outputStep;
        int within = (int)Math.Ceiling(LowPassKernel.HalfWidth * parts);
        OnnxValue response = graph.Concat(0, Response(graph, parts, within), graph.Doubles([0], 1));

        int centre = (resampler.HalfTaps - 1) * outputStep;
        OnnxValue inputs = Count(graph, -centre, outputStep, length);
        OnnxValue times = graph.Reshape(Count(graph, 0, inputStep, outputs), outputs, 1);
        OnnxValue distances = graph.Apply("Abs", [graph.Subtract(inputs, times)]);
        OnnxValue rows = graph.Gather(response, graph.Apply("Min", [distances, graph.Integers([within])]), 0);
        OnnxValue even = graph.Divide(rows, graph.Sum(rows, 1));
        return graph.Cast(graph.Reshape(even, outputs, 1, length), OnnxElement.Float);
    }

    // The kernel at the times 0, 1 / parts, 2 / parts ... until it ends; float64.
    private static OnnxValue Response(OnnxGraph graph, double parts, int count)
    {
        OnnxValue time = graph.Divide(
            graph.Cast(Count(graph, 0, 1, count), OnnxElement.Double), graph.Doubles([parts]));
        OnnxValue relative = graph.Divide(time, graph.Doubles([LowPassKernel.HalfWidth]));
        OnnxValue inside = graph.Reshape(
            graph.Subtract(graph.Doubles([1]), graph.Multiply(relative, relative)), count, 1);
        double term = LowPassKernel.CutOff / LowPassKernel.WindowPeak;
        double[] terms = new double[BesselTerms];
        for (int k = 0; k < BesselTerms; k++)
        {
            terms[k] = term;
            term *= LowPassKernel.Beta * LowPassKernel.Beta / 4 / ((k + 1.0) * (k + 1));
        }

        OnnxValue powers = graph.Apply(
            "Pow", [inside, graph.Doubles([.. Enumerable.Range(0, BesselTerms).Select(k => (double)k)], BesselTerms)]);
        OnnxValue window = graph.Reshape(graph.MatrixProduct(powers, graph.Doubles(terms, BesselTerms, 1)), count);

        // Next to nothing instead of 0, where the sine divided by the angle is 1.
        OnnxValue angle = graph.Apply(
            "Max", [graph.Multiply(time, graph.Doubles([Math.PI * LowPassKernel.CutOff])), graph.Doubles([1e-30])]);
        return graph.Multiply(window, graph.Divide(graph.Apply("Sin", [angle]), angle));
    }

    // start, start + step ... as integers.
    private static OnnxValue Count(OnnxGraph graph, long start, long step, long count) => graph.Apply(
        "Range", [graph.Integers([start]), graph.Integers([start + (step * count)]), graph.Integers([step])]);
}
