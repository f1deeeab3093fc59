using System.Globalization;
using SerLab.Core;
using SerLab.Datasets.Corpora;
using SerLab.Evaluation.Figures;
using SerLab.Evaluation.Records;
using SerLab.Features.Audio;
using SerLab.Training.Learners;

namespace SerLab.Reports;

/// <summary>The clips that the best model predicts worst: to be listened to, for some have wrong labels.</summary>
public static class WorstClips
{
    /// <summary>The folder beside a report in which its page looks for their sounds.</summary>
    public const string Folder = "sounds";

    private const int Shown = 12;

    /// <summary>
    /// Copies the sounds of the worst clips of every target beside the report of a run, as WAV files of 16 bits.
    /// </summary>
    /// <param name="run">The run.</param>
    /// <param name="corpus">Its clips.</param>
    /// <param name="folder">The run folder.</param>
    /// <param name="cancellationToken">Stops before the next sound.</param>
    /// <returns>How many sounds were written; clips without one are left out.</returns>
    /// <exception cref="InvalidInputException">
    /// The corpus has none of these sounds, or one of them cannot be read or written.
    /// </exception>
    public static int CopySounds(
        RunFigures run, Corpus corpus, string folder, CancellationToken cancellationToken = default)
    {
        int[] clips = [.. run.Description.Targets.SelectMany(target => Of(run, target)).Select(clip => clip.Clip).Distinct()];
        Dictionary<string, AudioSource> sounds = corpus.Clips.Where(clip => clip.Audio is not null)
            .ToDictionary(clip => clip.Id, clip => clip.Audio!, StringComparer.Ordinal);
        int[] heard = Array.FindAll(clips, clip => sounds.ContainsKey(run.Record.Folds.Clips[clip]));
        if (clips.Length > 0 && heard.Length == 0)
        {
            throw new InvalidInputException(
                $"{corpus.Title} has no sound of the clips that this run predicts worst, such as "
                + $"'{run.Record.Folds.Clips[clips[0]]}'; --dataset says where they are.");
        }

        foreach (int clip in heard)
        {
            cancellationToken.ThrowIfCancellationRequested();
            AudioSignal signal = sounds[run.Record.Folds.Clips[clip]].Load();
            try
            {
                Directory.CreateDirectory(Path.Combine(folder, Folder));
                WavWriter.Write(Path.Combine(folder, FileOf(clip)), signal);
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                throw new InvalidInputException(
                    $"'{Path.Combine(folder, Folder)}' cannot be written ({error.Message.TrimEnd('.')}); make room there.",
                    error);
            }
        }

        return heard.Length;
    }

    /// <summary>Where the page looks for the sound of a clip.</summary>
    internal static string FileOf(int clip) => string.Create(CultureInfo.InvariantCulture, $"{Folder}/clip-{clip + 1:00000}.wav");

    /// <summary>The worst clips of a target by its best model under the protocol that counts, the worst first.</summary>
    internal static IReadOnlyList<ClipOutcome> Of(RunFigures run, Target target)
    {
        ModelFigures best = run.Ranked(target.Name, run.HeadlineProtocol.Name)[0];
        return
        [
            .. WorstFirst(run, target, best).Where(clip => target.IsRating || clip.Predicted != clip.Truth).Take(Shown),
        ];
    }

    /// <summary>All clips that a row was tested on, the worst first.</summary>
    internal static IEnumerable<ClipOutcome> WorstFirst(RunFigures run, Target target, ModelFigures row)
    {
        RunFolds folds = run.Record.Folds;
        return ClipOutcome.Of(run, target.Name, row.Model, row.Protocol).OrderByDescending(clip => clip.Error)
            .ThenBy(clip => folds.Clips[clip.Clip], StringComparer.Ordinal);
    }
}
