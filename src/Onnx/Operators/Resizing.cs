namespace SerLab.Onnx.Operators;

/// <summary>Tensors scaled along their axes: every axis by itself, from the nearest element or between two or four.</summary>
internal static class Resizing
{
    /// <summary>Which elements an element of the result is made of, and with what weights.</summary>
    private delegate (int[] Places, double[] Weights) Sampler(int size, double position);

    /// <summary>The operators of this kind.</summary>
    public static OperatorEntry[] Entries { get; } =
    [
        new("Upsample", 9, "F,float->F", ResizeByScales) { Until = 9 },
        new("Resize", 10, "F,float->F", ResizeByScales) { Until = 10 },
        new("Resize", 11, "F,F2?,float?,int64?->F", Resize),
    ];

    // At first the nearest element was the one below, and linear interpolation started from a corner.
    private static Operator ResizeByScales(OperatorNode node)
    {
        Sampler sampler = node.Choice("mode", "nearest", "linear") == "linear" ? Linear : Nearest("floor");
        return (inputs, workspace) => [Scale(inputs[0]!, Scales(inputs[1]!), null, "asymmetric", sampler, workspace)];
    }

    private static Operator Resize(OperatorNode node)
    {
        string transformation = node.Choice(
            "coordinate_transformation_mode", "half_pixel", "pytorch_half_pixel", "align_corners", "asymmetric");
        float sharpness = node.Float("cubic_coeff_a", -0.75f);
        bool isCutOff = node.Flag("exclude_outside");
        node.Ignore("extrapolation_value");
        string rounding = node.Choice("nearest_mode", "round_prefer_floor", "round_prefer_ceil", "floor", "ceil");
        Sampler sampler = node.Choice("mode", "nearest", "linear", "cubic") switch
        {
            "nearest" => Nearest(rounding),
            "linear" => Linear,
            _ => Cubic(sharpness),
        };
        if (isCutOff || node.Flag("antialias") || node.Has("axes")
            || node.Choice("keep_aspect_ratio_policy", "stretch") != "stretch")
        {
            throw node.Refuse("has exclude_outside, antialias or axes, which SerLab does not compute");
        }

        return (inputs, workspace) =>
        {
            double[]? scales = inputs.ElementAtOrDefault(2) is { Length: > 0 } given ? Scales(given) : null;
            int[]? sizes = inputs.ElementAtOrDefault(3) is { } wanted ? Axes.Ints(wanted) : null;
            return [Scale(inputs[0]!, scales, sizes, transformation, sampler, workspace)];
        };
    }

    private static double[] Scales(Tensor tensor) => [.. ((Tensor<float>)tensor).Values.ToArray().Select(scale => (double)scale)];

    private static Sampler Nearest(string rounding) => (size, position) =>
    {
        double nearest = rounding switch
        {
            "floor" => Math.Floor(position),
            "ceil" => Math.Ceiling(position),
            "round_prefer_ceil" => Math.Floor(position + 0.5),
            _ => Math.Ceiling(position - 0.5),
        };
        return ([(int)Math.Clamp(nearest, 0, size - 1)], [1]);
    };

    private static (int[] Places, double[] Weights) Linear(int size, double position)
    {
        double held = Math.Clamp(position, 0, size - 1);
        int below = (int)held;
        return ([below, Math.Min(below + 1, size - 1)], [1 - (held - below), held - below]);
    }

    // Keys (1981): cubic convolution, with its parameter a.
    private static Sampler Cubic(double a) => (size, position) =>
    {
        int below = (int)Math.Floor(position);
        double t = position - below;
        double Near(double x) => ((((a + 2) * x) - (a + 3)) * x * x) + 1;
        double Far(double x) => (((((x - 5) * x) + 8) * x) - 4) * a;
        return (
            [.. Enumerable.Range(below - 1, 4).Select(place => Math.Clamp(place, 0, size - 1))],
            [Far(1 + t), Near(t), Near(1 - t), Far(2 - t)]);
    };

    private static Tensor Scale(
        Tensor tensor, double[]? scales, int[]? sizes, string transformation, Sampler sampler, Workspace workspace)
    {
        if ((scales?.Length ?? sizes?.Length ?? -1) != tensor.Rank)
        {
            throw new ArgumentException("Every axis has a scale or a size.");
        }

        for (int axis = 0; axis < tensor.Rank; axis++)
        {
            int size = tensor.Shape[axis];
            int wanted = scales is null ? sizes![axis] : checked((int)Math.Floor(size * scales[axis]));
            double scale = scales?[axis] ?? (double)wanted / size;
            if (wanted != size || scale != 1)
            {
                tensor = Scale(tensor, axis, wanted, i => Position(transformation, i, scale, size, wanted), sampler, workspace);
            }
        }

        return tensor;
    }

    private static double Position(string transformation, int i, double scale, int size, int wanted) => transformation switch
    {
        "asymmetric" => i / scale,
        "align_corners" => wanted == 1 ? 0 : i * (size - 1.0) / (wanted - 1),
        "pytorch_half_pixel" when wanted == 1 => 0,
        _ => ((i + 0.5) / scale) - 0.5,
    };

    private static Tensor Scale(
        Tensor tensor, int axis, int wanted, Func<int, double> position, Sampler sampler, Workspace workspace)
    {
        int size = tensor.Shape[axis];
        workspace.Require([wanted]);
        (int[] Places, double[] Weights)[] samples = [.. Enumerable.Range(0, wanted).Select(i => sampler(size, position(i)))];
        Tensor? sum = null;
        for (int k = 0; k < (wanted == 0 ? 1 : samples[0].Places.Length); k++)
        {
            Tensor picked = Picking.Pick(
                tensor, Axes.Chosen(tensor.Shape, axis, samples.Select(sample => sample.Places[k])), workspace);
            if (wanted == 0 || samples[0].Places.Length == 1)
            {
                return picked;
            }

            int[] along = [.. tensor.Shape.Select((_, d) => d == axis ? wanted : 1)];
            Tensor weights = Elements.Convert(
                new Tensor<double>([.. samples.Select(sample => sample.Weights[k])], along), tensor.Element, workspace);
            Tensor weighted = Elementwise.Multiply([picked, weights], workspace)[0];
            sum = sum is null ? weighted : Elementwise.Add([sum, weighted], workspace)[0];
        }

        return sum!;
    }
}
