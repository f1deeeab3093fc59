using SerLab.Core;
using SerLab.Datasets.Corpora;
using SerLab.Datasets.Extraction;
using SerLab.Features.FeatureSets;
using SerLab.Models;

namespace SerLab.Cli.Prediction;

/// <summary>Extracts the features of clips, then asks a model that takes features.</summary>
internal sealed class FeaturePredictor(EmotionModel model, Catalogue<FeatureSet> sets, ExtractionOptions options) : ClipPredictor
{
    private readonly FeatureSet set = FeatureSetOf(model, sets);

    private protected override ClipAnswers Answer(
        IReadOnlyList<Clip> clips, IProgress<WorkProgress> progress, CancellationToken cancellationToken)
    {
        IReadOnlyList<ClipFeatures> extracted = FeatureExtractor.ExtractEach(clips, set, options, progress, cancellationToken);
        ClipFeatures[] good = [.. extracted.Where(clip => clip.Succeeded)];
        FeatureMatrix rows = FeatureMatrix.FromRows([.. good.Select(clip => clip.Values!)], set.Names.Count);
        return new ClipAnswers(
            [.. good.Select(clip => clip.ClipId)],
            model.Predict(rows),
            [.. extracted.Where(clip => !clip.Succeeded).Select(clip => clip.Error!.Message)]);
    }

    private static FeatureSet FeatureSetOf(EmotionModel model, Catalogue<FeatureSet> sets)
    {
        string id = model.Description.Features.Id;
        FeatureSet set = sets.Find(id) ?? throw new InvalidInputException(
            $"The model takes the features '{id}', which SerLab cannot compute from sound; give it a table of them in a "
            + "program of your own.");
        model.RequireFeatures(set);
        return set;
    }
}
