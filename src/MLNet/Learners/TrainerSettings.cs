using System.Reflection;
using Microsoft.ML;
using Microsoft.ML.Trainers;
using Microsoft.ML.Trainers.FastTree;
using SerLab.Core;

namespace SerLab.MLNet.Learners;

/// <summary>
/// Hands settings to trainers of ML.NET. Its options of one family have the same fields but no type in common, so a setting goes
/// to the field that its <see cref="TrainerFieldAttribute"/> names.
/// </summary>
internal static class TrainerSettings
{
    /// <summary>Checks settings and says how a trainer with them is made from a context and a seed, for one thread.</summary>
    /// <typeparam name="TSettings">The settings.</typeparam>
    /// <typeparam name="TOptions">The trainer's own options.</typeparam>
    /// <param name="settings">The settings; none: the defaults. Where one is null, ML.NET's own default holds.</param>
    /// <param name="create">Makes the trainer from its own options.</param>
    /// <exception cref="ArgumentOutOfRangeException">A setting is out of range.</exception>
    public static Func<MLContext, int, IEstimator<ITransformer>> For<TSettings, TOptions>(
        TSettings? settings, Func<MLContext, TOptions, IEstimator<ITransformer>> create)
        where TSettings : class, new()
        where TOptions : TrainerInputBase, new()
    {
        TSettings given = OptionsValidation.Check(settings ?? new TSettings());
        return (context, seed) => create(context, Options<TOptions>(given, seed));
    }

    private static TOptions Options<TOptions>(object settings, int seed)
        where TOptions : TrainerInputBase, new()
    {
        TOptions options = new();
        Set(nameof(TreeOptions.NumberOfThreads), 1);
        foreach (PropertyInfo setting in settings.GetType().GetProperties())
        {
            Set(setting.GetCustomAttribute<TrainerFieldAttribute>()!.Name, setting.GetValue(settings));
        }

        // Trainers that draw nothing have no seed.
        SetWhereKnown(nameof(TreeOptions.Seed), seed);
        SetWhereKnown(nameof(TreeOptions.FeatureSelectionSeed), seed);
        return options;

        void SetWhereKnown(string name, object value)
        {
            if (typeof(TOptions).GetField(name) is not null)
            {
                Set(name, value);
            }
        }

        void Set(string name, object? value)
        {
            FieldInfo field = typeof(TOptions).GetField(name)
                ?? throw new MissingFieldException(typeof(TOptions).FullName, name);
            if (value is not null)
            {
                Type type = Nullable.GetUnderlyingType(field.FieldType) ?? field.FieldType;
                field.SetValue(options, Convert.ChangeType(value, type, provider: null));
            }
        }
    }
}
