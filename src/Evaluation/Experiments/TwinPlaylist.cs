using SerLab.Core;
using SerLab.Datasets.Corpora;
using SerLab.Evaluation.Records;

namespace SerLab.Evaluation.Experiments;

/// <summary>
/// A playlist of the twins of a corpus, pair after pair: whether two clips sound the same is for ears to judge. It holds paths of
/// this machine, so it is no part of the record of a run.
/// </summary>
internal static class TwinPlaylist
{
    /// <summary>Writes it where there is a folder, and twins that are files.</summary>
    public static void Write(Corpus corpus, string? folder)
    {
        Dictionary<string, string> paths = corpus.Clips.Where(clip => clip.Audio is AudioFileSource)
            .ToDictionary(clip => clip.Id, clip => Path.GetFullPath(clip.Audio!.Name), StringComparer.Ordinal);
        string[] lines =
        [
            .. (corpus.Twins?.Pairs ?? []).SelectMany(pair => (string[])[pair.First, pair.Second])
                .Select(paths.GetValueOrDefault).OfType<string>(),
        ];
        if (folder is not null && lines.Length > 0)
        {
            AtomicFile.Write(Path.Combine(folder, RunFiles.Twins), $"#EXTM3U\n{string.Join('\n', lines)}\n");
        }
    }
}
