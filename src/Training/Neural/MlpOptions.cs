using System.Reflection;
using SerLab.Core;

namespace SerLab.Training.Neural;

/// <summary>
/// What the recipes for a multilayer perceptron share; see <see cref="KerasMlpOptions"/> and <see cref="ScikitLearnMlpOptions"/>.
/// </summary>
public abstract record MlpOptions
{
    private const int MostUnits = 100_000;

    /// <summary>Units of the hidden layers from input to output, each 1 to 100,000; none makes a linear model.</summary>
    public abstract IReadOnlyList<int> HiddenUnits { get; init; }

    /// <summary>Activation of the hidden layers, any but softmax; default rectified linear.</summary>
    public Activation Activation { get; init; } = Activation.Relu;

    /// <summary>The loss of a regression.</summary>
    internal abstract Loss RegressionLoss { get; }

    /// <summary>How to train on a number of rows.</summary>
    internal abstract TrainingRecipe Recipe(Loss loss, int rows);

    /// <summary>Returns the options if all are in range.</summary>
    /// <exception cref="ArgumentOutOfRangeException">One is not; the message names it.</exception>
    internal MlpOptions Checked()
    {
        OptionsValidation.Check(this);
        foreach (int units in HiddenUnits)
        {
            if (units is < 1 or > MostUnits)
            {
                throw new ArgumentOutOfRangeException(
                    nameof(HiddenUnits), units, $"A hidden layer has {units} units; expected 1 to {MostUnits}.");
            }
        }

        foreach (PropertyInfo property in GetType().GetProperties().Where(property => property.PropertyType.IsEnum))
        {
            object value = property.GetValue(this)!;
            if (!Enum.IsDefined(property.PropertyType, value) || value is Activation.Softmax)
            {
                throw new ArgumentOutOfRangeException(property.Name, value, $"{property.Name} cannot be {value}.");
            }
        }

        return this;
    }
}
