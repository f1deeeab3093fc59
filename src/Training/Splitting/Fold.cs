namespace SerLab.Training.Splitting;

/// <summary>One division of clips into a training and a test part, as index sets.</summary>
/// <param name="Index">Number of the fold within its split, from 0; it runs on over repeats.</param>
/// <param name="Train">Clips to learn from, ascending.</param>
/// <param name="Test">Clips to predict, ascending.</param>
/// <param name="Repeat">Number of the repeat, from 0: within one repeat no clip is tested twice.</param>
public sealed record Fold(int Index, int[] Train, int[] Test, int Repeat = 0)
{
    /// <summary>The fold that tests the given clips of <c>0 … count − 1</c> and trains on all others.</summary>
    internal static Fold Testing(int index, IEnumerable<int> test, int count, int repeat = 0)
    {
        bool[] isTest = new bool[count];
        foreach (int clip in test)
        {
            isTest[clip] = true;
        }

        int[] all = [.. Enumerable.Range(0, count)];
        return new Fold(index, Array.FindAll(all, i => !isTest[i]), Array.FindAll(all, i => isTest[i]), repeat);
    }
}
