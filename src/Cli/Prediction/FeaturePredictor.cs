using SerLab.Core;
using SerLab.Datasets.Corpora;
using SerLab.Datasets.Extraction;
using SerLab.Features.FeatureSets;
using SerLab.Models;

namespace SerLab.Cli.Prediction;

/// <summary>Extracts the features of clips, then asks a model that takes features.</summary>
internal sealed class FeaturePredictor(EmotionModel model, Catalogue<FeatureSet> sets, ExtractionOptions options) : ClipPredictor
{
    private readonly FeatureSet set = model.FeatureSetIn(sets);

    private protected override ClipAnswers Answer(
        IReadOnlyList<Clip> clips, IProgress<WorkProgress> progress, CancellationToken cancellationToken)
    {
        IReadOnlyList<ClipFeatures> extracted = FeatureExtractor.ExtractEach(clips, set, options, progress, cancellationToken);
        ClipFeatures[] good = [.. extracted.Where(clip => clip.Succeeded)];
        return new ClipAnswers(
            [.. good.Select(clip => clip.ClipId)],
            good.Length == 0 ? null : model.Predict(Examples.Of([.. good.Select(clip => clip.Values!)], set.Shape)),
            [.. extracted.Where(clip => !clip.Succeeded).Select(clip => clip.Error!.Message)]);
    }
}
