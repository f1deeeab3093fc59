using SerLab.Core;
using SerLab.Datasets.Catalogue;
using SerLab.Datasets.Corpora;
using SerLab.Datasets.Synthetic;
using SerLab.Evaluation.Records;

namespace SerLab.Explorer.Library;

/// <summary>Finds the corpus of a finished run again: a run keeps what its clips are called, not where they lie.</summary>
internal static class RunCorpus
{
    /// <summary>Opens it.</summary>
    /// <param name="about">The run.</param>
    /// <param name="named">Name or path of the corpus; none: as the run was made.</param>
    /// <param name="data">Where corpora lie.</param>
    /// <param name="catalogue">The corpora that have names.</param>
    /// <exception cref="InvalidInputException">It is not there.</exception>
    public static Corpus Open(RunDescription about, string? named, string data, Catalogue<CorpusEntry> catalogue)
    {
        if (named is not null)
        {
            return Load(named);
        }

        // Where another corpus was tested, the run has the clips of both.
        Corpus corpus = Load(CommandOption.In(about.CommandLine, "--dataset") ?? about.Corpus.Name);
        return CommandOption.In(about.CommandLine, "--test-on") is { } tested
            ? JoinedCorpus.Across(corpus, Load(tested), MapOf(about))
            : corpus;

        Corpus Load(string name) => name == SyntheticSoundscapes.Name
            ? SyntheticSoundscapes.Create()
            : CorpusLibrary.Load(
                name, CommandOption.In(about.CommandLine, "--data") ?? data, null, catalogue, MapOf(about));
    }

    private static LabelMap MapOf(RunDescription about) =>
        LabelMap.Parse(CommandOption.In(about.CommandLine, "--map")?.Split(',') ?? []);
}
