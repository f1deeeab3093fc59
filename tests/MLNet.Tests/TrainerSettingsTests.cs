using System.Reflection;
using Microsoft.ML;
using Microsoft.ML.Trainers;
using Microsoft.ML.Trainers.FastTree;
using Microsoft.ML.Trainers.LightGbm;
using SerLab.Core;
using SerLab.MLNet.Learners;
using Xunit;

namespace SerLab.MLNet.Tests;

/// <summary>Settings on their way to ML.NET's trainers, and what is said where one cannot run.</summary>
public class TrainerSettingsTests
{
    private static readonly (Type Settings, Type Options)[] Trainers =
    [
        (typeof(FastTreeOptions), typeof(FastTreeRegressionTrainer.Options)),
        (typeof(FastTreeOptions), typeof(FastTreeBinaryTrainer.Options)),
        (typeof(FastTreeTweedieOptions), typeof(FastTreeTweedieTrainer.Options)),
        (typeof(FastForestOptions), typeof(FastForestRegressionTrainer.Options)),
        (typeof(LightGbmOptions), typeof(LightGbmRegressionTrainer.Options)),
        (typeof(LightGbmOptions), typeof(LightGbmMulticlassTrainer.Options)),
        (typeof(SdcaOptions), typeof(SdcaRegressionTrainer.Options)),
        (typeof(SdcaOptions), typeof(SdcaMaximumEntropyMulticlassTrainer.Options)),
        (typeof(LbfgsOptions), typeof(LbfgsPoissonRegressionTrainer.Options)),
        (typeof(LbfgsOptions), typeof(LbfgsMaximumEntropyMulticlassTrainer.Options)),
        (typeof(GamOptions), typeof(GamRegressionTrainer.Options)),
    ];

    [Fact]
    public void Defaults_are_MLNets_but_where_the_documentation_says_otherwise() => Assert.Equal(
        [
            "FastForestOptions.FeatureShare is 1, FeatureFraction 0.7",
            "SdcaOptions.Tolerance is 0.1, ConvergenceTolerance 0.01",
            "GamOptions.Bins is 254, MaximumBinCountPerFeature 255",
        ],
        from trainer in Trainers
        let settings = Activator.CreateInstance(trainer.Settings)
        let options = Activator.CreateInstance(trainer.Options)
        from setting in trainer.Settings.GetProperties()
        let field = setting.GetCustomAttribute<TrainerFieldAttribute>()!.Name
        let ours = FormattableString.Invariant($"{setting.GetValue(settings)}")
        let theirs = FormattableString.Invariant($"{trainer.Options.GetField(field)!.GetValue(options)}")
        where ours != theirs
        select $"{trainer.Settings.Name}.{setting.Name} is {ours}, {field} {theirs}");

    [Fact]
    public void A_trainer_is_made_with_the_settings_on_one_thread_and_with_the_seed()
    {
        FastForestRegressionTrainer.Options? made = null;
        FastForestOptions settings = new() { Trees = 3, Leaves = 4, MinimumRowsPerLeaf = 5, FeatureShare = 0.25 };

        TrainerSettings.For(settings, (MLContext ml, FastForestRegressionTrainer.Options own) =>
        {
            made = own;
            return ml.Regression.Trainers.FastForest(own);
        })(new MLContext(), 9);

        Assert.Equal(
            (3, 4, 5, 0.25, 1, 9, 9),
            (made!.NumberOfTrees, made.NumberOfLeaves, made.MinimumExampleCountPerLeaf, made.FeatureFraction,
                made.NumberOfThreads, made.Seed, made.FeatureSelectionSeed));
    }

    [Theory]
    [InlineData(
        "libgomp.so.1: cannot open shared object file: No such file or directory\n",
        "needs libgomp.so.1, which is not installed here; on Debian and Ubuntu 'apt-get install libgomp1' brings it.")]
    [InlineData("libm.so.6: cannot open shared object file: No such file\n", "needs libm.so.6, which is not installed here.")]
    [InlineData(
        "", "needs a native library that cannot be had here: Unable to load shared library 'lib_x' or one of its dependencies.")]
    public void A_missing_library_is_named(string line, string expected)
    {
        string message = "Unable to load shared library 'lib_x' or one of its dependencies. In order to help diagnose, use "
            + $"strace: \n{line}/app/lib_x.so: cannot open shared object file: No such file or directory\n";

        InvalidInputException error = Assert.Throws<InvalidInputException>(
            () => TrainerRun.Fit("lightgbm", () => throw new DllNotFoundException(message)));

        Assert.Equal($"ML.NET's trainer 'lightgbm' {expected}", error.Message);
    }
}
