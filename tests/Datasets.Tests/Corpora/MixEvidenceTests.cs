using System.Globalization;
using SerLab.Core;
using SerLab.Datasets.Corpora;
using SerLab.Datasets.Tables;
using Xunit;

namespace SerLab.Datasets.Tests.Corpora;

/// <summary>Mixes of recordings that the test knows: their features are the means of the parts' by power, with noise.</summary>
public class MixEvidenceTests
{
    private const int PerClass = 20;
    private const int Mixed = 5;
    private const int Columns = 30;

    [Fact]
    public void The_recordings_that_mixes_are_made_of_are_the_nearest_of_their_class()
    {
        IReadOnlyList<MixSource> sources = MixEvidence.Of(Mixes(noise: 0.05, partOf: original => original));

        Assert.Equal(2 * Mixed, sources.Count);
        Assert.All(sources, source =>
        {
            Assert.Equal((1, PerClass), (source.Rank, source.Of));
            Assert.True(source.IsNearestOfMixed && source.Distance < source.RunnerUpDistance);
            Assert.InRange(source.RunnerUpDistance, 0, source.NextOfMixed);
        });
        Assert.Equal("r_0human101_1-hq.wav", sources[0].Recording);
    }

    /// <summary>Of the rms itself, which spans 0.2, no mean is taken: powers add.</summary>
    [Fact]
    public void Without_noise_the_distance_is_that_of_the_rms_alone()
    {
        Assert.All(
            MixEvidence.Of(Mixes(noise: 0, partOf: original => original)),
            source => Assert.InRange(source.Distance, 0, 0.2 / Columns));
    }

    [Fact]
    public void Recordings_taken_for_one_another_show_each_as_the_runner_up_of_the_other()
    {
        IReadOnlyList<MixSource> sources = MixEvidence.Of(Mixes(0.05, original => original > 2 ? original : 3 - original));

        foreach (string soundClass in new[] { "human", "nature" })
        {
            MixSource[] swapped = [.. sources.Where(s => s.Constituent.StartsWith(soundClass, StringComparison.Ordinal)).Take(2)];
            Assert.Equal(swapped.Select(s => s.Recording).Reverse(), swapped.Select(s => s.RunnerUp));
            Assert.All(swapped, source => Assert.True(source is { IsNearestOfMixed: false, Rank: > 1 }));
        }

        Assert.Equal(2 * (Mixed - 2), sources.Count(source => source.Rank == 1));
    }

    [Fact]
    public void Features_that_have_nothing_to_do_with_the_mixes_find_hardly_any()
    {
        Corpus corpus = Mixes(0.05, original => original);
        int[] rows = [.. Enumerable.Range(0, corpus.Clips.Count)];
        int originals = corpus.Clips.Count(clip => clip.Sources.Count == 1);
        new SeededRandom(5).Shuffle(rows.AsSpan(originals));
        FeatureTable table = corpus.Features!;
        FeatureTable shuffled = new(table.ClipIds, table.FeatureNames, table.Values.Select(rows));

        Assert.InRange(MixEvidence.Of(corpus with { Features = shuffled }).Count(source => source.Rank == 1), 0, 3);
    }

    [Fact]
    public void What_cannot_be_judged_is_refused_with_the_reason()
    {
        Corpus whole = Mixes(0, original => original);

        Assert.Contains("Normalized_Features.csv is missing", Refusal(whole with { Features = null }), StringComparison.Ordinal);
        Assert.Contains("too few to tell", Refusal(First(whole, (2 * PerClass) + 10)), StringComparison.Ordinal);
        Assert.Contains("human#5, and 0 originals", Refusal(Mixes(0, o => o == 5 ? 77 : o)), StringComparison.Ordinal);
        Assert.Contains("human#4, and 2 originals", Refusal(Mixes(0, o => o == 5 ? 4 : o)), StringComparison.Ordinal);

        static string Refusal(Corpus corpus) => Assert.Throws<InvalidInputException>(() => MixEvidence.Of(corpus)).Message;
    }

    private static Corpus First(Corpus corpus, int count) => corpus with
    {
        Clips = [.. corpus.Clips.Take(count)],
        Features = new FeatureTable(
            [.. corpus.Features!.ClipIds.Take(count)],
            corpus.Features.FeatureNames,
            corpus.Features.Values.Select([.. Enumerable.Range(0, count)])),
    };

    /// <summary>Two classes of originals numbered from 1; the first five of each are in all mixes of two.</summary>
    /// <param name="noise">Standard deviation of what is added to the features of mixes, rms apart.</param>
    /// <param name="partOf">Which number in the names of mixes an original is taken to have.</param>
    private static Corpus Mixes(double noise, Func<int, int> partOf)
    {
        SeededRandom random = new(11);
        string[] classes = ["human", "nature"];
        List<Clip> clips = [];
        List<double[]> rows = [];
        Dictionary<string, double[]> parts = [];
        foreach ((string soundClass, int number) in classes.SelectMany(c => Enumerable.Range(1, PerClass).Select(n => (c, n))))
        {
            double[] row = [.. Enumerable.Range(0, Columns).Select(_ => random.NextDouble())];
            row[0] = 0.02 + (0.2 * row[0]);
            clips.Add(Clip(Text($"r_0{soundClass}{100 + number}_1-hq.wav"), soundClass, Text($"{soundClass}#{partOf(number)}")));
            rows.Add(row);
            if (number <= Mixed)
            {
                parts.Add(Text($"{soundClass}#{number}"), row);
            }
        }

        foreach ((string first, string second) in parts.Keys.SelectMany(a => parts.Keys.Where(b => b != a).Select(b => (a, b))))
        {
            foreach ((int a, int b) in new[] { (6, 6), (6, 12) })
            {
                string[] names = first[..^2] == second[..^2] ? [first[..^2]] : [first[..^2], second[..^2]];
                string kind = names.Length == 1 ? "within" : "between";
                string id = Text($"mix_{kind}_{string.Join('_', names)}_{first[^1]}-{a}_{second[^1]}-{b}.wav");
                clips.Add(Clip(id, string.Join('+', names), first, second));
                rows.Add(Mix(parts[first], Math.Pow(10, -a / 10.0), parts[second], Math.Pow(10, -b / 10.0)));
            }
        }

        return new Corpus
        {
            Name = "mixes",
            Title = "Mixes",
            Licence = "none",
            Citation = "none",
            Clips = clips,
            Features = new FeatureTable(
                [.. clips.Select(clip => clip.Id)],
                ["rms_mean", .. Enumerable.Range(1, Columns - 1).Select(i => Text($"f{i}"))],
                new FeatureMatrix([.. rows.SelectMany(row => row).Select(value => (float)value)], clips.Count, Columns)),
        };

        double[] Mix(double[] first, double firstGain, double[] second, double secondGain)
        {
            double firstPower = firstGain * first[0] * first[0];
            double secondPower = secondGain * second[0] * second[0];
            double sum = firstPower + secondPower;
            return
            [
                Math.Sqrt(sum),
                .. Enumerable.Range(1, Columns - 1).Select(i =>
                    (((firstPower * first[i]) + (secondPower * second[i])) / sum) + (noise * random.NextGaussian())),
            ];
        }
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private static Clip Clip(string id, string soundClass, params string[] sources) => new()
    {
        Id = id,
        Sources = sources,
        Groups = new Dictionary<string, string> { [EmoSoundscapesCorpus.ClassGroup] = soundClass },
    };
}
