using SerLab.Core;
using SerLab.Evaluation.Records;
using SerLab.Evaluation.Running;

namespace SerLab.Evaluation.Sharing;

/// <summary>One run of a plan: its tasks, what they cost, and which of them belong together. Immutable.</summary>
/// <param name="Name">Its name among the runs of the plan.</param>
/// <param name="Plan">Its tasks.</param>
/// <param name="Models">Every model of it.</param>
internal sealed record PlanPart(string Name, RunPlan Plan, IReadOnlyList<PlannedModel> Models)
{
    /// <summary>Describes a run.</summary>
    /// <param name="name">Its name among the runs of the plan.</param>
    /// <param name="plan">Its tasks.</param>
    /// <param name="inputs">What it is made of.</param>
    /// <param name="costs">What a fit of every model costs beside others.</param>
    public static PlanPart Of(string name, RunPlan plan, RunInputs inputs, IReadOnlyDictionary<string, double> costs)
    {
        string[] names = [.. inputs.Learners.Select(learner => learner.Name)];
        DisjointSets sets = new(names.Length);
        for (int i = 0; i < names.Length; i++)
        {
            foreach (string member in Members(inputs, i))
            {
                sets.Unite(i, Array.IndexOf(names, member));
            }
        }

        // What only combines the answers of others costs next to nothing beside them.
        int[] groups = sets.Numbers();
        return new PlanPart(
            name,
            plan,
            [
                .. names.Select((model, i) =>
                    new PlannedModel(model, Members(inputs, i).Length > 0 ? 0 : costs[model], groups[i])),
            ]);
    }

    /// <summary>
    /// The tasks in pieces that must not be torn, each with its cost: a fold's models of which one hears the others.
    /// </summary>
    public IReadOnlyList<(FoldTask[] Tasks, double Cost)> Pieces()
    {
        Dictionary<string, PlannedModel> models = Models.ToDictionary(model => model.Name);
        return
        [
            .. Plan.Tasks
                .GroupBy(task => (task.Protocol, task.Target, models[task.Model].Group, Fold: Plan.FoldOf(task)))
                .Select(piece => (piece.ToArray(), piece.Sum(task => models[task.Model].Cost))),
        ];
    }

    private static string[] Members(RunInputs inputs, int learner) =>
        [.. inputs.CombinationOf(inputs.Learners[learner])?.Combined.Select(member => member.Name) ?? []];
}

/// <summary>A model of a plan.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Cost">What a fit costs beside others.</param>
/// <param name="Group">Number of the group of models whose tasks in one fold are done by one worker.</param>
internal sealed record PlannedModel(string Name, double Cost, int Group);
