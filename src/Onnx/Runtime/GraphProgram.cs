namespace SerLab.Onnx.Runtime;

/// <summary>
/// The operators of a graph in order of computation, planned once: every tensor has its place, and what no later step uses is
/// released. Thread-safe once <see cref="Fold"/> is done.
/// </summary>
internal sealed class GraphProgram
{
    private readonly int[] inputs;
    private readonly int[] outputs;
    private readonly Tensor?[] constants;
    private GraphStep[] steps;
    private int[][] released;

    /// <summary>Takes the steps.</summary>
    /// <param name="inputs">Places of what the graph takes.</param>
    /// <param name="outputs">Places of what it gives.</param>
    /// <param name="outputElements">Element types of what it gives.</param>
    /// <param name="places">Number of places.</param>
    /// <param name="constants">Constants, by place.</param>
    /// <param name="steps">The operators.</param>
    /// <param name="operators">Their names.</param>
    public GraphProgram(
        int[] inputs,
        int[] outputs,
        IReadOnlyList<OnnxElement> outputElements,
        int places,
        IReadOnlyDictionary<int, Tensor> constants,
        IEnumerable<GraphStep> steps,
        IReadOnlyList<string> operators)
    {
        this.inputs = inputs;
        this.outputs = outputs;
        this.constants = new Tensor?[places];
        foreach ((int place, Tensor constant) in constants)
        {
            this.constants[place] = constant;
        }

        this.steps = [.. steps];
        released = LastUses();
        OutputElements = outputElements;
        Operators = operators;
    }

    /// <summary>Element types of what the graph gives.</summary>
    public IReadOnlyList<OnnxElement> OutputElements { get; }

    /// <summary>Names of all operators, in order of computation.</summary>
    public IReadOnlyList<string> Operators { get; }

    /// <summary>Computes once and for all what depends on constants alone, here and in the graphs inside.</summary>
    public void Fold(Workspace workspace)
    {
        List<GraphStep> left = [];
        foreach (GraphStep step in steps)
        {
            foreach (GraphProgram inner in step.Inner)
            {
                inner.Fold(workspace);
            }

            if (Array.TrueForAll(step.Inputs, place => place < 0 || constants[place] is not null))
            {
                step.Run(constants, [], workspace);
            }
            else
            {
                left.Add(step);
            }
        }

        steps = [.. left];
        released = LastUses();
    }

    /// <summary>Computes the outputs; each is held once for the caller.</summary>
    /// <exception cref="Core.InvalidInputException">Tensors do not fit the graph.</exception>
    public Tensor[] Run(ReadOnlySpan<Tensor> given, Workspace workspace)
    {
        Tensor?[] tensors = [.. constants];
        for (int i = 0; i < inputs.Length; i++)
        {
            tensors[inputs[i]] = given[i];
        }

        for (int i = 0; i < steps.Length; i++)
        {
            steps[i].Run(tensors, released[i], workspace);
        }

        foreach (int place in outputs.Where(place => !IsComputed(place)))
        {
            workspace.Hold(tensors[place]!);
        }

        return Array.ConvertAll(outputs, place => tensors[place]!);
    }

    private bool IsComputed(int place) => Array.Exists(steps, step => step.Outputs.Contains(place));

    // What each step is the last to use, so that a long computation holds no more than it still needs.
    private int[][] LastUses()
    {
        Dictionary<int, int> last = [];
        for (int i = 0; i < steps.Length; i++)
        {
            foreach (int place in steps[i].Inputs.Where(IsComputed))
            {
                last[place] = i;
            }
        }

        ILookup<int, int> uses = last.Where(use => !outputs.Contains(use.Key)).ToLookup(use => use.Value, use => use.Key);
        return [.. Enumerable.Range(0, steps.Length).Select(i => uses[i].ToArray())];
    }
}
