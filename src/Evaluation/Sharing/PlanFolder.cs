using SerLab.Core;
using SerLab.Evaluation.Experiments;
using SerLab.Evaluation.Records;
using SerLab.Evaluation.Running;

namespace SerLab.Evaluation.Sharing;

/// <summary>
/// A folder that several processes share, wherever they run: <c>plan.json</c> holds the command and its runs, <c>features</c>
/// what was computed of their sounds, <c>parts</c> the tasks of every run and what each worker has done of them, <c>workers</c>
/// a note of every worker, and <c>run</c> what comes of it. Nobody writes what another writes, so there are no locks. Immutable.
/// </summary>
public sealed class PlanFolder
{
    private const int CurrentFormat = 1;
    private const string PlanFile = "plan.json";
    private const string TaskFile = "tasks.json";

    private PlanFolder(string path, PlannedCommand command, IReadOnlyList<PlanPart> parts)
    {
        Path = path;
        Command = command;
        Parts = parts;
    }

    /// <summary>The folder.</summary>
    public string Path { get; }

    /// <summary>The command whose work it divides.</summary>
    public PlannedCommand Command { get; }

    /// <summary>What comes of it: the folder of the run, or of the series.</summary>
    public string Outcome => System.IO.Path.Combine(Path, ExperimentRunner.SingleRun);

    /// <summary>Number of tasks.</summary>
    public int Tasks => Parts.Sum(part => part.Plan.Tasks.Count);

    /// <summary>The runs.</summary>
    internal IReadOnlyList<PlanPart> Parts { get; }

    /// <summary>Where every worker leaves a note.</summary>
    internal string Workers => System.IO.Path.Combine(Path, "workers");

    private string PartsFolder => System.IO.Path.Combine(Path, "parts");

    private static string Version => typeof(PlanFolder).Assembly.GetName().Version?.ToString(3) ?? "";

    /// <summary>
    /// Makes the plan of a command, or finds the one that the same command made there: clips are heard, nothing is fitted.
    /// </summary>
    /// <param name="path">The folder; made where it is missing.</param>
    /// <param name="command">The command.</param>
    /// <param name="runs">Its runs.</param>
    /// <param name="surroundings">Catalogues, cache, threads and the text of the command.</param>
    /// <param name="cancellationToken">Stops between clips.</param>
    /// <exception cref="InvalidInputException">The folder holds something else, or the runs cannot be planned.</exception>
    public static PlanFolder Write(
        string path,
        PlannedCommand command,
        IReadOnlyList<PreparedRun> runs,
        Surroundings surroundings,
        CancellationToken cancellationToken = default)
    {
        PlanFolder? earlier = File.Exists(System.IO.Path.Combine(path, PlanFile)) ? Open(path) : null;
        if (earlier?.Command.Equals(command, StringComparison.Ordinal) == false)
        {
            throw new InvalidInputException($"The folder '{path}' holds the plan of another command; name another folder.");
        }

        PlanFolder plan = new(path, command, []);
        Surroundings own = plan.Around(surroundings);
        PlanPart[] parts =
        [
            .. runs.Select(run =>
            {
                RunInputs inputs = run.Inputs(own, cancellationToken);
                return PlanPart.Of(
                    run.Name, RunPlanner.Plan(inputs, surroundings.CommandLine), inputs, run.Costs(surroundings.Catalogues));
            }),
        ];
        if (earlier is not null)
        {
            foreach ((PlanPart before, PlanPart now) in earlier.Parts.Zip(parts))
            {
                PlanDifference.RequireNone(before.Plan, now.Plan);
            }

            return earlier;
        }

        plan = new PlanFolder(path, command, parts);
        plan.Write();
        return plan;
    }

    /// <summary>Reads a plan.</summary>
    /// <param name="path">Its folder.</param>
    /// <exception cref="InvalidInputException">
    /// There is no plan, it was changed, or another version of SerLab made it.
    /// </exception>
    public static PlanFolder Open(string path)
    {
        string file = System.IO.Path.Combine(path, PlanFile);
        if (!File.Exists(file))
        {
            throw new InvalidInputException($"There is no plan in '{path}'; 'train ... --plan {path}' makes one.");
        }

        try
        {
            Form form = RecordJson.Read<Form>(File.ReadAllText(file));
            if (form.Format != CurrentFormat || form.Version != Version)
            {
                throw new InvalidInputException(
                    $"The plan in '{path}' was made by SerLab {form.Version}, and this is {Version}; use that version, or make "
                    + "the plan again in another folder.");
            }

            PlanFolder plan = new(path, form.Command, []);
            return new PlanFolder(path, form.Command, [.. form.Parts.Select(plan.Read)]);
        }
        catch (Exception error) when (RecordDamage.Explains(error) || error is IOException)
        {
            throw new InvalidInputException(
                $"The plan in '{path}' cannot be read ({error.Message.TrimEnd('.')}); make it again in another folder.", error);
        }
    }

    /// <summary>Surroundings in which a command finds or leaves the features of the plan in a folder.</summary>
    public static Surroundings Around(string path, Surroundings surroundings) =>
        surroundings with { PlannedFeatures = System.IO.Path.Combine(path, "features") };

    /// <summary>Surroundings in which the command finds the plan's features.</summary>
    public Surroundings Around(Surroundings surroundings) => Around(Path, surroundings);

    /// <summary>Surroundings in which the command unites what workers have done, and fits nothing.</summary>
    public Surroundings Uniting(Surroundings surroundings) =>
        Around(surroundings) with { RunsFolder = null, Folder = Outcome, Journals = PartsFolder };

    /// <summary>What every worker has done so far, by run.</summary>
    internal IReadOnlyList<(PlanPart Part, RunMerge Done)> Merges() =>
        [.. Parts.Select(part => (part, RunMerge.Read(part.Plan, FolderOf(part))))];

    /// <summary>Where workers keep their journals of a run.</summary>
    internal string FolderOf(PlanPart part) => System.IO.Path.Combine(PartsFolder, part.Name);

    /// <summary>The tasks of a share, by run.</summary>
    internal ILookup<PlanPart, FoldTask> TasksOf(WorkShare share)
    {
        var pieces = Parts.SelectMany(part => part.Pieces().Select(piece => (Part: part, piece.Tasks, piece.Cost))).ToArray();
        return share.In(pieces, piece => piece.Cost)
            .SelectMany(piece => piece.Tasks.Select(task => (piece.Part, Task: task)))
            .ToLookup(item => item.Part, item => item.Task);
    }

    private PlanPart Read(FormPart form)
    {
        // A plan from elsewhere must not lead out of its folder.
        if (form.Name is "" or "." or ".." || form.Name != System.IO.Path.GetFileName(form.Name))
        {
            throw new InvalidDataException($"a run is called '{form.Name}', which is no name of a folder");
        }

        string tasks = File.ReadAllText(System.IO.Path.Combine(PartsFolder, form.Name, TaskFile));
        RunPlan plan = RunPlan.FromJson(tasks);
        return plan.Hash == form.Hash
            ? new PlanPart(form.Name, plan, form.Models)
            : throw new InvalidDataException($"the tasks of '{form.Name}' were changed");
    }

    private void Write()
    {
        try
        {
            foreach (PlanPart part in Parts)
            {
                AtomicFile.Write(System.IO.Path.Combine(FolderOf(part), TaskFile), part.Plan.ToJson());
            }

            Form form = new(
                CurrentFormat,
                Version,
                Command,
                [.. Parts.Select(part => new FormPart(part.Name, part.Plan.Hash, part.Models))]);
            AtomicFile.Write(System.IO.Path.Combine(Path, PlanFile), RecordJson.Text(form));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw RunFolder.CannotWrite(Path, error);
        }
    }

    private sealed record Form(int Format, string Version, PlannedCommand Command, IReadOnlyList<FormPart> Parts);

    private sealed record FormPart(string Name, string Hash, IReadOnlyList<PlannedModel> Models);
}
