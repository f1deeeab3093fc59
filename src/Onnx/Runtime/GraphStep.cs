using SerLab.Core;
using SerLab.Onnx.Operators;

namespace SerLab.Onnx.Runtime;

/// <summary>One operator of a program, and where its tensors lie.</summary>
/// <param name="Name">The operator's name.</param>
/// <param name="Compute">What computes it.</param>
/// <param name="Inputs">Places of the inputs; −1 for one that is not given.</param>
/// <param name="Outputs">Places of the outputs; −1 for one that nobody uses.</param>
/// <param name="Inner">Graphs inside the operator.</param>
internal sealed record GraphStep(
    string Name, Operator Compute, int[] Inputs, int[] Outputs, IReadOnlyList<GraphProgram> Inner)
{
    // Each with each: a file must not make a long work of that.
    private const int MostCompared = 8;

    /// <summary>Computes the outputs into their places, and releases what is used here for the last time.</summary>
    /// <param name="tensors">The tensors of the graph, by place.</param>
    /// <param name="released">Places of inputs that no later step uses.</param>
    /// <param name="workspace">The memory of the run.</param>
    /// <exception cref="InvalidInputException">The operator cannot take what it is given.</exception>
    public void Run(Tensor?[] tensors, int[] released, Workspace workspace)
    {
        Tensor?[] arguments = Array.ConvertAll(Inputs, place => place < 0 ? null : tensors[place]);

        // Released beforehand, an input may be computed over, if it is no other input too. Graphs inside settle the workspace.
        bool isEarly = Inner.Count == 0 && released.Length > 0 && arguments.Length <= MostCompared && AreApart(arguments);
        if (isEarly)
        {
            Release(tensors, released, workspace);
        }

        Tensor[] results = Apply(arguments, workspace);
        if (results.Length < Outputs.Length)
        {
            throw new InvalidInputException(
                $"The model's operator {Name} gives {results.Length} tensors, and the graph names {Outputs.Length}.");
        }

        for (int i = 0; i < Outputs.Length; i++)
        {
            if (Outputs[i] >= 0)
            {
                tensors[Outputs[i]] = results[i];
                workspace.Hold(results[i]);
            }
        }

        if (!isEarly)
        {
            Release(tensors, released, workspace);
        }

        workspace.Settle();
    }

    private static bool AreApart(Tensor?[] arguments)
    {
        for (int i = 1; i < arguments.Length; i++)
        {
            for (int j = 0; j < i; j++)
            {
                if (arguments[i] is { } first && arguments[j] is { } second && first.Buffer == second.Buffer)
                {
                    return false;
                }
            }
        }

        return true;
    }

    private static void Release(Tensor?[] tensors, int[] released, Workspace workspace)
    {
        foreach (int place in released)
        {
            workspace.Release(tensors[place]!);
            tensors[place] = null;
        }
    }

    private Tensor[] Apply(Tensor?[] arguments, Workspace workspace)
    {
        try
        {
            return Compute(arguments, workspace);
        }
        catch (Exception error) when (error is ArgumentException or InvalidCastException or IndexOutOfRangeException
            or NullReferenceException or OverflowException or DivideByZeroException or KeyNotFoundException
            or InvalidOperationException or OutOfMemoryException)
        {
            string shapes = string.Join(", ", arguments.Select(a => a is null ? "none" : $"[{string.Join(", ", a.Shape)}]"));
            throw new InvalidInputException($"The model's operator {Name} cannot take tensors of shape {shapes}.", error);
        }
    }
}
