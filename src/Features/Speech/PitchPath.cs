namespace SerLab.Features.Speech;

/// <summary>
/// The likeliest pitch over time among the candidates of every frame (Viterbi 1967): voiced frames should stand out, and pitch
/// should neither jump nor come and go. The costs are those that openSMILE 3 counts for GeMAPS v01b.
/// </summary>
internal static class PitchPath
{
    /// <summary>The voicing from which a frame is rather voiced than not.</summary>
    public const double VoicedFrom = 0.7;

    private const double Local = 2;
    private const double Crossing = 4;
    private const double Jump = 10;
    private const double Turn = 10;
    private const double Change = 10;
    private const double Silence = 1;
    private const double LeastVoicing = 0.01;

    private const int States = SubharmonicPitch.Candidates + 1;
    private const int Unvoiced = SubharmonicPitch.Candidates;

    /// <summary>Finds the path.</summary>
    /// <param name="frequencies">The candidates of all frames in Hz, <see cref="SubharmonicPitch.Candidates"/> each.</param>
    /// <param name="voicing">How far each stands out.</param>
    /// <param name="pitch">Receives the pitch of every frame in Hz; 0 where there is no voice.</param>
    public static void Find(ReadOnlySpan<double> frequencies, ReadOnlySpan<double> voicing, Span<double> pitch)
    {
        byte[] from = new byte[pitch.Length * States];
        Span<double> costs = stackalloc double[States];
        Span<double> next = stackalloc double[States];
        for (int frame = 0; frame < pitch.Length; frame++)
        {
            ReadOnlySpan<double> here = frequencies.Slice(frame * Unvoiced, Unvoiced);
            ReadOnlySpan<double> voiced = voicing.Slice(frame * Unvoiced, Unvoiced);
            for (int state = 0; state < States; state++)
            {
                double best = 0;
                if (frame > 0)
                {
                    double now = state == Unvoiced ? 0 : here[state];
                    (best, from[(frame * States) + state]) =
                        Cheapest(costs, frequencies.Slice((frame - 1) * Unvoiced, Unvoiced), state, now);
                }

                next[state] = best + CostOf(state, here, voiced);
            }

            next.CopyTo(costs);
        }

        int at = 0;
        for (int state = 1; state < States; state++)
        {
            at = costs[state] < costs[at] ? state : at;
        }

        for (int frame = pitch.Length - 1; frame >= 0; frame--)
        {
            pitch[frame] = at == Unvoiced ? 0 : frequencies[(frame * Unvoiced) + at];
            at = from[(frame * States) + at];
        }
    }

    // The turn of a pitch is reckoned from what it would be from the candidate listed before, as openSMILE has it: whoever comes
    // from a likelier candidate pays less.
    private static (double Cost, byte Before) Cheapest(
        ReadOnlySpan<double> costs, ReadOnlySpan<double> candidates, int state, double now)
    {
        (double best, byte from, double last) = (double.PositiveInfinity, Unvoiced, 0);
        for (int before = 0; before < States; before++)
        {
            double cost = costs[before];
            if (before == Unvoiced || state == Unvoiced)
            {
                cost += before == state ? Silence : Change;
            }
            else if (now > 0 && candidates[before] > 0)
            {
                double change = Math.Log(now / candidates[before]);
                cost += (Jump * Math.Abs(change)) + (Turn * Math.Abs(change - last));
                last = change;
            }
            else
            {
                cost = double.PositiveInfinity;
            }

            if (cost < best)
            {
                (best, from) = (cost, (byte)before);
            }
        }

        return (best, from);
    }

    private static double CostOf(int state, ReadOnlySpan<double> frequencies, ReadOnlySpan<double> voicing) =>
        state == Unvoiced ? (voicing[0] >= VoicedFrom ? Local * Crossing : 0)
        : frequencies[state] <= 0 ? double.PositiveInfinity
        : (Local * (-Math.Log(Math.Max(LeastVoicing, voicing[state])) + (voicing[state] < VoicedFrom ? Crossing : 0)))
            + Unlikeliness(frequencies[state]);

    private static double Unlikeliness(double pitch) => pitch switch
    {
        < 100 => 1 - (pitch / 100),
        < 350 => 0,
        < 600 => (pitch - 350) / 250,
        _ => 1.2,
    };
}
