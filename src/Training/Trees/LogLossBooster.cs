using SerLab.Core;
using SerLab.Training.Learners;

namespace SerLab.Training.Trees;

/// <summary>The state of boosting by log loss: the scores of every training row, improved round by round.</summary>
internal sealed class LogLossBooster
{
    private readonly int[] labels;
    private readonly double[]? weights;
    private readonly int functions;
    private readonly double learningRate;
    private readonly ResidualTrees grower;
    private readonly double[] scores;
    private readonly double[] probabilities;
    private readonly double[] residuals;

    /// <summary>Starts from one baseline score per function: one function for two classes, else one per class.</summary>
    /// <param name="rows">The training rows.</param>
    /// <param name="labels">Their classes.</param>
    /// <param name="weights">What each of them counts; none: 1.</param>
    /// <param name="baselines">The scores to start from.</param>
    /// <param name="options">Options of boosting.</param>
    /// <param name="seed">Seed of the fit.</param>
    public LogLossBooster(
        FeatureMatrix rows, int[] labels, double[]? weights, double[] baselines, GradientBoostingOptions options, int seed)
    {
        this.labels = labels;
        this.weights = weights;
        functions = baselines.Length;
        learningRate = options.LearningRate;
        grower = new ResidualTrees(rows, options, seed, weights);
        scores = [.. Enumerable.Repeat(baselines, rows.Rows).SelectMany(row => row)];
        probabilities = new double[scores.Length];
        residuals = new double[rows.Rows];
    }

    /// <summary>Grows one tree per function, all on the probabilities before the round.</summary>
    public TreeNodes[] GrowRound(int round)
    {
        UpdateProbabilities();
        TreeNodes[] trees = new TreeNodes[functions];
        for (int k = 0; k < functions; k++)
        {
            int positive = functions == 1 ? 1 : k;
            for (int i = 0; i < residuals.Length; i++)
            {
                residuals[i] = (labels[i] == positive ? 1 : 0) - probabilities[(i * functions) + k];
            }

            trees[k] = TakeNewtonStep(grower.Grow(residuals, (round * functions) + k));
            for (int i = 0; i < residuals.Length; i++)
            {
                scores[(i * functions) + k] += learningRate * trees[k].LeafValues(grower.Leaves[i])[0];
            }
        }

        return trees;
    }

    private void UpdateProbabilities()
    {
        scores.CopyTo(probabilities, 0);
        for (int i = 0; i < probabilities.Length; i += functions)
        {
            if (functions == 1)
            {
                probabilities[i] = 1 / (1 + Math.Exp(-probabilities[i]));
            }
            else
            {
                ClassProbabilities.SoftMax(probabilities.AsSpan(i, functions));
            }
        }
    }

    /// <summary>
    /// Replaces the mean residual of each leaf by Σ r / Σ |r|(1 − |r|), times (K − 1) / K for K functions, both sums weighted;
    /// |r|(1 − |r|) is p(1 − p).
    /// </summary>
    private TreeNodes TakeNewtonStep(TreeNodes tree)
    {
        double[] steps = new double[tree.Count];
        double[] curvatures = new double[tree.Count];
        ReadOnlySpan<int> leaves = grower.Leaves;
        for (int i = 0; i < residuals.Length; i++)
        {
            double magnitude = Math.Abs(residuals[i]);
            double weight = weights?[i] ?? 1;
            steps[leaves[i]] += weight * residuals[i];
            curvatures[leaves[i]] += weight * magnitude * (1 - magnitude);
        }

        double share = functions == 1 ? 1 : (functions - 1.0) / functions;
        for (int leaf = 0; leaf < steps.Length; leaf++)
        {
            // Where every row is already certain there is nothing left to step to.
            steps[leaf] = curvatures[leaf] < 1e-150 ? 0 : share * steps[leaf] / curvatures[leaf];
        }

        return tree.WithValues(steps);
    }
}
