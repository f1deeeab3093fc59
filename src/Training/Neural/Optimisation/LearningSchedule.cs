namespace SerLab.Training.Neural.Optimisation;

/// <summary>How the learning rate goes with the steps: settings only; <see cref="Start"/> makes what keeps state.</summary>
internal abstract record LearningSchedule
{
    private protected LearningSchedule()
    {
    }

    /// <summary>The state of one fit.</summary>
    /// <param name="rate">The learning rate to start from.</param>
    /// <param name="steps">Steps of the whole training.</param>
    internal abstract ScheduleState Start(double rate, int steps);
}

/// <summary>The state of a <see cref="LearningSchedule"/> in one fit.</summary>
internal abstract class ScheduleState
{
    /// <summary>The rate of a step, from 0.</summary>
    public abstract double Rate(int step);

    /// <summary>Tells the loss of an epoch that has ended.</summary>
    public virtual void EndEpoch(double loss)
    {
    }

    /// <summary>A rate that depends on the step alone.</summary>
    public static ScheduleState Of(Func<int, double> rate) => new Formula(rate);

    private sealed class Formula(Func<int, double> rate) : ScheduleState
    {
        public override double Rate(int step) => rate(step);
    }
}

/// <summary>One rate throughout.</summary>
internal sealed record ConstantSchedule : LearningSchedule
{
    /// <inheritdoc/>
    internal override ScheduleState Start(double rate, int steps) => ScheduleState.Of(_ => rate);
}

/// <summary>
/// Half a cosine from the rate down to a share of it, after a linear rise from zero (Loshchilov and Hutter 2017).
/// </summary>
/// <param name="WarmUp">Share of the steps in which the rate rises, 0 to below 1; default 0.</param>
/// <param name="Floor">Share of the rate at the end, 0 to 1; default 0.</param>
internal sealed record CosineSchedule(double WarmUp = 0, double Floor = 0) : LearningSchedule
{
    /// <inheritdoc/>
    internal override ScheduleState Start(double rate, int steps)
    {
        int rising = (int)Math.Round(WarmUp * steps);
        return ScheduleState.Of(step => step < rising
            ? rate * step / rising
            : rate * (Floor + ((1 - Floor) * 0.5 * (1 + Math.Cos(
                Math.PI * Math.Min(1, (step - rising) / (double)Math.Max(1, steps - rising)))))));
    }
}

/// <summary>The rate over 1 + decay · step: Keras's before version 2.11.</summary>
/// <param name="Decay">0 or more.</param>
internal sealed record InverseTimeSchedule(double Decay) : LearningSchedule
{
    /// <inheritdoc/>
    internal override ScheduleState Start(double rate, int steps) => ScheduleState.Of(step => rate / (1 + (Decay * step)));
}

/// <summary>The rate times a factor for every so many steps.</summary>
/// <param name="Factor">Above 0 to 1.</param>
/// <param name="Every">Steps, at least 1; default 1.</param>
internal sealed record StepSchedule(double Factor, int Every = 1) : LearningSchedule
{
    /// <inheritdoc/>
    internal override ScheduleState Start(double rate, int steps) =>
        ScheduleState.Of(step => rate * Math.Pow(Factor, step / Every));
}

/// <summary>
/// One cycle (Smith 2018): from rate / 25 up to the rate in 30 % of the steps, then down to rate / 250,000, by cosines.
/// </summary>
internal sealed record OneCycleSchedule : LearningSchedule
{
    private const double Rise = 0.3;
    private const double FirstShare = 1 / 25.0;
    private const double LastShare = FirstShare / 1e4;

    /// <inheritdoc/>
    internal override ScheduleState Start(double rate, int steps)
    {
        double top = (Rise * steps) - 1;
        return ScheduleState.Of(step => rate * (step <= top
            ? Between(FirstShare, 1, step / top)
            : Between(1, LastShare, (step - top) / (steps - 1 - top))));
    }

    private static double Between(double from, double to, double share) =>
        to + ((from - to) / 2 * (1 + Math.Cos(Math.PI * share)));
}

/// <summary>Lowers the rate when the loss has not fallen for some epochs.</summary>
/// <param name="Patience">Epochs without a new best; at least 0, default 10.</param>
/// <param name="Factor">What the rate is multiplied by, above 0 to below 1; default 0.1.</param>
internal sealed record PlateauSchedule(int Patience = 10, double Factor = 0.1) : LearningSchedule
{
    private const double Threshold = 1e-4;

    /// <summary>Epochs after lowering in which none is counted; default 0.</summary>
    public int Cooldown { get; init; }

    /// <summary>
    /// Whether as PyTorch: a new best is lower by a share of 10⁻⁴, and the rate falls when more epochs than patience have passed;
    /// default false, as Keras: lower by 10⁻⁴, and as many epochs as patience.
    /// </summary>
    public bool IsRelative { get; init; }

    /// <inheritdoc/>
    internal override ScheduleState Start(double rate, int steps) => new State(this, rate);

    private sealed class State(PlateauSchedule schedule, double rate) : ScheduleState
    {
        private double current = rate;
        private double best = double.PositiveInfinity;
        private int waited;
        private int cooling;

        public override double Rate(int step) => current;

        public override void EndEpoch(double loss)
        {
            bool isBest = loss < (schedule.IsRelative ? best * (1 - Threshold) : best - Threshold);
            bool isCooling = cooling > 0;
            if (isCooling)
            {
                cooling--;
                waited = 0;
            }

            // PyTorch still counts in the epoch that ends the cooling, Keras no longer counts before it has ended.
            bool isCounted = schedule.IsRelative ? !isCooling : cooling == 0;
            if (isBest)
            {
                best = loss;
                waited = 0;
            }
            else if (isCounted)
            {
                waited++;
                if (waited > (schedule.IsRelative ? schedule.Patience : schedule.Patience - 1))
                {
                    current *= schedule.Factor;
                    cooling = schedule.Cooldown;
                    waited = 0;
                }
            }
        }
    }
}
