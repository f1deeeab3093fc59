using SerLab.Training.Neural;
using Xunit;

namespace SerLab.Training.Tests.Neural;

public class StallCounterTests
{
    [Fact]
    public void Patience_is_exhausted_by_more_epochs_without_enough_improvement_than_allowed()
    {
        StallCounter counter = new(new StoppingRule(Tolerance: 0.1, Patience: 2, ValidationFraction: 0));

        Assert.True(counter.Record(1));
        Assert.True(counter.Record(1.05));
        Assert.False(counter.Record(1.05));
        Assert.False(counter.IsStalled);
        Assert.False(counter.Record(1));
        Assert.True(counter.IsStalled);
    }

    [Fact]
    public void An_improvement_by_the_tolerance_starts_the_count_anew()
    {
        StallCounter counter = new(new StoppingRule(Tolerance: 0.5, Patience: 1, ValidationFraction: 0));
        counter.Record(1);
        counter.Record(1);
        counter.Record(1.5);
        counter.Record(1.5);
        Assert.False(counter.IsStalled);
        counter.Record(1.5);
        Assert.True(counter.IsStalled);
    }
}
