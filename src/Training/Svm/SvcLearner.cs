using SerLab.Core;
using SerLab.Training.Learners;
using SerLab.Training.Svm.Kernels;
using SerLab.Training.Svm.Solver;

namespace SerLab.Training.Svm;

/// <summary>
/// C-support vector classification (Cortes and Vapnik 1995), one class against another for every two classes. Finds the optimum
/// of the same duals as LIBSVM. The seed orders the rows of the inner cross-validation of calibrated probabilities and has no
/// other effect.
/// </summary>
public sealed class SvcLearner : IRowLearner
{
    /// <summary>Creates the learner.</summary>
    /// <param name="options">Options; default ones if none are given.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option lies outside its range.</exception>
    public SvcLearner(SvcOptions? options = null) =>
        Options = OptionsValidation.Check(options ?? new SvcOptions());

    /// <inheritdoc/>
    public string Name => "svc";

    /// <summary>The options.</summary>
    public SvcOptions Options { get; }

    /// <inheritdoc/>
    /// <remarks>Where the training rows are of one class, the model always answers that class.</remarks>
    public IModel Fit(TrainingSet set, int seed, CancellationToken cancellationToken = default)
    {
        FeatureMatrix rows = TrainingInput.LabelledRows(set, Name);
        TrainingInput.RequireUnweighted(set, Name);
        int[] labels = set.Labels;
        int classCount = set.Target.Classes.Count;
        Kernel kernel = Options.KernelFor(rows);
        double[] weights = Options.ClassWeights.Resolve(labels, classCount);
        int[][] rowsOf = RowsByClass(labels, classCount);
        int[] classes = [.. Enumerable.Range(0, classCount).Where(c => rowsOf[c].Length > 0)];

        List<SvcPair> pairs = [];
        List<double[]> coefficients = [];
        for (int a = 0; a < classes.Length; a++)
        {
            for (int b = a + 1; b < classes.Length; b++)
            {
                int[] members = [.. rowsOf[classes[a]], .. rowsOf[classes[b]]];
                double[] signs = [.. members.Select((_, i) => i < rowsOf[classes[a]].Length ? 1.0 : -1.0)];
                (double positiveC, double negativeC) = (Options.C * weights[classes[a]], Options.C * weights[classes[b]]);
                using BinaryMachine machine = new(rows.Select(members), signs, kernel, positiveC, negativeC, Options);
                SmoSolution solution = machine.Fit([], cancellationToken);
                PlattScaling? platt = null;
                if (Options.Probability)
                {
                    int[] order = [.. Enumerable.Range(0, members.Length)];
                    new SeededRandom(SeededRandom.Derive(seed, "platt", pairs.Count)).Shuffle<int>(order);
                    platt = machine.Calibrate(order, cancellationToken);
                }

                pairs.Add(new SvcPair(
                    classes[a], classes[b], solution.Intercept, platt,
                    new FitSummary(solution.DualObjective, solution.Iterations, solution.Converged)));
                coefficients.Add(Scatter(solution.Coefficients, members, rows.Rows));
            }
        }

        return Assemble(rows, classCount, classes, rowsOf, kernel, pairs, coefficients);
    }

    private static int[][] RowsByClass(ReadOnlySpan<int> labels, int classCount)
    {
        List<int>[] rowsOf = [.. Enumerable.Range(0, classCount).Select(_ => new List<int>())];
        for (int i = 0; i < labels.Length; i++)
        {
            rowsOf[labels[i]].Add(i);
        }

        return Array.ConvertAll(rowsOf, list => list.ToArray());
    }

    private static double[] Scatter(double[] values, int[] positions, int length)
    {
        double[] scattered = new double[length];
        for (int i = 0; i < positions.Length; i++)
        {
            scattered[positions[i]] = values[i];
        }

        return scattered;
    }

    /// <summary>Keeps the rows that support any pair, class by class as LIBSVM orders them.</summary>
    private static SvcModel Assemble(
        FeatureMatrix rows, int classCount, int[] classes, int[][] rowsOf, Kernel kernel, List<SvcPair> pairs,
        List<double[]> coefficients)
    {
        int[][] supportOf = Array.ConvertAll(
            classes, c => rowsOf[c].Where(i => coefficients.Exists(pair => pair[i] != 0)).ToArray());
        int[] support = [.. supportOf.SelectMany(indices => indices)];
        return new SvcModel(
            rows.Select(support), support, classCount, classes, Array.ConvertAll(supportOf, indices => indices.Length), kernel,
            pairs, coefficients.ConvertAll(pair => Array.ConvertAll(support, i => pair[i])));
    }
}
