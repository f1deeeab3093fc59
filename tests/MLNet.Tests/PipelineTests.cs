using Microsoft.ML;
using Microsoft.ML.Data;
using SerLab.MLNet.Data;
using SerLab.MLNet.Trainers;
using Xunit;
using static SerLab.MLNet.Tests.TestTables;

namespace SerLab.MLNet.Tests;

/// <summary>SerLab's trainers among ML.NET's steps: pipelines, prediction engines, cross-validation.</summary>
public class PipelineTests
{
    [Fact]
    public void It_fits_in_a_pipeline_with_transforms_of_MLNet_and_predicts_single_rows()
    {
        MLContext context = new(0);
        IEstimator<ITransformer> pipeline = context.Transforms.NormalizeMeanVariance("Features")
            .Append(context.Regression.Trainers.RbfSvr());

        ITransformer model = pipeline.Fit(Rated(Rows));
        float[] together = [.. Scores(model.Transform(Rated(NewRows)))];

        Assert.Equal([together[3], together[1]], Scores(model.Transform(Rated(NewRows.Select([3, 1])))));
    }

    [Fact]
    public void A_prediction_needs_no_label()
    {
        ITransformer model = new MLContext().Regression.Trainers.RbfSvr().Fit(Rated(Rows));

        Assert.Equal(NewRows.Rows, Scores(model.Transform(Unlabelled())).Length);
    }

    [Fact]
    public void A_prediction_engine_answers_single_rows_with_all_columns()
    {
        MLContext context = new();
        ITransformer model = context.MulticlassClassification.Trainers.LogisticRegression()
            .Append(context.Transforms.Conversion.MapKeyToValue("PredictedLabel")).Fit(Classed(Rows));
        IDataView together = model.Transform(Classed(NewRows));
        string[] labels =
        [
            .. ColumnReader.Values<ReadOnlyMemory<char>>(together, together.Schema["PredictedLabel"])
                .Select(text => text.ToString()),
        ];
        using PredictionEngine<SixFeatures, Answer> engine =
            context.Model.CreatePredictionEngine<SixFeatures, Answer>(model, Unlabelled().Schema);

        for (int row = 0; row < NewRows.Rows; row++)
        {
            Answer answer = engine.Predict(new SixFeatures { Features = NewRows.Row(row).ToArray() });

            Assert.Equal(labels[row], answer.PredictedLabel);
            Assert.Equal(ColumnReader.Vectors(together, "Score").Row(row).ToArray(), answer.Score);
        }
    }

    [Fact]
    public void Engines_of_one_model_answer_on_many_threads()
    {
        MLContext context = new(seed: 1);
        ITransformer model = context.Transforms.NormalizeMeanVariance("Features", fixZero: false)
            .Append(context.MulticlassClassification.Trainers.RandomForest(trees: 9)).Fit(Classed(Rows));
        float[] expected = Probabilities(model.Transform(Classed(NewRows)));
        float[][] answers = new float[20 * NewRows.Rows][];

        // As a pool of engines does: each is used by one thread at a time, all share the model.
        Parallel.For(
            0,
            answers.Length,
            new ParallelOptions { MaxDegreeOfParallelism = 8 },
            () => context.Model.CreatePredictionEngine<SixFeatures, Probable>(model, Unlabelled().Schema),
            (i, _, engine) =>
            {
                answers[i] = engine.Predict(new SixFeatures { Features = NewRows.Row(i % NewRows.Rows).ToArray() }).Score;
                return engine;
            },
            engine => engine.Dispose());

        Assert.Equal(Enumerable.Repeat(expected, 20).SelectMany(score => score), answers.SelectMany(score => score));
    }

    [Fact]
    public void A_model_of_one_context_answers_in_another()
    {
        ITransformer scaler = new MLContext(seed: 1).Transforms.NormalizeMeanVariance("Features").Fit(Rated(Rows));
        MLContext other = new(seed: 2);
        LearnerTransformer model = other.Regression.Trainers.RandomForest(trees: 9).Fit(scaler.Transform(Rated(Rows)));

        Assert.Equal(
            Scores(model.Transform(scaler.Transform(Rated(NewRows)))),
            Scores(scaler.Append(model).Transform(Rated(NewRows))));
    }

    private sealed class SixFeatures
    {
        [VectorType(6)]
        public float[] Features { get; set; } = [];
    }

    private sealed class Answer
    {
        public string PredictedLabel { get; set; } = "";

        public float[] Score { get; set; } = [];
    }

    private sealed class Probable
    {
        public float[] Score { get; set; } = [];
    }
}
