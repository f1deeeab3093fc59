using SerLab.Core;
using SerLab.Features.FeatureSets;

namespace SerLab.Datasets.Catalogue;

/// <summary>Files of frozen networks that a feature set needs.</summary>
public sealed record ModelEntry : ICatalogueEntry
{
    /// <summary>The id of the feature set.</summary>
    public required string Name { get; init; }

    /// <summary>One sentence: what the networks are.</summary>
    public required string Description { get; init; }

    /// <summary>The licence of the files.</summary>
    public required string Licence { get; init; }

    /// <summary>Where the files are told about.</summary>
    public required Uri LandingPage { get; init; }

    /// <summary>The files.</summary>
    public required IReadOnlyList<CatalogueFile> Files { get; init; }

    /// <summary>The networks that SerLab knows where to get.</summary>
    public static Catalogue<ModelEntry> BuiltIn { get; } = new("model", SpeechEmbedding());

    /// <summary>Downloads the files that are missing and checks those that are there.</summary>
    /// <param name="client">Sends the requests.</param>
    /// <param name="dataFolder">The folder that holds corpora; the files go into its <c>models</c>.</param>
    /// <param name="progress">Receives bytes downloaded and verified.</param>
    /// <param name="cancellationToken">Stops it; what was downloaded is kept for the next call.</param>
    /// <returns>The folder of the files.</returns>
    /// <exception cref="InvalidInputException">
    /// A file cannot be downloaded, or what lies there is another; one sentence says what to do.
    /// </exception>
    public async Task<string> GetAsync(
        HttpClient client, string dataFolder, IProgress<WorkProgress>? progress, CancellationToken cancellationToken)
    {
        string folder = Path.Combine(dataFolder, Path.GetFileName(EmbeddingStage.DefaultFolder));
        try
        {
            Directory.CreateDirectory(folder);
            ResumableDownload download = new(client, TimeSpan.FromMinutes(1));
            foreach (CatalogueFile file in Files)
            {
                string path = Path.Combine(folder, file.Name);
                if (!File.Exists(path))
                {
                    await download.FetchAsync(file, path, progress, cancellationToken).ConfigureAwait(false);
                }
                else if (ResumableDownload.Mismatch(file, path, progress, cancellationToken) is { } wrong)
                {
                    throw new InvalidInputException($"{path} {wrong}; delete it and run the same command again.");
                }
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new InvalidInputException($"{Name} could not be written to {folder}: {error.Message}", error);
        }

        return folder;
    }

    private static ModelEntry SpeechEmbedding()
    {
        const string Release = "https://github.com/dscripka/openWakeWord/releases/download/v0.5.1/";
        return new ModelEntry
        {
            Name = "speech-embedding",
            Description = "Google's speech embedding (Lin et al., ICASSP 2020) in two ONNX files, 2.4 MB.",
            Licence = "Apache 2.0",
            LandingPage = new Uri("https://github.com/dscripka/openWakeWord"),
            Files =
            [
                new CatalogueFile
                {
                    Url = new Uri(Release + "melspectrogram.onnx"),
                    Name = "melspectrogram.onnx",
                    Size = 1_087_958,
                    Checksum = Checksum.Sha256("ba2b0e0f8b7b875369a2c89cb13360ff53bac436f2895cced9f479fa65eb176f"),
                },
                new CatalogueFile
                {
                    Url = new Uri(Release + "embedding_model.onnx"),
                    Name = "speech_embedding.onnx",
                    Size = 1_326_578,
                    Checksum = Checksum.Sha256("70d164290c1d095d1d4ee149bc5e00543250a7316b59f31d056cff7bd3075c1f"),
                },
            ],
        };
    }
}
