using Microsoft.ML;
using Microsoft.ML.Data;
using SerLab.Core;
using SerLab.MLNet.Data;
using SerLab.Training.Learners;

namespace SerLab.MLNet.Trainers;

/// <summary>Adds a model's answers to rows of features: Score; for classes also PredictedLabel.</summary>
internal sealed class ScoringStep(IModel model, string featureColumn, IReadOnlyList<string>? classNames)
    : ColumnStep<VBuffer<float>, float[]>(featureColumn, Columns(model, classNames, new Predictions([], [])))
{
    /// <summary>The type that the column of features must have.</summary>
    public VectorDataViewType FeatureType { get; } = new(NumberDataViewType.Single, model.Input.Size ?? 0);

    /// <inheritdoc/>
    protected override void Require(DataViewSchema.Column column)
    {
        if (column.Type is not VectorDataViewType vector
            || vector.ItemType != FeatureType.ItemType || vector.Size != FeatureType.Size)
        {
            throw ColumnReader.Wrong(column, $"{FeatureType}, as the model was fitted on");
        }
    }

    /// <inheritdoc/>
    protected override float[] Keep(VBuffer<float> cell) => [.. cell.DenseValues()];

    /// <inheritdoc/>
    protected override IReadOnlyList<TableColumn> Answer(IReadOnlyList<float[]> cells, long first)
    {
        for (int i = 0; i < cells.Count; i++)
        {
            ColumnReader.RequireLength(cells[i].Length, FeatureType.Size, first + i, Input);
            if (Array.FindIndex(cells[i], value => !float.IsFinite(value)) is var bad and >= 0)
            {
                throw new InvalidInputException(
                    $"Row {first + i}, feature {bad} is {cells[i][bad]}; a model needs finite numbers.");
            }
        }

        return Columns(model, classNames, model.Predict(FeatureMatrix.FromRows(cells, FeatureType.Size)));
    }

    private static TableColumn[] Columns(IModel model, IReadOnlyList<string>? classNames, Predictions predictions)
    {
        int classes = model.ClassCount;
        if (classes == 0)
        {
            return [TableColumn.Numbers(ColumnNames.Score, Floats(predictions.Values))];
        }

        FeatureMatrix probabilities = new(Floats(predictions.Probabilities), predictions.Count, classes);
        return
        [
            TableColumn.Keys(ColumnNames.PredictedLabel, predictions.Labels, classes, classNames),
            TableColumn.Vectors(ColumnNames.Score, probabilities, classNames),
        ];
    }

    private static float[] Floats(double[] values) => Array.ConvertAll(values, value => (float)value);
}
