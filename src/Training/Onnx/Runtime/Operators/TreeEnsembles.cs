namespace SerLab.Training.Onnx.Runtime.Operators;

/// <summary>Forests and boosted trees (domain ai.onnx.ml): sums of the leaves that a row falls into.</summary>
internal static class TreeEnsembles
{
    public static Operator Regressor(OperatorNode node)
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
        return inputs =>
        {
            float[] scores = forest.Sum(inputs[0], scale, start);
            return [new Tensor<float>(scores, scores.Length / targets, targets)];
        };
    }

    /// <summary>Labels and scores; the label is that of the largest score, the first of equals.</summary>
    public static Operator Classifier(OperatorNode node)
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
        Operator softmax = transform == "SOFTMAX" ? Reductions.Softmax(node) : inputs => [inputs[0]!];
        return inputs =>
        {
            float[] sums = forest.Sum(inputs[0], 1, start);
            Tensor<float> scores = (Tensor<float>)softmax([new Tensor<float>(sums, sums.Length / classes, classes)])[0];
            int[] best = new int[scores.Shape[0]];
            for (int i = 0; i < best.Length; i++)
            {
                best[i] = System.Numerics.Tensors.TensorPrimitives.IndexOfMax(scores.Values.Slice(i * classes, classes));
            }

            Tensor labels = names.Length > 0
                ? new Tensor<string>(Array.ConvertAll(best, b => names[b]), best.Length)
                : new Tensor<long>(Array.ConvertAll(best, b => (long)numbers[b]), best.Length);
            return [labels, scores];
        };
    }

    private static float[] Start(OperatorNode node, int outputs)
    {
        float[] start = node.Floats("base_values");
        return start.Length switch
        {
            0 => new float[outputs],
            _ when start.Length == outputs => start,
            _ => throw node.Unsupported("base_values", $"{start.Length} values"),
        };
    }

    /// <summary>All trees in flat arrays; a node is a leaf where its feature is −1.</summary>
    private sealed class Forest
    {
        private readonly int[] features;
        private readonly float[] thresholds;
        private readonly int[] yes;
        private readonly int[] no;
        private readonly int[] roots;
        private readonly (int Output, float Weight)[][] leaves;
        private readonly int outputs;
        private readonly int width;

        private Forest(
            int[] features, float[] thresholds, int[] yes, int[] no, int[] roots, (int, float)[][] leaves, int outputs)
        {
            this.features = features;
            this.thresholds = thresholds;
            this.yes = yes;
            this.no = no;
            this.roots = roots;
            this.leaves = leaves;
            this.outputs = outputs;
            width = features.Max() + 1;
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

            Dictionary<(int, int), int> positions = [];
            for (int i = 0; i < trees.Length; i++)
            {
                positions.Add((trees[i], ids[i]), i);
            }

            bool[] isLeaf = Array.ConvertAll(modes, mode => mode == "LEAF");
            int[] Children(string name)
            {
                int[] children = node.Ints(name);
                return [.. trees.Select((tree, i) => isLeaf[i] ? -1 : positions[(tree, children[i])])];
            }

            int[] allFeatures = node.Ints("nodes_featureids");
            int[] yes = Children("nodes_truenodeids");
            int[] no = Children("nodes_falsenodeids");
            int[] roots = [.. trees.Select((tree, i) => (tree, i)).GroupBy(t => t.tree).Select(g => g.First().i)];
            CheckAcyclic(node, roots, yes, no);
            return new Forest(
                [.. allFeatures.Select((feature, i) => isLeaf[i] ? -1 : feature)],
                node.Floats("nodes_values"),
                yes,
                no,
                roots,
                Leaves(node, kind, outputs, positions, trees.Length),
                outputs);
        }

        public float[] Sum(Tensor? input, float scale, float[] start)
        {
            Tensor<float> rows = Rows.CheckAtLeast(input, width);
            int columns = rows.Shape[1];
            float[] sums = new float[rows.Shape[0] * outputs];

            // Tree by tree, so that a tree stays in cache while all rows walk through it.
            foreach (int root in roots)
            {
                for (int i = 0; i < rows.Shape[0]; i++)
                {
                    int leaf = FindLeaf(root, rows.Values.Slice(i * columns, columns));
                    foreach ((int output, float weight) in leaves[leaf])
                    {
                        sums[(i * outputs) + output] += weight;
                    }
                }
            }

            for (int i = 0; i < sums.Length; i++)
            {
                sums[i] = (sums[i] * scale) + start[i % outputs];
            }

            return sums;
        }

        private int FindLeaf(int node, ReadOnlySpan<float> row)
        {
            while (features[node] >= 0)
            {
                node = row[features[node]] <= thresholds[node] ? yes[node] : no[node];
            }

            return node;
        }

        private static (int, float)[][] Leaves(
            OperatorNode node, string kind, int outputs, Dictionary<(int, int), int> positions, int count)
        {
            int[] trees = node.Ints($"{kind}_treeids");
            int[] ids = node.Ints($"{kind}_nodeids");
            int[] into = node.Ints($"{kind}_ids");
            float[] weights = node.Floats($"{kind}_weights");
            List<(int, float)>[] leaves = [.. Enumerable.Range(0, count).Select(_ => new List<(int, float)>())];
            for (int i = 0; i < weights.Length; i++)
            {
                if (into[i] < 0 || into[i] >= outputs)
                {
                    throw node.Unsupported($"{kind}_ids", $"{into[i]}");
                }

                leaves[positions[(trees[i], ids[i])]].Add((into[i], weights[i]));
            }

            return [.. leaves.Select(leaf => leaf.ToArray())];
        }

        // A damaged or hostile file must not send a row round in circles. Where no node has two parents and no root has one, every
        // path from a root ends.
        private static void CheckAcyclic(OperatorNode node, int[] roots, int[] yes, int[] no)
        {
            HashSet<int> children = [.. roots];
            foreach (int child in yes.Concat(no))
            {
                if (child >= 0 && !children.Add(child))
                {
                    throw node.Unsupported("nodes_truenodeids", "a node with two parents");
                }
            }
        }
    }
}
