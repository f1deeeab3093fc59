namespace SerLab.Onnx.Operators;

/// <summary>One of two graphs.</summary>
internal static class Conditions
{
    /// <summary>The operator of this kind.</summary>
    public static OperatorEntry[] Entries { get; } = [new("If", 1, "bool->=*", If)];

    private static Operator If(OperatorNode node)
    {
        ISubgraph yes = node.Subgraph("then_branch");
        ISubgraph no = node.Subgraph("else_branch");
        if (!yes.Outputs.SequenceEqual(no.Outputs))
        {
            throw node.Refuse("has branches that give different types");
        }

        node.Gives = yes.Outputs;
        return (inputs, workspace) =>
        {
            Tensor[] results = (((Tensor<bool>)inputs[0]!).Values[0] ? yes : no).Run([], inputs, workspace);
            Array.ForEach(results, workspace.Release);
            return results;
        };
    }
}
