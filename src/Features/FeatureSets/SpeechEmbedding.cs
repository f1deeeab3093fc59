namespace SerLab.Features.FeatureSets;

/// <summary>
/// Google's speech embedding (Lin et al., "Training keyword spotters with limited and synthesized speech data", ICASSP 2020), as
/// the project openWakeWord hands it on: two files, 2.4 MB.
/// </summary>
internal static class SpeechEmbedding
{
    /// <summary>The recipe.</summary>
    public static EmbeddingRecipe Recipe { get; } = new()
    {
        Id = "speech-embedding",
        Description = "Mean and deviation over time of the 96 numbers of a public speech embedding, a frozen network of 330,000 "
            + "weights.",
        SampleRate = 16_000,
        SampleScale = 32_768,
        Stages =
        [
            new EmbeddingStage
            {
                File = "melspectrogram.onnx",
                Sha256 = "ba2b0e0f8b7b875369a2c89cb13360ff53bac436f2895cced9f479fa65eb176f",
                Scale = 0.1,
                Offset = 2,
            },
            new EmbeddingStage
            {
                File = "speech_embedding.onnx",
                Sha256 = "70d164290c1d095d1d4ee149bc5e00543250a7316b59f31d056cff7bd3075c1f",
                Window = 76,
                Hop = 8,
            },
        ],
        Values = 96,
        TrainedOn = "spoken words from public videos, to tell keywords apart",
        Licence = "Apache 2.0 (Google; files from the project openWakeWord)",
    };
}
