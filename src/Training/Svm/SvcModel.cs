using SerLab.Core;
using SerLab.Onnx;
using SerLab.Training.Learners;
using SerLab.Training.Svm.Kernels;

namespace SerLab.Training.Svm;

/// <summary>One class against another.</summary>
/// <param name="First">The class that decision values above 0 speak for.</param>
/// <param name="Second">The other class; its number is the larger.</param>
/// <param name="Intercept">Intercept of the decision function (LIBSVM's −rho).</param>
/// <param name="Platt">
/// What turns decision values into the probability of <paramref name="First"/>, where that was asked for.
/// </param>
/// <param name="Fit">How the optimisation ended.</param>
internal sealed record SvcPair(int First, int Second, double Intercept, PlattScaling? Platt, FitSummary Fit);

/// <summary>
/// A fitted C-support vector classification: for every two classes a decision function Σ coefficientᵢ · K(vectorᵢ, x) +
/// intercept.
/// </summary>
internal sealed class SvcModel : IRowModel, IClassScores
{
    // Keeps a pairwise probability off 0 and 1, as LIBSVM does, so that the coupling is well posed.
    public const double LeastProbability = 1e-7;
    private readonly PackedRows vectors;
    private readonly int[] supportIndices;
    private readonly int[] classes;
    private readonly int[] vectorsPerClass;
    private readonly double[][] coefficients;
    private readonly double[] dualCoefficients;

    public SvcModel(
        FeatureMatrix supportVectors, int[] supportIndices, int classCount, int[] classes, int[] vectorsPerClass, Kernel kernel,
        IReadOnlyList<SvcPair> pairs, IReadOnlyList<double[]> coefficients)
    {
        SupportVectors = supportVectors;
        this.supportIndices = supportIndices;
        ClassCount = classCount;
        this.classes = classes;
        this.vectorsPerClass = vectorsPerClass;
        Kernel = kernel;
        Pairs = pairs;
        vectors = new PackedRows(supportVectors);
        this.coefficients = [.. coefficients.Select(Padded)];
        dualCoefficients = LibsvmLayout();
    }

    /// <inheritdoc/>
    public int FeatureCount => SupportVectors.Columns;

    /// <inheritdoc/>
    public int ClassCount { get; }

    /// <summary>The classes that the training rows had, ascending.</summary>
    public ReadOnlySpan<int> Classes => classes;

    /// <summary>
    /// The rows that support any pair, by class in the order of <see cref="Classes"/>, within it in training order.
    /// </summary>
    public FeatureMatrix SupportVectors { get; }

    /// <summary>The training row of each support vector.</summary>
    public ReadOnlySpan<int> SupportIndices => supportIndices;

    /// <summary>Number of support vectors of each of <see cref="Classes"/>.</summary>
    public ReadOnlySpan<int> VectorsPerClass => vectorsPerClass;

    /// <summary>
    /// Dual coefficients yα in LIBSVM's layout, row-major, (classes − 1) × vectors: for a vector of the class at place c, row r
    /// holds its coefficient against the class at place r if r is below c, else at place r + 1.
    /// </summary>
    public ReadOnlySpan<double> DualCoefficients => dualCoefficients;

    /// <summary>Every two of <see cref="Classes"/>: first with second, third …, second with third ….</summary>
    public IReadOnlyList<SvcPair> Pairs { get; }

    /// <summary>The kernel, with γ as a number.</summary>
    public Kernel Kernel { get; }

    /// <summary>The decision values of every row for all <see cref="Pairs"/>, row-major, rows × pairs.</summary>
    /// <param name="rows">Finite rows, as wide as the training rows.</param>
    public double[] DecisionValues(FeatureMatrix rows)
    {
        double[] values = new double[rows.Rows * Pairs.Count];
        if (Pairs.Count == 0)
        {
            return values;
        }

        KernelExpansion.ForEachRow(rows, vectors, Kernel.UsesDistances, (row, pairs) =>
        {
            Kernel.FromPairs(pairs);
            for (int p = 0; p < coefficients.Length; p++)
            {
                values[(row * coefficients.Length) + p] = KernelExpansion.Dot(pairs, coefficients[p]) + Pairs[p].Intercept;
            }
        });
        return values;
    }

    /// <inheritdoc/>
    public OnnxPredictions AddTo(OnnxGraph graph, OnnxValue input)
    {
        if (Pairs.Count == 0)
        {
            float[] certain = new float[ClassCount];
            certain[classes[0]] = 1;
            return OnnxPredictions.MostProbable(graph, graph.Same(input, FeatureCount, certain));
        }

        return VoteOperators.Classify(graph, AddDecisionsTo(graph, input), classes, ClassCount, Pairs);
    }

    OnnxValue IClassScores.AddScoresTo(OnnxGraph graph, OnnxValue input) => Pairs.Count == 0 || Pairs[0].Platt is not null
        ? AddTo(graph, input).Probabilities
        : VoteOperators.Score(graph, AddDecisionsTo(graph, input), ClassCount, Pairs);

    private OnnxValue AddDecisionsTo(OnnxGraph graph, OnnxValue rows)
    {
        double[] columns = new double[SupportVectors.Rows * Pairs.Count];
        for (int i = 0; i < columns.Length; i++)
        {
            columns[i] = coefficients[i % Pairs.Count][i / Pairs.Count];
        }

        return KernelOperators.Expand(
            graph, rows, SupportVectors, Kernel, columns, [.. Pairs.Select(pair => pair.Intercept)]);
    }

    /// <inheritdoc/>
    /// <remarks>
    /// The class with most votes of the pairs; of equals the lowest number, as LIBSVM decides. Probabilities are calibrated where
    /// <see cref="SvcOptions.Probability"/> was set; else a class's share of the votes. Classes that the training rows did not
    /// have get 0.
    /// </remarks>
    public Predictions Predict(Examples examples)
    {
        FeatureMatrix rows = TrainingInput.CheckPrediction(examples, FeatureCount);
        double[] values = DecisionValues(rows);
        double[] probabilities = new double[rows.Rows * ClassCount];
        int[] labels = new int[rows.Rows];
        int[] votes = new int[ClassCount];
        bool calibrated = Pairs.Count > 0 && Pairs[0].Platt is not null;
        for (int i = 0; i < labels.Length; i++)
        {
            Span<double> row = probabilities.AsSpan(i * ClassCount, ClassCount);
            ReadOnlySpan<double> decisions = values.AsSpan(i * Pairs.Count, Pairs.Count);
            Vote(decisions, votes);
            labels[i] = Array.IndexOf(votes, votes.Max());
            if (calibrated)
            {
                Couple(decisions, row);
                continue;
            }

            for (int c = 0; c < ClassCount; c++)
            {
                row[c] = votes[c] / (double)Math.Max(1, Pairs.Count);
            }
        }

        return Predictions.OfClasses(labels, probabilities);
    }

    /// <summary>
    /// Probabilities where they are calibrated; else, as scikit-learn's one-against-rest decision function, votes and, between
    /// equal votes, the summed decision values squeezed into ±1/3. Two classes have one decision value, with either sign.
    /// </summary>
    double[] IClassScores.ScoreClasses(Examples examples)
    {
        if (Pairs.Count == 0 || Pairs[0].Platt is not null)
        {
            return Predict(examples).Probabilities;
        }

        FeatureMatrix rows = TrainingInput.CheckPrediction(examples, FeatureCount);
        double[] values = DecisionValues(rows);
        double[] scores = new double[rows.Rows * ClassCount];
        int[] votes = new int[ClassCount];
        double[] sums = new double[ClassCount];
        for (int i = 0; i < rows.Rows; i++)
        {
            ReadOnlySpan<double> decisions = values.AsSpan(i * Pairs.Count, Pairs.Count);
            Vote(decisions, votes);
            Array.Clear(sums);
            for (int p = 0; p < decisions.Length; p++)
            {
                sums[Pairs[p].First] += decisions[p];
                sums[Pairs[p].Second] -= decisions[p];
            }

            foreach (int c in classes)
            {
                scores[(i * ClassCount) + c] =
                    Pairs.Count == 1 ? sums[c] : votes[c] + (sums[c] / (3 * (Math.Abs(sums[c]) + 1)));
            }
        }

        return scores;
    }

    /// <summary>Counts the votes of one row; where there is one class only, it has the only vote.</summary>
    private void Vote(ReadOnlySpan<double> decisions, int[] votes)
    {
        Array.Clear(votes);
        if (Pairs.Count == 0)
        {
            votes[classes[0]] = 1;
        }

        for (int p = 0; p < decisions.Length; p++)
        {
            votes[decisions[p] > 0 ? Pairs[p].First : Pairs[p].Second]++;
        }
    }

    private void Couple(ReadOnlySpan<double> decisions, Span<double> row)
    {
        int count = classes.Length;
        double[] pairwise = new double[count * count];
        for (int a = 0, p = 0; a < count; a++)
        {
            for (int b = a + 1; b < count; b++, p++)
            {
                double probability = Pairs[p].Platt!.Value.Probability(decisions[p]);
                probability = Math.Clamp(probability, LeastProbability, 1 - LeastProbability);
                pairwise[(a * count) + b] = probability;
                pairwise[(b * count) + a] = 1 - probability;
            }
        }

        double[] coupled = new double[count];
        if (count == 2)
        {
            (coupled[0], coupled[1]) = (pairwise[1], pairwise[2]);
        }
        else
        {
            PairwiseCoupling.Solve(pairwise, coupled);
        }

        for (int c = 0; c < count; c++)
        {
            row[classes[c]] = coupled[c];
        }
    }

    private double[] Padded(double[] values)
    {
        double[] padded = new double[vectors.PaddedCount];
        values.CopyTo(padded, 0);
        return padded;
    }

    private double[] LibsvmLayout()
    {
        int total = SupportVectors.Rows;
        double[] layout = new double[Math.Max(0, classes.Length - 1) * total];
        int[] starts = new int[classes.Length + 1];
        for (int c = 0; c < classes.Length; c++)
        {
            starts[c + 1] = starts[c] + vectorsPerClass[c];
        }

        for (int a = 0, p = 0; a < classes.Length; a++)
        {
            for (int b = a + 1; b < classes.Length; b++, p++)
            {
                coefficients[p].AsSpan(starts[a], vectorsPerClass[a]).CopyTo(layout.AsSpan(((b - 1) * total) + starts[a]));
                coefficients[p].AsSpan(starts[b], vectorsPerClass[b]).CopyTo(layout.AsSpan((a * total) + starts[b]));
            }
        }

        return layout;
    }
}
