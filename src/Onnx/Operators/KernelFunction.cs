using System.Numerics.Tensors;

namespace SerLab.Onnx.Operators;

/// <summary>The kernel of a support vector machine in an ONNX file, in float32.</summary>
internal static class KernelFunction
{
    /// <summary>A kernel of two vectors.</summary>
    public delegate float Kernel(ReadOnlySpan<float> first, ReadOnlySpan<float> second);

    /// <summary>Prepares the kernel that a node names; its parameters are gamma, coef0 and degree.</summary>
    public static Kernel Of(OperatorNode node)
    {
        string type = node.Text("kernel_type", "LINEAR");
        float[] parameters = node.Floats("kernel_params");
        (float gamma, float coefficient, float degree) = parameters is [float g, float c, float d, ..] ? (g, c, d) : (0, 0, 0);
        return type switch
        {
            "LINEAR" => TensorPrimitives.Dot,
            "POLY" => (a, b) => MathF.Pow((gamma * TensorPrimitives.Dot(a, b)) + coefficient, degree),
            "RBF" => (a, b) =>
            {
                float distance = TensorPrimitives.Distance(a, b);
                return MathF.Exp(-gamma * distance * distance);
            }
            ,
            "SIGMOID" => (a, b) => MathF.Tanh((gamma * TensorPrimitives.Dot(a, b)) + coefficient),
            _ => throw node.Unsupported("kernel_type", type),
        };
    }
}
