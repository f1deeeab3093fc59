namespace SerLab.Features.Dsp;

/// <summary>The k-th smallest of many values, in linear expected time (Hoare's selection).</summary>
internal static class OrderStatistic
{
    /// <summary>
    /// The value that would stand at index <paramref name="k"/> if all were sorted; reorders them. None may be NaN.
    /// </summary>
    public static float Select(Span<float> values, int k)
    {
        (int low, int high) = (0, values.Length - 1);
        while (low < high)
        {
            float pivot = values[low + (high - low) / 2];
            (int i, int j) = (low, high);
            while (i <= j)
            {
                while (values[i] < pivot)
                {
                    i++;
                }

                while (values[j] > pivot)
                {
                    j--;
                }

                if (i <= j)
                {
                    (values[i], values[j]) = (values[j], values[i]);
                    i++;
                    j--;
                }
            }

            if (k <= j)
            {
                high = j;
            }
            else if (k >= i)
            {
                low = i;
            }
            else
            {
                break;
            }
        }

        return values[k];
    }
}
