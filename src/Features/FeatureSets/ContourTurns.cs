namespace SerLab.Features.FeatureSets;

/// <summary>
/// Where a contour turns by at least a tenth of its range, as openSMILE 3 finds it (<c>cFunctionalPeaks2</c>): maxima and minima
/// in turn, two frames or more from both ends.
/// </summary>
internal static class ContourTurns
{
    private const double LeastMove = 0.1;
    private const double ClearlyHigher = 1.05;

    /// <summary>Finds the turns in their order.</summary>
    public static IReadOnlyList<Turn> Of(ReadOnlySpan<float> contour)
    {
        List<Turn> turns = [];
        if (contour.IsEmpty)
        {
            return turns;
        }

        (float least, float most) = (contour[0], contour[0]);
        foreach (float value in contour)
        {
            (least, most) = (Math.Min(least, value), Math.Max(most, value));
        }

        for (int i = 2; i < contour.Length - 2; i++)
        {
            if (contour[i] > contour[i - 1] && contour[i] > contour[i + 1])
            {
                turns.Add(new Turn(i, contour[i], IsMaximum: true));
            }
            else if (contour[i] < contour[i - 1] && contour[i] < contour[i + 1])
            {
                turns.Add(new Turn(i, contour[i], IsMaximum: false));
            }
        }

        double move = LeastMove * (most - least);
        return Alternating(Deep(High(turns, contour[0], move), contour[0], move));
    }

    /// <summary>
    /// The slopes of rises and falls between turns and from the start, in units per second, falls positive; and that from the
    /// last turn to the end, which alone has its own sign, as in openSMILE: a fall there is negative. Without turns, from start
    /// to end.
    /// </summary>
    /// <param name="contour">The values.</param>
    /// <param name="period">Seconds from one to the next.</param>
    public static (SlopeMoments Rising, SlopeMoments Falling) Slopes(ReadOnlySpan<float> contour, double period)
    {
        IReadOnlyList<Turn> turns = Of(contour);
        if (turns.Count == 0)
        {
            double slope = contour.Length < 2 ? 0 : (contour[^1] - contour[0]) / ((contour.Length - 1) * period);
            return (SlopeMoments.Of([], Math.Max(0, slope)), SlopeMoments.Of([], Math.Max(0, -slope)));
        }

        (List<double> rising, List<double> falling) = ([], []);
        Turn before = new(0, contour[0], !turns[0].IsMaximum);
        foreach (Turn turn in turns)
        {
            double slope = Math.Abs(turn.Value - before.Value) / ((turn.Frame - before.Frame) * period);
            bool isAgainst = turn.IsMaximum ? turn.Value < before.Value : turn.Value > before.Value;
            (turn.IsMaximum ? rising : falling).Add(isAgainst ? -slope : slope);
            before = turn;
        }

        double end = (contour[^1] - before.Value) / ((contour.Length - 1 - before.Frame) * period);
        return before.IsMaximum
            ? (SlopeMoments.Of(rising, null), SlopeMoments.Of(falling, end))
            : (SlopeMoments.Of(rising, end), SlopeMoments.Of(falling, null));
    }

    // Drops maxima that stand out of nothing, and those that a clearly higher one outdoes.
    private static List<Turn> High(List<Turn> turns, float start, double move)
    {
        List<Turn> kept = [];
        (float last, float lowest, float highest) = (start, start, start);
        (int top, bool isLow) = (-1, false);
        foreach (Turn turn in turns)
        {
            bool isMove = Math.Abs(turn.Value - last) >= move;
            last = turn.Value;
            if (!turn.IsMaximum)
            {
                (lowest, isLow) = isMove ? (turn.Value, true) : (lowest, isLow);
                kept.Add(turn);
                continue;
            }

            if (!isMove && turn.Value - lowest < move)
            {
                continue;
            }

            bool outdoes = !isMove && turn.Value > highest * ClearlyHigher;
            if (outdoes && top >= 0)
            {
                kept.RemoveAt(top);
            }

            if (isMove || outdoes || isLow)
            {
                kept.Add(turn);
                (highest, top) = (turn.Value, kept.Count - 1);
            }

            isLow = false;
        }

        return kept;
    }

    private static List<Turn> Deep(List<Turn> turns, float start, double move)
    {
        List<Turn> kept = [];
        float highest = start;
        foreach (Turn turn in turns)
        {
            highest = turn.IsMaximum ? turn.Value : highest;
            if (turn.IsMaximum || highest - turn.Value >= move)
            {
                kept.Add(turn);
            }
        }

        return kept;
    }

    // Of maxima without a minimum between only the highest, and so the lowest of minima.
    private static List<Turn> Alternating(List<Turn> turns)
    {
        List<Turn> kept = [];
        foreach (Turn turn in turns)
        {
            if (kept.Count == 0 || kept[^1].IsMaximum != turn.IsMaximum)
            {
                kept.Add(turn);
            }
            else if (turn.IsMaximum ? turn.Value > kept[^1].Value : turn.Value < kept[^1].Value)
            {
                kept[^1] = turn;
            }
        }

        return kept;
    }

    /// <summary>A maximum or a minimum.</summary>
    /// <param name="Frame">Where.</param>
    /// <param name="Value">How high.</param>
    /// <param name="IsMaximum">Which of both.</param>
    public readonly record struct Turn(int Frame, float Value, bool IsMaximum);

    /// <summary>What is told of slopes.</summary>
    /// <param name="Mean">Their mean, with that to the end; 0 without any.</param>
    /// <param name="Deviation">
    /// The root of the squared deviations from it of those between turns, over the number of all.
    /// </param>
    public readonly record struct SlopeMoments(float Mean, float Deviation)
    {
        internal static SlopeMoments Of(List<double> slopes, double? end)
        {
            int count = slopes.Count + (end is null ? 0 : 1);
            double mean = count == 0 ? 0 : (slopes.Sum() + (end ?? 0)) / count;
            return new SlopeMoments(
                (float)mean, count == 0 ? 0 : (float)Math.Sqrt(slopes.Sum(slope => (slope - mean) * (slope - mean)) / count));
        }
    }
}
