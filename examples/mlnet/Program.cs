// SerLab and ML.NET in one program, both ways round. From the root of the repository: dotnet run -c Release --project examples/mlnet
using Microsoft.ML;
using SerLab;
using SerLab.Datasets.Corpora;
using SerLab.Datasets.Tables;
using SerLab.Evaluation.Experiments;
using SerLab.Evaluation.Running;
using SerLab.MLNet;
using SerLab.MLNet.Learners;
using SerLab.Training.Catalogue;
using SerLab.Training.Splitting;

Corpus corpus = Lab.Open();

// ML.NET's trainers among SerLab's learners: the same folds, the same figures.
Experiment experiment = new()
{
    Name = "mlnet",
    Learners = LearnerSpecification.Defaults(["fastforest", "ridge", "mean"]),
    Protocols = ["random", "grouped"],
    Folds = 5,
};
Surroundings withTrainers = new() { Catalogues = Catalogues.BuiltIn with { Learners = MLNetLearners.Catalogue } };
Study study = corpus.Compare(experiment, withTrainers);
Console.WriteLine(study);

// SerLab's corpus, features and folds among ML.NET's pipelines.
MLContext ml = new(seed: 0);
FeatureTable features = FeatureTable.Of(
    study.Outcome.FeatureSet!, [.. corpus.Clips.Select(clip => clip.Id)], study.Outcome.Examples);
IDataView clips = ml.Data.LoadFromCorpus(corpus, "valence", features);
var forest = ml.Regression.Trainers.FastForest();
foreach (var fold in ml.Data.SplitBy(clips, new GroupKFold(5), groupColumnName: "speaker"))
{
    Console.WriteLine($"R² {ml.Regression.Evaluate(forest.Fit(fold.TrainSet).Transform(fold.TestSet)).RSquared:F2}");
}
