using SerLab.Cli.Hosting;
using SerLab.Core;
using SerLab.Evaluation.Running;
using SerLab.Onnx;
using SerLab.Training.Baselines;
using SerLab.Training.Catalogue;
using SerLab.Training.Learners;
using Xunit;

namespace SerLab.Cli.Tests;

/// <summary>What becomes of a run whose model cannot be handed to apps.</summary>
public sealed class ExportTests : IDisposable
{
    private static readonly Workbench WithFormless = new()
    {
        Catalogues = Catalogues.BuiltIn with
        {
            Learners = LearnerCatalogue.BuiltIn with
            {
                Learners = LearnerCatalogue.BuiltIn.Learners.With(LearnerDefinition.OfRatings<NoOptions>(
                    "formless", "A mean that no file can hold.", ScalerCatalogue.None, _ => new Formless())),
            },
        },
    };

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_best_model_without_a_form_is_a_warning_even_to_scripts_and_the_run_is_whole()
    {
        CommandResult trained = await TrainAsync("--quiet");
        CommandResult verified = await CommandLine.RunAsync("verify", folder.At("runs/last"));

        Assert.Equal((ExitCode.Success, ExitCode.Success), (trained.ExitCode, verified.ExitCode));
        Assert.Contains(
            "warning: No model is exported, but the run is complete. A mean has no form here. --export NAME",
            trained.Error,
            StringComparison.Ordinal);
        Assert.Contains("formless", trained.Output, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(folder.At("runs/last"), "model*"));
    }

    [Fact]
    public async Task A_model_that_was_asked_for_and_has_no_form_is_an_error_after_the_figures()
    {
        CommandResult trained = await TrainAsync("--export", "formless");

        Assert.Equal(ExitCode.Failed, trained.ExitCode);
        Assert.Contains("error: A mean has no form here.", trained.Error, StringComparison.Ordinal);
        Assert.Contains("formless", trained.Output, StringComparison.Ordinal);
    }

    private Task<CommandResult> TrainAsync(params string[] more) => CommandLine.RunAsync(
        WithFormless,
        [
            "train", "--dataset", TinyCorpus.Write(folder), "--models", "formless", "--kfold", "3", "--out", folder.At("runs"),
            .. more,
        ]);

    private sealed class Formless : ILearner
    {
        public string Name => "formless";

        public IModel Fit(TrainingSet set, int seed, CancellationToken cancellationToken = default) =>
            new FormlessModel(new MeanLearner().Fit(set, seed, cancellationToken));
    }

    private sealed class FormlessModel(IModel mean) : IModel
    {
        public ExampleShape Input => mean.Input;

        public int ClassCount => mean.ClassCount;

        public Predictions Predict(Examples examples) => mean.Predict(examples);

        public OnnxPredictions AddTo(OnnxGraph graph, OnnxValue input) =>
            throw new InvalidInputException("A mean has no form here.");
    }
}
