using SerLab.Evaluation.Running;
using SerLab.Evaluation.Sharing;
using SerLab.Training.Baselines;
using SerLab.Training.Ensembles;
using SerLab.Training.Learners;
using SerLab.Training.Pipelines;
using Xunit;

namespace SerLab.Evaluation.Tests.Sharing;

public class PlanPartTests
{
    [Fact]
    public void A_model_that_hears_others_is_done_where_they_are_and_costs_nothing_itself()
    {
        ILearner[] learners =
        [
            new MeanLearner(),
            new SeededLearner("heard"),
            new Pipeline("both", [], new AverageLearner([new SeededLearner("heard"), new MeanLearner()], 1)),
            new SeededLearner("alone"),
        ];
        RunInputs inputs = TestRuns.Ratings() with { Learners = learners };
        PlanPart part = PlanPart.Of(
            "run", RunPlanner.Plan(inputs), inputs, learners.ToDictionary(learner => learner.Name, _ => 2.0));

        Assert.Equal(
            [("mean", 2.0, 0), ("heard", 2.0, 0), ("both", 0.0, 0), ("alone", 2.0, 1)],
            part.Models.Select(model => (model.Name, model.Cost, model.Group)));
        Assert.Equal(24, part.Pieces().Count);
        Assert.All(part.Pieces(), piece => Assert.Equal(piece.Tasks.Length == 3 ? 4 : 2, piece.Cost));
        Assert.Equal(part.Plan.Tasks.ToHashSet(), part.Pieces().SelectMany(piece => piece.Tasks).ToHashSet());
    }
}
