using System.Numerics.Tensors;

namespace SerLab.Onnx.Operators;

/// <summary>Forests and boosted trees (domain ai.onnx.ml): sums of the leaves that a row falls into.</summary>
internal static class TreeEnsembles
{
    /// <summary>The operators of this kind.</summary>
    public static OperatorEntry[] Entries { get; } =
    [
        new("ai.onnx.ml.TreeEnsembleRegressor", 1, "float->float", Regressor) { Until = 4 },
        new("ai.onnx.ml.TreeEnsembleClassifier", 1, "float->=,float", Classifier) { Until = 4 },
    ];

    private static Operator Regressor(OperatorNode node)
    {
        int targets = node.Int("n_targets", 1);
        float[] start = Start(node, targets);
        string aggregate = node.Text("aggregate_function", "SUM");
        if (aggregate is not ("SUM" or "AVERAGE") || node.Text("post_transform", "NONE") != "NONE")
        {
            throw node.Unsupported("aggregate_function", aggregate);
        }

        Forest forest = Forest.Read(node, "target", targets);
        float scale = aggregate == "AVERAGE" ? 1f / forest.Trees : 1;
        return (inputs, workspace) => [forest.Sum(inputs[0], scale, start, workspace)];
    }

    /// <summary>Labels and scores; the label is that of the largest score, the first of equals.</summary>
    private static Operator Classifier(OperatorNode node)
    {
        string[] names = node.Texts("classlabels_strings");
        int[] numbers = node.Ints("classlabels_int64s");
        int classes = Math.Max(names.Length, numbers.Length);
        string transform = node.Text("post_transform", "NONE");
        if (classes < 2 || transform is not ("NONE" or "SOFTMAX"))
        {
            throw node.Unsupported("post_transform", transform);
        }

        float[] start = Start(node, classes);
        Forest forest = Forest.Read(node, "class", classes);
        node.Gives = [names.Length > 0 ? OnnxElement.String : OnnxElement.Int64];
        return (inputs, workspace) =>
        {
            Tensor<float> scores = forest.Sum(inputs[0], 1, start, workspace);
            scores = transform == "SOFTMAX" ? Softmaxes.OfRows(scores, workspace) : scores;
            int[] best = new int[scores.Shape[0]];
            for (int i = 0; i < best.Length; i++)
            {
                best[i] = TensorPrimitives.IndexOfMax(scores.Values.Slice(i * classes, classes));
            }

            Tensor labels = names.Length > 0
                ? new Tensor<string>(Array.ConvertAll(best, b => names[b]), best.Length)
                : new Tensor<long>(Array.ConvertAll(best, b => (long)numbers[b]), best.Length);
            return [labels, scores];
        };
    }

    // What sums start from; empty where that is 0, however many there are.
    private static float[] Start(OperatorNode node, int outputs)
    {
        float[] start = node.Floats("base_values");
        return start.Length == 0 || start.Length == outputs
            ? start
            : throw node.Unsupported("base_values", $"{start.Length} values");
    }

    /// <summary>
    /// A node of a tree. An inner node sends a row to <paramref name="Yes"/> where its feature is at most the threshold, else to
    /// <paramref name="No"/>; a leaf has feature −1 and adds its entries from Yes up to No. One struct, so that a step reads one
    /// stretch of memory.
    /// </summary>
    private readonly record struct Node(int Feature, float Threshold, int Yes, int No);

    /// <summary>All trees, node after node.</summary>
    private sealed class Forest
    {
        private readonly Node[] nodes;
        private readonly int[] roots;
        private readonly (int Output, float Weight)[] entries;
        private readonly int outputs;
        private readonly int width;

        private Forest(Node[] nodes, int[] roots, (int, float)[] entries, int outputs)
        {
            this.nodes = nodes;
            this.roots = roots;
            this.entries = entries;
            this.outputs = outputs;
            width = nodes.Max(node => node.Feature) + 1;
        }

        public int Trees => roots.Length;

        public static Forest Read(OperatorNode node, string kind, int outputs)
        {
            int[] trees = node.Ints("nodes_treeids");
            int[] ids = node.Ints("nodes_nodeids");
            string[] modes = node.Texts("nodes_modes");
            if (trees.Length == 0 || modes.Any(mode => mode is not ("BRANCH_LEQ" or "LEAF")))
            {
                throw node.Unsupported("nodes_modes", modes.FirstOrDefault(mode => mode is not ("BRANCH_LEQ" or "LEAF")) ?? "");
            }

            node.Ignore("nodes_hitrates", "nodes_missing_value_tracks_true");
            Dictionary<(int, int), int> positions = [];
            for (int i = 0; i < trees.Length; i++)
            {
                positions.Add((trees[i], ids[i]), i);
            }

            ILookup<int, (int, float)> leaves = Leaves(node, kind, outputs, positions);
            List<(int, float)> entries = [];
            int[] features = node.Ints("nodes_featureids");
            float[] thresholds = node.Floats("nodes_values");
            int[] yes = node.Ints("nodes_truenodeids");
            int[] no = node.Ints("nodes_falsenodeids");
            Node[] nodes = new Node[trees.Length];
            for (int i = 0; i < nodes.Length; i++)
            {
                if (modes[i] == "LEAF")
                {
                    int start = entries.Count;
                    entries.AddRange(leaves[i]);
                    nodes[i] = new Node(-1, 0, start, entries.Count);
                    continue;
                }

                if (features[i] < 0)
                {
                    throw node.Unsupported("nodes_featureids", $"{features[i]}");
                }

                nodes[i] = new Node(features[i], thresholds[i], positions[(trees[i], yes[i])], positions[(trees[i], no[i])]);
            }

            int[] roots = [.. trees.Select((tree, i) => (tree, i)).GroupBy(t => t.tree).Select(g => g.First().i)];
            CheckAcyclic(node, roots, nodes);
            return new Forest(nodes, roots, [.. entries], outputs);
        }

        public Tensor<float> Sum(Tensor? input, float scale, float[] start, Workspace workspace)
        {
            Tensor<float> rows = Rows.CheckAtLeast(input, width);
            int columns = rows.Shape[1];
            int[] shape = [rows.Shape[0], outputs];
            workspace.CountMultiplyAdds(rows.Shape[0], nodes.Length);
            float[] sums = workspace.Zeros<float>(Tensor.Count(shape));

            // Tree by tree, so that a tree stays in cache while all rows walk through it.
            foreach (int root in roots)
            {
                for (int i = 0; i < rows.Shape[0]; i++)
                {
                    Node leaf = FindLeaf(root, rows.Values.Slice(i * columns, columns));
                    for (int e = leaf.Yes; e < leaf.No; e++)
                    {
                        sums[(i * outputs) + entries[e].Output] += entries[e].Weight;
                    }
                }
            }

            Tensor<float> result = new(shape, sums);
            Span<float> values = sums.AsSpan(0, result.Length);
            TensorPrimitives.Multiply(values, scale, values);
            for (int i = 0; i < values.Length && start.Length > 0; i++)
            {
                values[i] += start[i % outputs];
            }

            return result;
        }

        private Node FindLeaf(int root, ReadOnlySpan<float> row)
        {
            Node node = nodes[root];
            while (node.Feature >= 0)
            {
                node = nodes[row[node.Feature] <= node.Threshold ? node.Yes : node.No];
            }

            return node;
        }

        private static ILookup<int, (int, float)> Leaves(
            OperatorNode node, string kind, int outputs, Dictionary<(int, int), int> positions)
        {
            int[] trees = node.Ints($"{kind}_treeids");
            int[] ids = node.Ints($"{kind}_nodeids");
            int[] into = node.Ints($"{kind}_ids");
            float[] weights = node.Floats($"{kind}_weights");
            if (Array.Find(into, output => output < 0 || output >= outputs) is int bad and not 0)
            {
                throw node.Unsupported($"{kind}_ids", $"{bad}");
            }

            return weights.Select((weight, i) => (Leaf: positions[(trees[i], ids[i])], Entry: (into[i], weight)))
                .ToLookup(entry => entry.Leaf, entry => entry.Entry);
        }

        // A damaged or hostile file must not send a row round in circles. Where no node has two parents and no root has one,
        // every path from a root ends.
        private static void CheckAcyclic(OperatorNode node, int[] roots, Node[] nodes)
        {
            HashSet<int> children = [.. roots];
            foreach (Node parent in nodes.Where(n => n.Feature >= 0))
            {
                if (!children.Add(parent.Yes) || !children.Add(parent.No))
                {
                    throw node.Unsupported("nodes_truenodeids", "a node with two parents");
                }
            }
        }
    }
}
