using SerLab.Evaluation.Protocols;
using SerLab.Training.Splitting;

namespace SerLab.Evaluation.Records;

/// <summary>
/// What is to be done before anything is: the description of a run, its folds, and the tasks that follow from both. Equal plans
/// have equal hashes and equal outcomes. Immutable.
/// </summary>
public sealed class RunPlan
{
    private readonly Dictionary<FoldTask, Fold> folds = [];
    private readonly List<FoldTask> tasks = [];

    /// <summary>Derives the tasks.</summary>
    /// <param name="description">What is run.</param>
    /// <param name="folds">The folds of all its protocols and models.</param>
    /// <exception cref="InvalidDataException">The folds are not those of the description.</exception>
    public RunPlan(RunDescription description, RunFolds folds)
    {
        Description = description;
        Folds = folds;
        Hash = RunHash.Of(description.ToJson() + folds.ToText());
        foreach (RecordedProtocol protocol in description.Protocols)
        {
            Dictionary<string, FoldScheme> schemes = description.Models.Select(model => protocol.Folds[model]).Distinct()
                .ToDictionary(scheme => scheme, scheme => folds.SchemeOf(protocol.Name, scheme));
            foreach (string target in description.Targets.Select(target => target.Name))
            {
                foreach (string model in description.Models)
                {
                    foreach (Fold fold in schemes[protocol.Folds[model]].Folds)
                    {
                        FoldTask task = new(protocol.Name, target, model, fold.Index);
                        this.folds.Add(task, fold);
                        tasks.Add(task);
                    }
                }
            }
        }
    }

    /// <summary>What is run.</summary>
    public RunDescription Description { get; }

    /// <summary>Clips, groups and folds.</summary>
    public RunFolds Folds { get; }

    /// <summary>
    /// Where the clips lie by their features, which whoever finishes the run may not have; none where models learn from something
    /// else than rows of features. No figure depends on it, nor does the hash.
    /// </summary>
    public ClipMap? Map { get; init; }

    /// <summary>All tasks, in order of protocol, target, model and fold.</summary>
    public IReadOnlyList<FoldTask> Tasks => tasks;

    /// <summary>SHA-256 of description and folds.</summary>
    public string Hash { get; }

    /// <summary>The division that a task is about.</summary>
    /// <exception cref="KeyNotFoundException">The plan has no such task.</exception>
    public Fold FoldOf(FoldTask task) => folds[task];

    /// <summary>The plan as JSON: what a worker elsewhere needs to know of it.</summary>
    public string ToJson() => RecordJson.Text(new Form(Description, Folds.ToText(), Map?.ToText() ?? ""));

    /// <summary>Reads what <see cref="ToJson"/> wrote.</summary>
    /// <exception cref="System.Text.Json.JsonException">The text is no plan.</exception>
    /// <exception cref="InvalidDataException">Description and folds do not fit each other.</exception>
    public static RunPlan FromJson(string text)
    {
        Form form = RecordJson.Read<Form>(text);
        RunFolds folds = RunFolds.FromText(form.Folds);
        return new RunPlan(form.Description, folds) { Map = ClipMap.FromText(form.Map, folds.Clips.Count) };
    }

    private sealed record Form(RunDescription Description, string Folds, string Map);
}
