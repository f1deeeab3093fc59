using SerLab.Core;

namespace SerLab.Training.Ensembles;

/// <summary>What the members of a stacking say of rows, side by side as features of the learner on top.</summary>
internal static class OutOfFold
{
    /// <summary>Fits a member on some training rows and asks it about others; gives row-major columns of the second.</summary>
    /// <param name="member">Number of the member.</param>
    /// <param name="training">Training rows to learn from.</param>
    /// <param name="test">Training rows to answer.</param>
    /// <param name="seed">Seed of the fit.</param>
    public delegate double[] FitAndAsk(int member, int[] training, int[] test, int seed);

    /// <summary>The answers of every member for every training row, each by a fit on the folds that the row is not in.</summary>
    public static FeatureMatrix Answers(
        int[] foldOf, int folds, IReadOnlyList<string> members, int columnsPerMember, int seed, FitAndAsk ask)
    {
        int width = members.Count * columnsPerMember;
        float[] values = new float[foldOf.Length * width];
        int[] all = [.. Enumerable.Range(0, foldOf.Length)];
        for (int fold = 0; fold < folds; fold++)
        {
            int[] training = Array.FindAll(all, row => foldOf[row] != fold);
            int[] test = Array.FindAll(all, row => foldOf[row] == fold);
            for (int m = 0; m < members.Count; m++)
            {
                double[] answers = ask(m, training, test, SeedOf(seed, m, members[m], fold));
                for (int i = 0; i < test.Length; i++)
                {
                    Write(answers, i, columnsPerMember, values.AsSpan((test[i] * width) + (m * columnsPerMember)));
                }
            }
        }

        return new FeatureMatrix(values, foldOf.Length, width);
    }

    /// <summary>The answers of fitted members, one array each, side by side.</summary>
    public static FeatureMatrix Join(IReadOnlyList<double[]> answers, int rows, int columnsPerMember)
    {
        int width = answers.Count * columnsPerMember;
        float[] values = new float[rows * width];
        for (int m = 0; m < answers.Count; m++)
        {
            for (int i = 0; i < rows; i++)
            {
                Write(answers[m], i, columnsPerMember, values.AsSpan((i * width) + (m * columnsPerMember)));
            }
        }

        return new FeatureMatrix(values, rows, width);
    }

    /// <summary>The seed of a member's fit: on all rows without a fold.</summary>
    public static int SeedOf(int seed, int member, string name, int fold = -1) =>
        SeededRandom.Derive(seed, $"stacking/{member}/{name}", fold);

    private static void Write(double[] answers, int row, int columns, Span<float> destination)
    {
        for (int j = 0; j < columns; j++)
        {
            destination[j] = (float)answers[(row * columns) + j];
        }
    }
}
