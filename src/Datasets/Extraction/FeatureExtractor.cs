using System.Globalization;
using SerLab.Core;
using SerLab.Datasets.Corpora;
using SerLab.Features.Audio;
using SerLab.Features.FeatureSets;

namespace SerLab.Datasets.Extraction;

/// <summary>
/// Turns clips into features: several at once, in order, through the cache where one is given. A sound is in memory only while it
/// is analysed, and a long one block by block, so memory grows with the number of clips only by their features.
/// </summary>
public static class FeatureExtractor
{
    /// <summary>Extracts the features of a whole corpus, or fails: what a model is trained on must be complete.</summary>
    /// <param name="corpus">Every clip must have audio.</param>
    /// <param name="set">What to compute.</param>
    /// <param name="options">
    /// Threads, cache and sample rates; the corpus's expected rate is required unless they name one.
    /// </param>
    /// <param name="progress">Reported after every clip, counting up.</param>
    /// <param name="cancellationToken">Stops before the next clip; what was done is in the cache.</param>
    /// <exception cref="InvalidInputException">
    /// A clip has no sound or one that cannot be read (the first such clip is named), or the sounds have several sample rates.
    /// </exception>
    public static ExtractedFeatures Extract(
        Corpus corpus,
        FeatureSet set,
        ExtractionOptions? options = null,
        IProgress<WorkProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(corpus);
        options ??= new ExtractionOptions();
        options = options with { RequiredSampleRate = options.RequiredSampleRate ?? corpus.ExpectedSampleRate };
        GivenFeatures.Require(corpus, set);
        bool mayMix = options.AllowMixedSampleRates || set.TakesAnyRate;
        if (!mayMix)
        {
            RequireComparable(corpus, set);
        }

        ClipFeatures[] clips = Run(corpus.Clips, set, options, stopAtError: true, progress, cancellationToken);
        if (!mayMix)
        {
            RequireOneRate(set, clips.Select(clip => (clip.ClipId, (int?)clip.SampleRate)));
        }

        return new ExtractedFeatures
        {
            Set = set,
            ClipIds = [.. clips.Select(c => c.ClipId)],
            Examples = Examples.Of([.. clips.Select(c => c.Values!)], set.Shape),
            SampleRates = [.. clips.Select(c => c.SampleRate).Where(rate => rate > 0).Distinct().Order()],
            Duration = TimeSpan.FromTicks(clips.Sum(c => c.Duration.Ticks)),
            FromCache = clips.Count(c => c.FromCache),
        };
    }

    /// <summary>
    /// Fails where sounds have different rates and the set does not resample them, or where a table lacks clips. It reads headers
    /// alone: those take a moment, and features may take an hour.
    /// </summary>
    /// <exception cref="InvalidInputException">
    /// The sentence names the rates, and the set that resamples first; or the clips that have no row.
    /// </exception>
    public static void RequireComparable(Corpus corpus, FeatureSet set)
    {
        GivenFeatures.Require(corpus, set);
        if (!set.TakesAnyRate)
        {
            RequireOneRate(set, corpus.Clips.Select(clip => (clip.Id, clip.Audio?.DeclaredSampleRate())));
        }
    }

    /// <summary>
    /// Extracts the features of each clip by itself: a clip that fails gets its error and the others continue. Meant for
    /// prediction, where one unreadable file must not spoil the rest; sample rates may differ unless one is required.
    /// </summary>
    /// <param name="clips">In any number.</param>
    /// <param name="set">What to compute.</param>
    /// <param name="options">Threads, cache and a required sample rate; a clip of another rate gets an error.</param>
    /// <param name="progress">Reported after every clip, counting up.</param>
    /// <param name="cancellationToken">Stops before the next clip.</param>
    /// <returns>One result per clip, in their order.</returns>
    public static IReadOnlyList<ClipFeatures> ExtractEach(
        IReadOnlyList<Clip> clips,
        FeatureSet set,
        ExtractionOptions? options = null,
        IProgress<WorkProgress>? progress = null,
        CancellationToken cancellationToken = default) =>
        Run(clips, set, options ?? new ExtractionOptions(), stopAtError: false, progress, cancellationToken);

    /// <summary>
    /// The same for any number of clips, a batch after the other, so that memory does not grow with their number and what is
    /// done can be used at once.
    /// </summary>
    /// <param name="clips">In any number.</param>
    /// <param name="set">What to compute.</param>
    /// <param name="batch">Clips of a batch, at least 1; there is one result per clip, in their order.</param>
    /// <param name="options">As for <see cref="ExtractEach"/>.</param>
    /// <param name="beside">
    /// Other sets that the same decoding gives, and the cache keeps: <see cref="ClipFeatures.Beside"/>.
    /// </param>
    /// <param name="progress">Reported after every clip, counting up over all batches.</param>
    /// <param name="cancellationToken">Stops before the next clip.</param>
    public static IEnumerable<IReadOnlyList<ClipFeatures>> ExtractInBatches(
        IReadOnlyList<Clip> clips,
        FeatureSet set,
        int batch,
        ExtractionOptions? options = null,
        IReadOnlyList<FeatureSet>? beside = null,
        IProgress<WorkProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(batch);
        options ??= new ExtractionOptions();
        using OpenSets sets = new([set, .. beside ?? []], options.Cache);
        using CancellationTokenSource leaving = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task<ClipFeatures[]> Begin(int start) => Task.Run(
            () => Run(
                [.. clips.Skip(start).Take(batch)],
                sets,
                options,
                stopAtError: false,
                new Counting(progress, set.Id, start, clips.Count),
                leaving.Token),
            CancellationToken.None);

        // The next batch is under way while the caller works on this one.
        Task<ClipFeatures[]> next = Begin(0);
        try
        {
            for (int start = batch; start < clips.Count + batch; start += batch)
            {
                ClipFeatures[] some = next.GetAwaiter().GetResult();
                next = Begin(start);
                yield return some;
            }
        }
        finally
        {
            leaving.Cancel();
            Task.WaitAny([next], CancellationToken.None);
        }
    }

    /// <summary>The features of one sound.</summary>
    /// <param name="set">What to compute.</param>
    /// <param name="sound">The sound.</param>
    /// <param name="name">What errors call it.</param>
    /// <returns>Finite values that fill the shape of the set, at least one.</returns>
    /// <exception cref="InvalidInputException">The sound is too short for the set, or its samples are too large.</exception>
    public static float[] Compute(FeatureSet set, Sound sound, string name)
    {
        float[] values = Extract(name, set, sound);
        if (values.Length == 0)
        {
            throw new InvalidInputException(
                $"'{name}' lasts {sound.Duration}, which is too short for the feature set '{set.Id}': "
                    + $"it gives no {set.Shape.Axes[0].Name}.");
        }

        int bad = Array.FindIndex(values, v => !float.IsFinite(v));
        return bad < 0
            ? values
            : throw new InvalidInputException(string.Create(
                CultureInfo.InvariantCulture,
                $"The feature {NameOf(set, bad)} of '{name}' is {values[bad]}; its samples are too large to analyse."));
    }

    private static ClipFeatures[] Run(
        IReadOnlyList<Clip> clips,
        FeatureSet set,
        ExtractionOptions options,
        bool stopAtError,
        IProgress<WorkProgress>? progress,
        CancellationToken cancellationToken)
    {
        using OpenSets sets = new([set], options.Cache);
        Counting counting = new(progress, set.Id, 0, clips.Count);
        return Run(clips, sets, options, stopAtError, counting, cancellationToken);
    }

    private static ClipFeatures[] Run(
        IReadOnlyList<Clip> clips,
        OpenSets sets,
        ExtractionOptions options,
        bool stopAtError,
        Counting counting,
        CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(options.Threads);
        ClipFeatures[] results = new ClipFeatures[clips.Count];
        int threads = options.Threads == 0 ? Environment.ProcessorCount : options.Threads;
        void ExtractAt(int i, ParallelLoopState loop)
        {
            results[i] = ExtractOne(clips[i], sets, options.RequiredSampleRate);

            // Break lets all earlier clips finish, so that the clip that is named does not depend on timing.
            if (stopAtError && !results[i].Succeeded)
            {
                loop.Break();
            }

            counting.Add();
        }

        ParallelWork.For(clips.Count, threads, ExtractAt, cancellationToken);
        if (stopAtError && Array.Find(results, r => r is { Succeeded: false }) is { } failed)
        {
            throw new InvalidInputException($"The clip '{failed.ClipId}' has no features. {failed.Error!.Message}", failed.Error);
        }

        return results;
    }

    private static ClipFeatures ExtractOne(Clip clip, OpenSets sets, int? requiredRate)
    {
        try
        {
            if (clip.Audio is null && sets.NeedSound)
            {
                throw new InvalidInputException($"The corpus has no sound for the clip '{clip.Id}'.");
            }

            // Opened at most once, whatever the number of sets.
            Lazy<Sound> sound = new(() => Hear(clip.Audio!, requiredRate), LazyThreadSafetyMode.None);
            string? hash = sets.Digests is { } known ? clip.Audio!.ContentHash(known) : null;
            CachedFeatures[] features = [.. sets.Sets.Select(set => OpenSets.Features(set, clip, hash, sound))];
            (int rate, long samples, float[] values) = features[0];
            if (rate > 0)
            {
                RequireRate(clip.Audio!, rate, requiredRate);
            }

            return new ClipFeatures
            {
                ClipId = clip.Id,
                Values = values,
                Beside = [.. features.Skip(1).Select(beside => beside.Values)],
                SampleRate = rate,
                Duration = rate > 0 ? TimeSpan.FromSeconds((double)samples / rate) : TimeSpan.Zero,
                FromCache = !sound.IsValueCreated,
            };
        }
        catch (InvalidInputException e) when (e is not UnusableFeatureSetException)
        {
            return new ClipFeatures { ClipId = clip.Id, Error = e };
        }
    }

    private static Sound Hear(AudioSource audio, int? requiredRate)
    {
        Sound sound = audio.Hear();
        RequireRate(audio, sound.SampleRate, requiredRate);
        return sound;
    }

    // A feature set does not know what the sound is called; who decodes it while it is heard does.
    private static float[] Extract(string name, FeatureSet set, Sound sound)
    {
        try
        {
            return set.Extract(sound);
        }
        catch (InvalidInputException e)
            when (e is not UnusableFeatureSetException && !e.Message.Contains($"'{name}'", StringComparison.Ordinal))
        {
            throw new InvalidInputException($"'{name}': {e.Message}", e);
        }
    }

    private static string NameOf(FeatureSet set, int position) =>
        set.Names.Count == 0 ? $"at position {position}"
        : set.Shape.IsFeatures ? set.Names[position]
        : $"{set.Names[position % set.Names.Count]} at position {position}";

    private static void RequireRate(AudioSource audio, int rate, int? required)
    {
        if (required is { } expected && rate != expected)
        {
            throw new InvalidInputException(string.Create(
                CultureInfo.InvariantCulture,
                $"'{audio.Name}' has a sample rate of {rate} Hz, and {expected} Hz is required; resample it first."));
        }
    }

    private static void RequireOneRate(FeatureSet set, IEnumerable<(string Clip, int? Rate)> clips)
    {
        IGrouping<int, string>[] rates =
        [
            .. clips.Where(clip => clip.Rate is not null).GroupBy(clip => clip.Rate!.Value, clip => clip.Clip)
                .OrderByDescending(some => some.Count()).ThenBy(some => some.Key),
        ];
        if (rates.Length > 1)
        {
            IEnumerable<string> counts = rates.Select(some => string.Create(
                CultureInfo.InvariantCulture, $"{some.Key} Hz ({some.Count()}, e.g. '{some.First()}')"));
            string resampled = string.Join('+', (set.Parts.Count > 0 ? set.Parts : [set]).Select(part => part.TakesAnyRate
                ? part.Id
                : string.Create(CultureInfo.InvariantCulture, $"{part.Id}@{rates.Min(some => some.Key)}Hz")));
            throw new InvalidInputException(
                $"The clips have different sample rates: {string.Join(", ", counts)}. '{set.Id}' is not comparable between them; "
                + $"have every sound resampled first, as '{resampled}' does.");
        }
    }

    /// <summary>Counts clips as they are done, from several threads.</summary>
    private sealed class Counting(IProgress<WorkProgress>? progress, string set, int before, int total)
    {
        private readonly Lock counting = new();
        private int done = before;

        public void Add()
        {
            lock (counting)
            {
                progress?.Report(new WorkProgress($"extracting {set}", ++done, total));
            }
        }
    }
}
