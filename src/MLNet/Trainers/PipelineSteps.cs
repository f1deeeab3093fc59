using Microsoft.ML;
using Microsoft.ML.Transforms;
using SerLab.MLNet.Data;

namespace SerLab.MLNet.Trainers;

/// <summary>
/// The steps of a fitted pipeline without the chains that they are nested in. Those of a loaded one that stand for a step of
/// SerLab, which ML.NET could load in no other form, are that step again.
/// </summary>
internal static class PipelineSteps
{
    /// <summary>The steps in order.</summary>
    public static IReadOnlyList<ITransformer> Of(ITransformer model)
    {
        if (model is not IEnumerable<ITransformer> chain)
        {
            return [model];
        }

        ITransformer[] steps = [.. chain.SelectMany(Of)];
        return SavedStep.StateOf(steps) is not { } state ? steps
            : steps.Any(step => step is CustomMappingTransformer<SavedModel.Row, SavedModel.Answer>)
                ? [SavedModel.Restore(steps, state)]
            : steps.Any(step => step is CustomMappingTransformer<SavedAudio.Sound, SavedAudio.Features>)
                ? [SavedAudio.Restore(state)]
            : steps;
    }
}
