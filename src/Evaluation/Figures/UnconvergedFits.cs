using SerLab.Evaluation.Records;

namespace SerLab.Evaluation.Figures;

/// <summary>How many fits of a model stopped at their last step, before they had reached their tolerance.</summary>
/// <param name="Model">Name of the model.</param>
/// <param name="Count">How many did, over all protocols, targets and folds.</param>
/// <param name="Fits">How many there were.</param>
public sealed record UnconvergedFits(string Model, int Count, int Fits)
{
    /// <summary>What to say of it.</summary>
    public string Sentence =>
        $"{Model} stopped before it had converged in {Count} of {Fits} fits: its figures may change with more iterations or "
        + "another scaling.";

    /// <summary>The models of a run that did, in the order of the run.</summary>
    public static IEnumerable<UnconvergedFits> Of(RunRecord record) =>
        from model in record.Description.Models
        let count = record.Learning.Count(fold => fold.Unconverged && fold.Task.Model == model)
        where count > 0
        select new UnconvergedFits(model, count, record.Predictions.Count(fold => fold.Task.Model == model));
}
