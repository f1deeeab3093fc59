using Microsoft.ML;
using Microsoft.ML.Data;
using SerLab.Core;
using SerLab.MLNet.Data;
using SerLab.Training.Learners;

namespace SerLab.MLNet.Trainers;

/// <summary>Fitted models of SerLab as transformers of ML.NET that score row by row.</summary>
internal static class ModelMapping
{
    /// <summary>Adds Score; for classes also PredictedLabel.</summary>
    /// <param name="context">Makes the mapping.</param>
    /// <param name="featureColumn">The column of features.</param>
    /// <param name="featureCount">How many there are.</param>
    /// <param name="model">The model.</param>
    /// <param name="classNames">What the keys stand for, or none.</param>
    public static ITransformer Create(
        MLContext context, string featureColumn, int featureCount, IModel model, IReadOnlyList<string>? classNames)
    {
        SchemaDefinition input = SchemaDefinition.Create(typeof(FeatureRow), SchemaDefinition.Direction.Read);
        input[nameof(FeatureRow.Features)].ColumnType = new VectorDataViewType(NumberDataViewType.Single, featureCount);
        input[nameof(FeatureRow.Features)].ColumnName = featureColumn;
        IEstimator<ITransformer> mapping = model.ClassCount == 0
            ? context.Transforms.CustomMapping<FeatureRow, RatingRow>(
                (row, answer) => answer.Score = (float)model.Predict(row.Matrix()).Values[0], contractName: null, input)
            : context.Transforms.CustomMapping<FeatureRow, ClassRow>(
                (row, answer) => answer.Take(model.Predict(row.Matrix())),
                contractName: null,
                input,
                Classes(model.ClassCount, classNames));
        return mapping.Fit(new TableView(0, TableColumn.Vectors(featureColumn, new FeatureMatrix([], 0, featureCount))));
    }

    private static SchemaDefinition Classes(int count, IReadOnlyList<string>? classNames)
    {
        SchemaDefinition output = SchemaDefinition.Create(typeof(ClassRow), SchemaDefinition.Direction.Write);
        output[ColumnNames.Score].ColumnType = new VectorDataViewType(NumberDataViewType.Single, count);
        output[ColumnNames.PredictedLabel].ColumnType = new KeyDataViewType(typeof(uint), count);
        if (classNames is not null)
        {
            VectorDataViewType names = new(TextDataViewType.Instance, classNames.Count);
            output[ColumnNames.Score].AddAnnotation(ColumnNames.SlotNames, ColumnNames.Texts(classNames), names);
            output[ColumnNames.PredictedLabel].AddAnnotation(ColumnNames.KeyValues, ColumnNames.Texts(classNames), names);
        }

        return output;
    }

    /// <summary>What a model is given.</summary>
    private sealed class FeatureRow
    {
        public VBuffer<float> Features { get; set; }

        public FeatureMatrix Matrix() => new([.. Features.DenseValues()], 1, Features.Length);
    }

    /// <summary>What a model of ratings answers.</summary>
    private sealed class RatingRow
    {
        public float Score { get; set; }
    }

    /// <summary>What a model of classes answers.</summary>
    private sealed class ClassRow
    {
        public float[] Score { get; set; } = [];

        /// <summary>From 0: ML.NET counts the keys of typed rows from 0, and makes keys from 1 of them.</summary>
        public uint PredictedLabel { get; set; }

        public void Take(Predictions predictions)
        {
            Score = Array.ConvertAll(predictions.Probabilities, probability => (float)probability);
            PredictedLabel = (uint)predictions.Values[0];
        }
    }
}
