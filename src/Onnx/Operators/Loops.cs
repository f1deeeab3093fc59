using SerLab.Onnx.Protocol;

namespace SerLab.Onnx.Operators;

/// <summary>Repeats a graph.</summary>
internal static class Loops
{
    // No loop of SerLab's needs more; a damaged file must not compute for ever.
    private const long MaxRounds = 10_000;

    /// <summary>
    /// ONNX's Loop on state tensors, without outputs per round. Inputs are the number of rounds, whether to begin, the state, and
    /// then the tensors of the outer graph that the body uses.
    /// </summary>
    public static Operator Loop(OperatorNode node)
    {
        GraphProto graph = node.Graph("body") ?? throw node.Unsupported("body", "nothing");
        ISubgraph body = node.Prepare(graph);
        string[] inputs = [.. graph.Input.Select(input => input.Name)];
        string[] outputs = [.. graph.Output.Select(output => output.Name)];
        IReadOnlyList<string> outer = node.ImplicitInputs;
        int states = inputs.Length - 2;
        if (states < 0 || outputs.Length != states + 1)
        {
            throw node.Unsupported("body", $"a graph of {inputs.Length} inputs and {outputs.Length} outputs");
        }

        return given =>
        {
            long rounds = given[0] is Tensor<long> limit ? limit.Values[0] : long.MaxValue;
            bool goOn = given[1] is not Tensor<bool> begin || begin.Values[0];
            Tensor[] state = [.. given.Skip(2).Take(states).Select(tensor => tensor!)];
            for (long round = 0; round < rounds && goOn; round++)
            {
                if (round == MaxRounds)
                {
                    throw node.Unsupported("body", $"more than {MaxRounds} rounds");
                }

                Dictionary<string, Tensor> scope = [];
                for (int i = 0; i < outer.Count; i++)
                {
                    scope[outer[i]] = given[2 + states + i]!;
                }

                scope[inputs[0]] = new Tensor<long>([round]);
                scope[inputs[1]] = new Tensor<bool>([goOn]);
                for (int i = 0; i < states; i++)
                {
                    scope[inputs[2 + i]] = state[i];
                }

                body.Run(scope);
                goOn = ((Tensor<bool>)scope[outputs[0]]).Values[0];
                state = [.. outputs.Skip(1).Select(name => scope[name])];
            }

            return state;
        };
    }
}
