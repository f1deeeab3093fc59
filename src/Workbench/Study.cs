using System.Globalization;
using SerLab.Core;
using SerLab.Datasets.Corpora;
using SerLab.Evaluation.Experiments;
using SerLab.Evaluation.Figures;
using SerLab.Evaluation.Records;
using SerLab.Evaluation.Running;
using SerLab.Models;
using SerLab.Reports;
using SerLab.Reports.Charts;
using SerLab.Reports.Tables;
using SerLab.Training.Catalogue;
using SerLab.Training.Learners;
using SerLab.Training.Metrics;

namespace SerLab;

/// <summary>
/// A finished comparison: its figures as tables and charts, every out-of-fold prediction, and its models to take along. It shows
/// itself as its table. Immutable.
/// </summary>
public sealed class Study : INotebookView
{
    private readonly Corpus corpus;
    private readonly Experiment experiment;
    private readonly Surroundings surroundings;

    internal Study(Corpus corpus, Experiment experiment, Surroundings surroundings, ExperimentOutcome outcome)
    {
        this.corpus = corpus;
        this.experiment = experiment;
        this.surroundings = surroundings;
        Outcome = outcome;
    }

    /// <summary>The run and the features it used.</summary>
    public ExperimentOutcome Outcome { get; }

    /// <summary>Every figure, with the record that all of them follow from.</summary>
    public RunFigures Figures => Outcome.Run.Figures;

    /// <summary>What was predicted.</summary>
    public IReadOnlyList<Target> Targets => Figures.Description.Targets;

    /// <summary>The model that did best under the protocol that counts.</summary>
    public string Best => Figures.BestModel;

    string INotebookView.MediaType => ((INotebookView)Scores()).MediaType;

    /// <summary>
    /// The main metrics of every model under every protocol that judges clips by themselves, pooled, with 95 % intervals over
    /// groups.
    /// </summary>
    public Table Scores() => Scores("", protocol => protocol.IsUsual);

    /// <summary>The same under the protocols that know clips of the tested groups; no rows where there are none.</summary>
    public Table EnrolledScores() => Scores(", unlabelled test clips used", protocol => protocol.UsesTestClips);

    private Table Scores(string which, Func<RecordedProtocol, bool> isShown)
    {
        HashSet<string> protocols = [.. Figures.Description.Protocols.Where(isShown).Select(protocol => protocol.Name)];
        IReadOnlyList<Metric> metrics = Targets[0].Scorer.Main;
        return new Table(
            $"{corpus.Title}: {Outcome.Run.Description.Corpus.Clips} clips{(corpus.IsSynthetic ? ", SYNTHETIC" : "")}{which}",
            ["target", "model", "protocol", .. metrics.Select(metric => $"{metric.Title} [95 % interval]")],
            [.. Figures.Rows.Where(row => protocols.Contains(row.Protocol)).Select(row => (IReadOnlyList<string>)
                [row.Target, row.Model, row.Protocol, .. row.Metrics.Where(IsMain).Select(Text)])]);

        bool IsMain(MetricSummary summary) => metrics.Any(metric => metric.Name == summary.Metric.Name);
    }

    /// <summary>Every out-of-fold prediction of a model: what it answered to each clip after learning without it.</summary>
    /// <param name="model">Name of the model; none: the best.</param>
    /// <param name="target">Name of the target; none: the first.</param>
    /// <param name="protocol">Name of the protocol; none: the one that counts.</param>
    /// <exception cref="UnknownNameException">The comparison has no such model, target or protocol.</exception>
    public Table OutOfFold(string? model = null, string? target = null, string? protocol = null)
    {
        (Target predicted, ModelFigures row) = Find(model, target, protocol);
        (int[] clips, PredictionSet set) = Figures.OutOfFold(row.Protocol, row.Target, row.Model);
        return new Table(
            $"{row.Model}, {row.Target}, {row.Protocol}: out-of-fold predictions",
            ["clip", "truth", "prediction"],
            [.. clips.Select((clip, i) => (IReadOnlyList<string>)
                [Figures.Record.Folds.Clips[clip], predicted.Format(set.Truth[i]), predicted.Format(set.Predicted[i])])]);
    }

    /// <summary>The pooled headline metric of every model with its interval, protocol beside protocol.</summary>
    /// <param name="target">Name of the target; none: the first.</param>
    /// <exception cref="UnknownNameException">The comparison has no such target.</exception>
    public Chart Comparison(string? target = null)
    {
        Target predicted = Find(null, target, null).Target;
        return ReportCharts.ByProtocol(Figures, predicted.Name, predicted.Scorer.Headline.Name);
    }

    /// <summary>The headline metric in every fold, one point each.</summary>
    /// <param name="target">Name of the target; none: the first.</param>
    /// <exception cref="UnknownNameException">The comparison has no such target.</exception>
    public Chart Folds(string? target = null)
    {
        Target predicted = Find(null, target, null).Target;
        return ReportCharts.FoldStrip(Figures, predicted.Name, predicted.Scorer.Headline.Name);
    }

    /// <summary>How often each class was taken for each: rows are the truth.</summary>
    /// <param name="model">Name of the model; none: the best.</param>
    /// <param name="protocol">Name of the protocol; none: the one that counts.</param>
    /// <exception cref="InvalidInputException">The comparison predicts ratings.</exception>
    public Chart ConfusionMatrix(string? model = null, string? protocol = null)
    {
        Target classes = Targets.FirstOrDefault(target => !target.IsRating)
            ?? throw new InvalidInputException("A confusion matrix is of classes, and this comparison predicts ratings.");
        ModelFigures row = Find(model, classes.Name, protocol).Row;
        PredictionSet set = Figures.OutOfFold(row.Protocol, row.Target, row.Model).Set;
        return ReportCharts.ConfusionMatrix(
            classes.Classes, Training.Metrics.ConfusionMatrix.Of(set.Truth, set.Predicted, classes.Classes.Count));
    }

    /// <summary>Prediction against truth, one point per clip.</summary>
    /// <param name="model">Name of the model; none: the best.</param>
    /// <param name="target">Name of a rating; none: the first target.</param>
    /// <param name="protocol">Name of the protocol; none: the one that counts.</param>
    /// <exception cref="UnknownNameException">The comparison has no such model, target or protocol.</exception>
    public Chart PredictedAgainstTrue(string? model = null, string? target = null, string? protocol = null)
    {
        ModelFigures row = Find(model, target, protocol).Row;
        return ReportCharts.PredictedAgainstTrue(Figures, row.Target, row.Model, row.Protocol);
    }

    /// <summary>Every clip on the valence-arousal plane, where it is and where a model puts it.</summary>
    /// <param name="model">Name of the model; none: the best.</param>
    /// <param name="protocol">Name of the protocol; none: the one that counts.</param>
    /// <exception cref="UnknownNameException">
    /// The comparison has no valence or no arousal, or no such model or protocol.
    /// </exception>
    public Chart Plane(string? model = null, string? protocol = null)
    {
        ModelFigures valence = Find(model, "valence", protocol).Row;
        ModelFigures arousal = Find(model, "arousal", protocol).Row;
        return ReportCharts.ValenceArousalPlane(
            Figures, (valence.Target, valence.Model), (arousal.Target, arousal.Model), valence.Protocol);
    }

    /// <summary>How far predictions are from truth, group by group.</summary>
    /// <param name="model">Name of the model; none: the best.</param>
    /// <param name="target">Name of a rating; none: the first target.</param>
    /// <param name="protocol">Name of the protocol; none: the one that counts.</param>
    /// <exception cref="UnknownNameException">The comparison has no such model, target or protocol.</exception>
    public Chart ResidualsByGroup(string? model = null, string? target = null, string? protocol = null)
    {
        ModelFigures row = Find(model, target, protocol).Row;
        return ReportCharts.ResidualsByGroup(Figures, row.Target, row.Model, row.Protocol);
    }

    /// <summary>What each protocol lets through, one sentence for every leak.</summary>
    public Table Leaks() => new(
        "What the protocols let through",
        ["protocol", "leak"],
        [.. Figures.Description.Protocols.SelectMany(protocol => protocol.Leaks.Select(leak => leak.Sentence)
            .DefaultIfEmpty("none found").Select(sentence => (IReadOnlyList<string>)[protocol.Name, sentence]))]);

    /// <summary>Paired tests between models on the same folds, under the protocol that counts, for the headline metric.</summary>
    /// <param name="target">Name of the target; none: the first.</param>
    /// <exception cref="UnknownNameException">The comparison has no such target.</exception>
    public Table Tests(string? target = null)
    {
        (Target predicted, ModelFigures row) = Find(null, target, null);
        Metric metric = predicted.Scorer.Headline;
        return new Table(
            $"{metric.Title} of {predicted.Name}, {row.Protocol}: corrected resampled t-test, p by Holm",
            ["first", "second", "difference", "p"],
            [.. Figures.Tests
                .Where(test => test.Protocol == row.Protocol && test.Target == row.Target && test.Metric == metric.Name)
                .Select(test => (IReadOnlyList<string>)
                    [test.First, test.Second, Number(test.Result.Difference), Number(test.HolmPValue)])]);
    }

    /// <summary>Fits a model on all clips, writes it as an ONNX file with its card and opens it.</summary>
    /// <param name="model">Name of the model; none: the best.</param>
    /// <param name="folder">The folder that gets <c>model.onnx</c> and <c>model-card.md</c>; made where it is missing.</param>
    /// <param name="waveform">Whether to write a file that takes samples beside it.</param>
    /// <exception cref="InvalidInputException">There is no such model, or it has no ONNX form.</exception>
    public EmotionModel Export(string? model = null, string folder = "model", bool waveform = false)
    {
        string name = Find(model, null, null).Row.Model;
        LearnerSpecification learner =
            experiment.Learners.FirstOrDefault(learner => learner.Name == name) ?? LearnerSpecification.Default(name);
        return EmotionModel.Load(
            ModelExport.Write(Outcome, learner, folder, waveform, surroundings.Catalogues.Learners)[0]);
    }

    /// <summary>The whole report, as one HTML file that needs nothing else.</summary>
    public string Report() => HtmlReport.Render(Figures);

    string INotebookView.ToMarkup() => ((INotebookView)Scores()).ToMarkup();

    /// <summary>The table of scores as text.</summary>
    public override string ToString() => Scores().ToString();

    private static string Text(MetricSummary summary) =>
        $"{Number(summary.Pooled)} [{Number(summary.Interval.Low)}, {Number(summary.Interval.High)}]";

    private static string Number(double value) => value.ToString("0.000", CultureInfo.InvariantCulture);

    private (Target Target, ModelFigures Row) Find(string? model, string? target, string? protocol)
    {
        string named = target ?? Targets[0].Name;
        string judged = protocol ?? Figures.HeadlineProtocol.Name;
        string learner = model ?? Best;
        Require("target", named, Targets.Select(t => t.Name));
        Require("protocol", judged, Figures.Description.Protocols.Select(p => p.Name));
        Require("model", learner, Figures.Description.Models);
        return (Figures.Description.TargetOf(named), Figures.Find(judged, named, learner)!);
    }

    private static void Require(string kind, string name, IEnumerable<string> known)
    {
        if (!known.Contains(name))
        {
            throw NearestName.Unknown($"{kind} of this comparison called", name, known);
        }
    }
}
