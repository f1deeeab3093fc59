// SerLab and ML.NET in one program, both ways round.
// From the root of the repository: dotnet run -c Release --project examples/mlnet
using Microsoft.ML;
using SerLab;
using SerLab.Datasets.Corpora;
using SerLab.Datasets.Extraction;
using SerLab.Datasets.Tables;
using SerLab.Evaluation.Experiments;
using SerLab.Evaluation.Running;
using SerLab.MLNet.Learners;
using SerLab.Training.Catalogue;
using SerLab.Training.Splitting;

Corpus corpus = Lab.Open();

// ML.NET's trainers among SerLab's learners: the same folds, the same figures.
LearnerSpecification forestOf20 = LearnerSpecification.Default("fastforest").With("trees", "20");
Experiment experiment = new()
{
    Name = "mlnet",
    Learners = [forestOf20, .. LearnerSpecification.Defaults(["ridge", "mean"])],
    Protocols = ["random", "grouped"],
    Folds = 5,
};
Surroundings withTrainers = new()
{
    Catalogues = Catalogues.BuiltIn with { Learners = MLNetLearners.Catalogue },
    Cache = new FeatureCache(),
};
Study study = corpus.Compare(experiment, withTrainers);
Console.WriteLine(study);

// SerLab's corpus, features and folds among ML.NET's pipelines.
MLContext ml = new(seed: 0);
FeatureTable features = FeatureTable.Of(
    study.Outcome.FeatureSet!, [.. corpus.Clips.Select(clip => clip.Id)], study.Outcome.Examples);
IDataView clips = ml.Data.LoadFromCorpus(corpus, "valence", features);
var forest = ml.Regression.Trainers.FastForest(numberOfTrees: 20);
foreach (var fold in ml.Data.SplitBy(clips, new GroupKFold(5), groupColumnName: corpus.DefaultGroup))
{
    Console.WriteLine($"R² {ml.Regression.Evaluate(forest.Fit(fold.TrainSet).Transform(fold.TestSet)).RSquared:F2}");
}
