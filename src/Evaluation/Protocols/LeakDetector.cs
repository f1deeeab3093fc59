using System.Globalization;
using System.Runtime.InteropServices;
using SerLab.Core;
using SerLab.Datasets.Corpora;
using SerLab.Training.Splitting;

namespace SerLab.Evaluation.Protocols;

/// <summary>
/// Finds what a protocol's folds let through: every leak is counted from clips, folds and features, none is asserted.
/// </summary>
internal static class LeakDetector
{
    /// <summary>All leaks of a protocol for the given learners; empty when there is none.</summary>
    /// <param name="corpus">The clips.</param>
    /// <param name="examples">What models learn from, example i of clip i, before the protocol's global preprocessing.</param>
    /// <param name="protocol">The protocol.</param>
    /// <param name="learners">Names of the learners that are compared.</param>
    public static IReadOnlyList<Leak> Find(
        Corpus corpus, Examples examples, Protocol protocol, IReadOnlyList<string> learners)
    {
        List<Leak> leaks = [];
        FoldScheme[] schemes = [.. learners.Select(protocol.SchemeFor).Distinct()];
        Fold[] folds = [.. schemes.SelectMany(scheme => scheme.Folds)];
        int tested = folds.SelectMany(fold => fold.Test).Distinct().Count();

        void AddClips(LeakKind kind, int count, string what)
        {
            if (count > 0)
            {
                leaks.Add(new Leak(kind, count, tested, Text($"{count:N0} of {tested:N0} test clips {what}.")));
            }
        }

        int remembered = Tested(folds, clip => clip).Count;
        if (remembered > 0)
        {
            AddClips(LeakKind.TestedOnTrainingClips, remembered, "were tested by models that learnt from them");
        }
        else
        {
            AddClips(
                LeakKind.SharedGroup,
                protocol.Groups.Kind is null ? 0 : Tested(folds, clip => protocol.Groups.FirstNamed[clip]).Count,
                $"share their {protocol.Groups.Kind} with a training clip");
            AddClips(LeakKind.SharedSource, CountSharedSources(folds, corpus), "share a source recording with a training clip");
            HashSet<int> copies = Tested(folds, clip => protocol.Groups.FirstCopy[clip]);
            AddClips(LeakKind.SameRecording, copies.Count, "are the same recording as a training clip");
            HashSet<int> twins = Tested(folds, clip => protocol.Groups.FirstTwin[clip]);
            twins.ExceptWith(copies);
            AddClips(LeakKind.Twins, twins.Count, "sound the same as a training clip");
            int[] first = FirstEqual(examples);
            AddClips(
                LeakKind.IdenticalFeatures,
                Tested(folds, clip => first[clip]).Count,
                "have exactly the features of a training clip");
        }

        int[] scaled = protocol.Scaling?.Numbers ?? [];
        AddClips(
            LeakKind.ScaledTogether,
            scaled.Length > 0 ? Tested(folds, clip => scaled[clip]).Count : 0,
            "had a part in the scaling of training clips");
        AddClips(
            LeakKind.StoppedOnTestClips,
            protocol.StopsOnTest ? tested : 0,
            "tell learners that stop early when to stop and which weights to keep");
        if (examples is FeatureMatrix features)
        {
            AddPreprocessing(leaks, features, protocol, folds);
            AddScaled(leaks, features);
        }

        AddDifferentFolds(leaks, protocol, learners, schemes);
        return leaks;
    }

    /// <summary>Clips that in some fold are tested while a clip with the same key is learnt from.</summary>
    private static HashSet<int> Tested(Fold[] folds, Func<int, int> key)
    {
        HashSet<int> found = [];
        foreach (Fold fold in folds)
        {
            HashSet<int> training = [.. fold.Train.Select(key)];
            found.UnionWith(fold.Test.Where(clip => training.Contains(key(clip))));
        }

        return found;
    }

    private static int CountSharedSources(Fold[] folds, Corpus corpus)
    {
        HashSet<int> found = [];
        foreach (Fold fold in folds)
        {
            HashSet<string> training = new(fold.Train.SelectMany(clip => corpus.Clips[clip].Sources), StringComparer.Ordinal);
            found.UnionWith(fold.Test.Where(clip => corpus.Clips[clip].Sources.Any(training.Contains)));
        }

        return found.Count;
    }

    private static int[] FirstEqual(Examples examples)
    {
        Dictionary<string, int> first = new(StringComparer.Ordinal);
        int[] result = new int[examples.Count];
        for (int i = 0; i < result.Length; i++)
        {
            string bits = Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(MemoryMarshal.AsBytes(examples[i])));
            result[i] = first.TryAdd(bits, i) ? i : first[bits];
        }

        return result;
    }

    /// <summary>
    /// How many features' extremes come from a test clip in some fold: without that clip the scaling would be another.
    /// </summary>
    private static void AddPreprocessing(List<Leak> leaks, FeatureMatrix features, Protocol protocol, Fold[] folds)
    {
        if (protocol.GlobalPreprocessing is null)
        {
            return;
        }

        int changed = 0;
        for (int j = 0; j < features.Columns; j++)
        {
            (float low, float high) = Range(features, protocol.Clips, j);
            changed += folds.Any(fold => Range(features, fold.Train, j) != (low, high)) ? 1 : 0;
        }

        leaks.Add(new Leak(
            LeakKind.GlobalPreprocessing,
            changed,
            features.Columns,
            Text($"Features were scaled ({protocol.GlobalPreprocessing.Name}) over all {protocol.Clips.Count:N0} clips before ")
            + Text($"the folds, the test clips among them; for {changed:N0} of {features.Columns:N0} features a test clip sets ")
            + "the range."));
    }

    private static void AddScaled(List<Leak> leaks, FeatureMatrix features)
    {
        int[] all = [.. Enumerable.Range(0, features.Rows)];
        int spanning = Enumerable.Range(0, features.Columns).Count(j => Range(features, all, j) == (0f, 1f));
        if (2 * spanning > features.Columns)
        {
            leaks.Add(new Leak(
                LeakKind.FeaturesScaledBeforehand,
                spanning,
                features.Columns,
                Text($"{spanning:N0} of {features.Columns:N0} features span exactly 0 to 1 over all {features.Rows:N0} clips: ")
                + "they came to us normalised over the whole corpus, test clips included."));
        }
    }

    private static void AddDifferentFolds(
        List<Leak> leaks, Protocol protocol, IReadOnlyList<string> learners, FoldScheme[] schemes)
    {
        if (schemes.Length < 2)
        {
            return;
        }

        IEnumerable<string> parts = schemes.Select(scheme =>
            $"{string.Join(", ", learners.Where(l => protocol.SchemeFor(l) == scheme))} on {scheme.Description}");
        leaks.Add(new Leak(
            LeakKind.DifferentFolds,
            schemes.Length,
            schemes.Length,
            "Models were scored on different folds, so their figures cannot be compared fold by fold: "
            + $"{string.Join("; ", parts)}."));
    }

    private static (float Low, float High) Range(FeatureMatrix features, IReadOnlyList<int> rows, int column)
    {
        float low = float.PositiveInfinity, high = float.NegativeInfinity;
        for (int i = 0; i < rows.Count; i++)
        {
            float value = features[rows[i], column];
            low = Math.Min(low, value);
            high = Math.Max(high, value);
        }

        return (low, high);
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
