using SerLab.Core;
using SerLab.Datasets.Corpora;
using SerLab.Datasets.Extraction;
using SerLab.Features.Audio;
using SerLab.Features.FeatureSets;
using SerLab.Models;

namespace SerLab.Prediction;

/// <summary>Extracts the features of sounds, then asks a model that takes features.</summary>
internal sealed class FeaturePredictor(EmotionModel model, Catalogue<FeatureSet> sets, ExtractionOptions options)
    : ClipPredictor(model, options.Threads)
{
    private readonly EmotionModel model = model;
    private readonly FeatureSet set = model.FeatureSetIn(sets);

    private protected override IEnumerable<ClipAnswers> AnswerAll(
        IReadOnlyList<Clip> clips, IProgress<WorkProgress>? progress, CancellationToken cancellationToken)
    {
        foreach (IReadOnlyList<ClipFeatures> extracted in FeatureExtractor.ExtractInBatches(
            clips, set, BatchClips, options, beside: null, progress, cancellationToken))
        {
            ClipFeatures[] good = [.. extracted.Where(clip => clip.Succeeded)];
            yield return new ClipAnswers(
                [.. good.Select(clip => clip.ClipId)],
                good.Length == 0 ? null : Predict([.. good.Select(clip => clip.Values!)]),
                [.. extracted.Where(clip => !clip.Succeeded).Select(clip => clip.Error!.Message)]);
        }
    }

    private protected override EmotionPredictions Answer(
        IReadOnlyList<AudioSignal> sounds, string name, CancellationToken cancellationToken)
    {
        float[][] features = new float[sounds.Count][];
        ParallelWork.For(
            sounds.Count, Threads, i => features[i] = FeatureExtractor.Compute(set, sounds[i], name), cancellationToken);
        return Predict(features);
    }

    private EmotionPredictions Predict(float[][] features) => model.Predict(Examples.Of(features, set.Shape));
}
