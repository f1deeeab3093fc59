namespace SerLab.Onnx.Operators;

/// <summary>Repeats a graph.</summary>
internal static class Loops
{
    /// <summary>The operator of this kind.</summary>
    public static OperatorEntry[] Entries { get; } = [new("Loop", 1, "int64?,bool?,X*->=*", Loop)];

    /// <summary>
    /// ONNX's Loop. Inputs are the number of rounds, whether to begin, and the state; the outputs are the last state, then what
    /// the rounds gave beside it, one after the other.
    /// </summary>
    private static Operator Loop(OperatorNode node)
    {
        int states = Math.Max(0, node.Inputs.Count - 2);
        OnnxElement[] elements = [.. node.Inputs.Skip(2).Select(element => element ?? throw node.Refuse("lacks a state"))];
        ISubgraph body = node.Subgraph("body", [OnnxElement.Int64, OnnxElement.Bool, .. elements]);
        if (body.Outputs.Count < states + 1 || body.Outputs[0] != OnnxElement.Bool
            || !body.Outputs.Skip(1).Take(states).SequenceEqual(elements))
        {
            throw node.Refuse("has a body that gives no next state");
        }

        node.Gives = [.. body.Outputs.Skip(1)];
        return (inputs, workspace) =>
        {
            long rounds = inputs[0] is Tensor<long> limit ? limit.Values[0] : long.MaxValue;
            bool goesOn = inputs[1] is not Tensor<bool> begin || begin.Values[0];
            Tensor[] state = [.. inputs.Skip(2).Take(states).Select(tensor => tensor!)];
            List<Tensor>[] beside = [.. Enumerable.Range(0, body.Outputs.Count - 1 - states).Select(_ => new List<Tensor>())];
            Array.ForEach(state, workspace.Hold);
            for (long round = 0; round < rounds && goesOn; round++)
            {
                workspace.Round();
                Tensor[] results =
                    body.Run([new Tensor<long>([round]), new Tensor<bool>([goesOn]), .. state], inputs, workspace);
                goesOn = ((Tensor<bool>)results[0]).Values[0];
                workspace.Release(results[0]);
                Array.ForEach(state, workspace.Release);
                state = results[1..(states + 1)];
                for (int i = 0; i < beside.Length; i++)
                {
                    beside[i].Add(results[states + 1 + i]);
                }
            }

            Tensor[] gathered = [.. beside.Select(parts => Stack(parts, workspace))];
            Array.ForEach(state, workspace.Release);
            foreach (Tensor part in beside.SelectMany(parts => parts))
            {
                workspace.Release(part);
            }

            return [.. state, .. gathered];
        };
    }

    private static Tensor Stack(List<Tensor> parts, Workspace workspace) => parts.Count == 0
        ? throw new ArgumentException("A loop of no rounds gives nothing beside its state.")
        : Concatenation.Join([.. parts.Select(part => part.Reshape([1, .. part.Shape]))], 0, workspace);
}
