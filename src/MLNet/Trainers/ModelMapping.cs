using Microsoft.ML;
using Microsoft.ML.Data;
using SerLab.Core;
using SerLab.MLNet.Data;
using SerLab.Training.Learners;

namespace SerLab.MLNet.Trainers;

/// <summary>Fitted models of SerLab as transformers of ML.NET that score row by row.</summary>
internal static class ModelMapping
{
    /// <summary>Adds Score.</summary>
    public static ITransformer Regression(MLContext context, string featureColumn, IRegressionModel model) => Fit(
        context,
        context.Transforms.CustomMapping<FeatureRow, RatingRow>(
            (row, rating) => rating.Score = (float)model.Predict(row.Matrix())[0],
            contractName: null,
            inputSchemaDefinition: Input(featureColumn, model.FeatureCount)),
        featureColumn,
        model.FeatureCount);

    /// <summary>Adds Score and PredictedLabel.</summary>
    /// <param name="context">Makes the mapping.</param>
    /// <param name="featureColumn">The column of features.</param>
    /// <param name="model">The model.</param>
    /// <param name="classNames">What the keys stand for, or none.</param>
    public static ITransformer Classification(
        MLContext context, string featureColumn, IClassificationModel model, IReadOnlyList<string>? classNames)
    {
        SchemaDefinition output = SchemaDefinition.Create(typeof(ClassRow), SchemaDefinition.Direction.Write);
        output[ColumnNames.Score].ColumnType = new VectorDataViewType(NumberDataViewType.Single, model.ClassCount);
        output[ColumnNames.PredictedLabel].ColumnType = new KeyDataViewType(typeof(uint), model.ClassCount);
        if (classNames is not null)
        {
            VectorDataViewType names = new(TextDataViewType.Instance, classNames.Count);
            output[ColumnNames.Score].AddAnnotation(ColumnNames.SlotNames, ColumnNames.Texts(classNames), names);
            output[ColumnNames.PredictedLabel].AddAnnotation(ColumnNames.KeyValues, ColumnNames.Texts(classNames), names);
        }

        return Fit(
            context,
            context.Transforms.CustomMapping<FeatureRow, ClassRow>(
                (row, answer) =>
                {
                    FeatureMatrix features = row.Matrix();
                    answer.Score = Array.ConvertAll(model.PredictProbabilities(features), probability => (float)probability);
                    answer.PredictedLabel = (uint)model.PredictLabels(features)[0];
                },
                contractName: null,
                Input(featureColumn, model.FeatureCount),
                output),
            featureColumn,
            model.FeatureCount);
    }

    private static ITransformer Fit(MLContext context, IEstimator<ITransformer> mapping, string featureColumn, int featureCount)
    {
        FeatureMatrix none = new([], 0, featureCount);
        return mapping.Fit(new TableView(0, TableColumn.Vectors(featureColumn, none)));
    }

    private static SchemaDefinition Input(string featureColumn, int featureCount)
    {
        SchemaDefinition input = SchemaDefinition.Create(typeof(FeatureRow), SchemaDefinition.Direction.Read);
        input[nameof(FeatureRow.Features)].ColumnType = new VectorDataViewType(NumberDataViewType.Single, featureCount);
        input[nameof(FeatureRow.Features)].ColumnName = featureColumn;
        return input;
    }

    /// <summary>What a model is given.</summary>
    private sealed class FeatureRow
    {
        public VBuffer<float> Features { get; set; }

        public FeatureMatrix Matrix() => new([.. Features.DenseValues()], 1, Features.Length);
    }

    /// <summary>What a regression model answers.</summary>
    private sealed class RatingRow
    {
        public float Score { get; set; }
    }

    /// <summary>What a classification model answers.</summary>
    private sealed class ClassRow
    {
        public float[] Score { get; set; } = [];

        /// <summary>From 0: ML.NET counts the keys of typed rows from 0, and makes keys from 1 of them.</summary>
        public uint PredictedLabel { get; set; }
    }
}
