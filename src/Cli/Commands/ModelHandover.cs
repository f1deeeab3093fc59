using SerLab.Evaluation.Experiments;
using SerLab.Evaluation.Figures;
using SerLab.Training.Catalogue;

namespace SerLab.Cli.Commands;

/// <summary>Hands the best of some models of a run to apps.</summary>
/// <param name="Candidates">The models; none: nothing is handed over.</param>
/// <param name="Waveform">Whether to write the model that takes samples, too.</param>
/// <param name="IsRequired">
/// Whether a model was asked for in particular; where not, a run whose best model has no such form is done all the same.
/// </param>
internal sealed record ModelHandover(IReadOnlyList<LearnerSpecification> Candidates, bool Waveform, bool IsRequired)
{
    /// <summary>Fits the model on all clips and writes it into the run folder.</summary>
    /// <returns>What to tell the user.</returns>
    public IReadOnlyList<string> Write(RunSetup setup, ExperimentOutcome outcome, CancellationToken cancellationToken)
    {
        if (Candidates.Count == 0)
        {
            return [];
        }

        string best = Candidates.Count == 1 ? Candidates[0].Name : outcome.Run.Figures.BestModel;
        IReadOnlyList<string> paths = ModelExport.Write(
            outcome,
            Candidates.First(learner => learner.Name == best),
            outcome.Run.Folder!,
            Waveform,
            setup.Surroundings.Catalogues.Learners,
            cancellationToken);
        return
        [
            .. paths.Select(path => $"{best}, trained on all clips, for apps: {path}"),
            .. FloorVerdicts.Warnings(outcome.Run.Figures, best),
        ];
    }
}
