using System.Text.Json;
using SerLab.Core;
using SerLab.Datasets.Corpora;
using SerLab.Datasets.Extraction;
using SerLab.Datasets.Twins;
using SerLab.Evaluation.Records;
using SerLab.Evaluation.Running;

namespace SerLab.Evaluation.Experiments;

/// <summary>Finds the twins of corpora before their clips are divided.</summary>
internal static class Listening
{
    /// <summary>
    /// The corpus with its twins; as it is where they are known, or where it has no sound. Those of a plan are kept, for another
    /// machine might hear others by a last bit.
    /// </summary>
    /// <exception cref="InvalidInputException">Those of the plan are damaged.</exception>
    public static Corpus To(Corpus corpus, Surroundings surroundings, CancellationToken cancellationToken)
    {
        if (corpus.Twins is not null || surroundings.PlannedFeatures is not { } folder)
        {
            return corpus.Twins is not null ? corpus : Heard(corpus, surroundings, cancellationToken);
        }

        string file = Path.Combine(folder, $"{RunHash.Of(corpus)[..16]}.twins");
        if (!File.Exists(file))
        {
            Corpus heard = Heard(corpus, surroundings, cancellationToken);
            if (heard.Twins is not { } twins)
            {
                return heard;
            }

            AtomicFile.Write(file, RecordJson.Text(twins));
        }

        return corpus with { Twins = Planned(file, corpus) };
    }

    /// <summary>All corpora of a series with their twins.</summary>
    public static SeriesCorpora To(SeriesCorpora corpora, Surroundings surroundings, CancellationToken cancellationToken) =>
        corpora with
        {
            Corpus = To(corpora.Corpus, surroundings, cancellationToken),
            Named = corpora.Named.ToDictionary(named => named.Key, named => To(named.Value, surroundings, cancellationToken)),
            Joined = corpora.Joined.ToDictionary(both => both.Key, both => To(both.Value, surroundings, cancellationToken)),
        };

    private static SoundTwins Planned(string file, Corpus corpus)
    {
        try
        {
            SoundTwins twins = RecordJson.Read<SoundTwins>(File.ReadAllText(file));
            HashSet<string> ids = [.. corpus.Clips.Select(clip => clip.Id)];
            return twins.Pairs.All(pair => ids.Contains(pair.First) && ids.Contains(pair.Second))
                ? twins
                : throw new InvalidDataException("They name clips that the corpus does not have.");
        }
        catch (Exception error) when (error is JsonException or InvalidDataException)
        {
            throw new InvalidInputException(
                $"The twins of corpus '{corpus.Name}' in '{file}' were changed since the plan was made; make it again.", error);
        }
    }

    private static Corpus Heard(Corpus corpus, Surroundings surroundings, CancellationToken cancellationToken) =>
        TwinSearch.Listen(
            corpus,
            new ExtractionOptions { Threads = surroundings.Threads, Cache = surroundings.Cache },
            surroundings.Progress,
            cancellationToken);
}
