using SerLab.Architecture.Tests.Compiled;
using Xunit;

namespace SerLab.Architecture.Tests;

/// <summary>What is public is meant for others, and named once.</summary>
public class PublicTypeTests
{
    /// <summary>Public types that no other project names, by why they are public.</summary>
    private static readonly Dictionary<string, string[]> ForOthers = new()
    {
        ["the front door of the library"] =
        [
            "SerLab.Lab",
        ],
        ["corpora of one's own"] =
        [
            "SerLab.Datasets.Corpora.DescribedCorpus",
            "SerLab.Datasets.Corpora.IdenticalAudio",
        ],
        ["reading run folders, and naming what is built in"] =
        [
            "SerLab.Evaluation.Experiments.SeriesFolder",
            "SerLab.Evaluation.Protocols.ProtocolCatalogue",
            "SerLab.Evaluation.Records.RunFiles",
        ],
        ["running a plan, or a part of it, from another program"] =
        [
            "SerLab.Evaluation.Running.FoldOutcome",
            "SerLab.Evaluation.Running.RunInputs",
            "SerLab.Evaluation.Running.RunMerge",
            "SerLab.Evaluation.Running.RunPlanner",
            "SerLab.Evaluation.Running.RunWorker",
            "SerLab.Evaluation.Running.Runner",
        ],
        ["statistics by themselves"] =
        [
            "SerLab.Evaluation.Statistics.CorrectedResampledTTest",
            "SerLab.Evaluation.Statistics.Holm",
            "SerLab.Evaluation.Statistics.McNemar",
        ],
        ["reading sound and making feature sets of one's own"] =
        [
            "SerLab.Features.FeatureSets.CombinedFeatureSet",
            "SerLab.Features.FeatureSets.FixedRateFeatureSet",
            "SerLab.Features.FeatureSets.LibrosaFeatureSet",
            "SerLab.Features.FeatureSets.LibrosaOptions",
            "SerLab.Features.FeatureSets.LogMelFeatureSet",
            "SerLab.Features.FeatureSets.LogMelOptions",
            "SerLab.Features.FeatureSets.Logarithm",
            "SerLab.Features.FeatureSets.MeydaFrames",
            "SerLab.Features.FeatureSets.SoundWindow",
            "SerLab.Features.FeatureSets.WindowedFeatureSet",
        ],
        ["the cells of notebooks"] =
        [
            "SerLab.Notebooks.HtmlContent",
            "SerLab.Notebooks.NotebookGlobals",
        ],
        ["charts and texts of one's own reports"] =
        [
            "SerLab.Reports.Charts.BarSeries",
            "SerLab.Reports.Charts.HeatmapSeries",
            "SerLab.Reports.Charts.IntervalSeries",
            "SerLab.Reports.Charts.LineSeries",
            "SerLab.Reports.Charts.PlotlyFigure",
            "SerLab.Reports.Charts.PointSeries",
            "SerLab.Reports.Charts.RasterSeries",
            "SerLab.Reports.Charts.SignalCharts",
        ],
        ["what a learner of one's own is made with"] =
        [
            "SerLab.Training.Baselines.ConstantModel",
            "SerLab.Training.Catalogue.NoOptions",
            "SerLab.Training.Catalogue.ResamplerCatalogue",
            "SerLab.Training.Catalogue.ScalerCatalogue",
            "SerLab.Training.Folds.InnerFolds",
            "SerLab.Training.Learners.ClassWeights",
            "SerLab.Training.Learners.TrainingInput",
            "SerLab.Training.Pipelines.PipelineModel",
            "SerLab.Training.Preprocessing.AffineTransform",
            "SerLab.Training.Preprocessing.PartSelector",
            "SerLab.Training.Preprocessing.PowerScaler",
        ],
        ["learners and their options, to be made in code"] =
        [
            "SerLab.Training.Baselines.MajorityLearner",
            "SerLab.Training.Baselines.MeanLearner",
            "SerLab.Training.Baselines.StratifiedRandomLearner",
            "SerLab.Training.Ensembles.AverageLearner",
            "SerLab.Training.Ensembles.AverageOfClassesOptions",
            "SerLab.Training.Ensembles.AverageOfRatingsOptions",
            "SerLab.Training.Ensembles.AverageOptions",
            "SerLab.Training.Ensembles.StackingLearner",
            "SerLab.Training.Ensembles.StackingOfClassesOptions",
            "SerLab.Training.Ensembles.StackingOfRatingsOptions",
            "SerLab.Training.Ensembles.StackingOptions",
            "SerLab.Training.Linear.LinearModel",
            "SerLab.Training.Linear.LogisticRegressionLearner",
            "SerLab.Training.Linear.LogisticRegressionOptions",
            "SerLab.Training.Linear.RidgeLearner",
            "SerLab.Training.Linear.RidgeOptions",
            "SerLab.Training.Neighbours.NearestNeighboursLearner",
            "SerLab.Training.Neighbours.NearestNeighboursOptions",
            "SerLab.Training.Neighbours.NeighbourWeights",
            "SerLab.Training.Neural.KerasMlpOptions",
            "SerLab.Training.Neural.LearningRateSchedule",
            "SerLab.Training.Neural.MlpLearner",
            "SerLab.Training.Neural.MlpOptions",
            "SerLab.Training.Neural.MlpSolver",
            "SerLab.Training.Neural.ScikitLearnMlpOptions",
            "SerLab.Training.Resampling.RandomOversampling",
            "SerLab.Training.Resampling.RandomUndersampling",
            "SerLab.Training.Resampling.Smote",
            "SerLab.Training.Resampling.SmoteOptions",
            "SerLab.Training.Svm.Gamma",
            "SerLab.Training.Svm.Kernels.KernelKind",
            "SerLab.Training.Svm.SvcLearner",
            "SerLab.Training.Svm.SvcOptions",
            "SerLab.Training.Svm.SvmOptions",
            "SerLab.Training.Svm.SvrLearner",
            "SerLab.Training.Svm.SvrOptions",
            "SerLab.Training.Trees.DecisionTreeLearner",
            "SerLab.Training.Trees.DecisionTreeOptions",
            "SerLab.Training.Trees.GradientBoostingLearner",
            "SerLab.Training.Trees.GradientBoostingOptions",
            "SerLab.Training.Trees.RandomForestLearner",
            "SerLab.Training.Trees.RandomForestOptions",
        ],
        ["networks as lists of layers, to be made in code"] =
        [
            "SerLab.Training.Neural.Augmentation.AugmentationList",
            "SerLab.Training.Neural.Deep.DeepNetworkLearner",
            "SerLab.Training.Neural.RandomKernels.RandomKernelLearner",
            "SerLab.Training.Neural.RandomKernels.RandomKernelOptions",
            "SerLab.Training.Neural.Deep.DeepNetworkModel",
            "SerLab.Training.Neural.Deep.DeepNetworkOptions",
            "SerLab.Training.Neural.Deep.RateCourse",
            "SerLab.Training.Neural.Deep.WeightMover",
            "SerLab.Training.Neural.Layers.AsImage",
            "SerLab.Training.Neural.Layers.AsSeries",
            "SerLab.Training.Neural.Layers.AsShape",
            "SerLab.Training.Neural.Layers.AttentionPooling",
            "SerLab.Training.Neural.Layers.BatchNormalisation",
            "SerLab.Training.Neural.Layers.Branches",
            "SerLab.Training.Neural.Layers.Convolution",
            "SerLab.Training.Neural.Layers.Crop",
            "SerLab.Training.Neural.Layers.Dense",
            "SerLab.Training.Neural.Layers.DropoutLayer",
            "SerLab.Training.Neural.Layers.Elu",
            "SerLab.Training.Neural.Layers.Extent",
            "SerLab.Training.Neural.Layers.Flatten",
            "SerLab.Training.Neural.Layers.GaussianSampling",
            "SerLab.Training.Neural.Layers.Gelu",
            "SerLab.Training.Neural.Layers.GridShape",
            "SerLab.Training.Neural.Layers.GroupNormalisation",
            "SerLab.Training.Neural.Layers.Gru",
            "SerLab.Training.Neural.Layers.HardSigmoid",
            "SerLab.Training.Neural.Layers.Joining",
            "SerLab.Training.Neural.Layers.Layer",
            "SerLab.Training.Neural.Layers.LayerList",
            "SerLab.Training.Neural.Layers.LayerNormalisation",
            "SerLab.Training.Neural.Layers.LeakyRelu",
            "SerLab.Training.Neural.Layers.Lstm",
            "SerLab.Training.Neural.Layers.Padding",
            "SerLab.Training.Neural.Layers.Pointwise",
            "SerLab.Training.Neural.Layers.Pooling",
            "SerLab.Training.Neural.Layers.PoolingKind",
            "SerLab.Training.Neural.Layers.Recurrent",
            "SerLab.Training.Neural.Layers.Relu",
            "SerLab.Training.Neural.Layers.Reshape",
            "SerLab.Training.Neural.Layers.SelfAttention",
            "SerLab.Training.Neural.Layers.Sigmoid",
            "SerLab.Training.Neural.Layers.Silu",
            "SerLab.Training.Neural.Layers.Softmax",
            "SerLab.Training.Neural.Layers.Softplus",
            "SerLab.Training.Neural.Layers.StatisticsPooling",
            "SerLab.Training.Neural.Layers.Tanh",
            "SerLab.Training.Neural.Layers.TransposedConvolution",
            "SerLab.Training.Neural.Layers.UpSampling",
            "SerLab.Training.Neural.Networks.Network",
        ],
        ["metrics and folds by themselves"] =
        [
            "SerLab.Training.Metrics.ClassificationScorer",
            "SerLab.Training.Metrics.ProbabilityMetrics",
            "SerLab.Training.Metrics.RegressionScorer",
            "SerLab.Training.Splitting.ShuffleSplit",
        ],
    };

    [Fact]
    public void No_two_types_have_one_name() =>
        Findings.AssertNone(PublicTypes.NamedTwice(House.Assemblies), "These names stand for several types; give each its own.");

    [Fact]
    public void A_type_that_nobody_else_names_is_internal_or_says_whom_it_is_for()
    {
        string[] listed = [.. ForOthers.Values.SelectMany(names => names)];
        string[] found = [.. PublicTypes.NamedByNobodyElse(House.Assemblies).Select(name => name.ToString())];

        Findings.AssertNone(
            found.Except(listed),
            "No other project names these public types: make them internal, or list them here with whom they are for.");
        Findings.AssertNone(
            listed.Except(found), "These are listed but are not public, or others name them: take them off the list.");
    }

    [Fact]
    public void Given_two_types_of_one_name_then_both_are_told()
    {
        CompiledAssembly first = Snippet.Read(Snippet.Compile("first", "namespace A { public class Same { } class Other { } }"));
        CompiledAssembly second = Snippet.Read(Snippet.Compile("second", "namespace B { class Same { } }"));

        Assert.Equal(["Same: A.Same, B.Same"], PublicTypes.NamedTwice([first, second]));
    }

    [Fact]
    public void Given_a_public_type_for_nobody_then_it_is_told_but_not_what_others_name_or_see()
    {
        byte[] library = Snippet.Compile("library", """
            public class Named { public Seen? Seen => null; }
            public class Seen { public SeenFurther? Further => null; }
            public class SeenFurther { }
            public class Nobody { public NobodyEither? Either => null; }
            public class NobodyEither { }
            class Internal { }
            """);
        byte[] user = Snippet.Compile("user", "class User { object M() => new Named(); }", library);

        Assert.Equal(
            ["Nobody", "NobodyEither"],
            PublicTypes.NamedByNobodyElse([Snippet.Read(library), Snippet.Read(user)]).Select(name => name.ToString()));
    }
}
