using System.Numerics.Tensors;
using SerLab.Core;
using SerLab.Features.Audio;
using SerLab.Features.FeatureSets;
using SerLab.Training.Learners;
using SerLab.Training.Neural.Augmentation;
using SerLab.Training.Neural.Deep;
using SerLab.Training.Neural.Layers;
using SerLab.Training.Neural.Networks;
using Xunit;

namespace SerLab.Training.Tests.Neural.Deep;

/// <summary>Variants of training examples.</summary>
public class AugmentationTests
{
    private const int Examples = 19;

    private static readonly GridShape Shape = GridShape.Series(30, 8);

    public static TheoryData<string> All =>
    [
        "noise 0.5", "gain 0.3", "level 0.5", "shift 0.3", "speed 0.3", "pitch 2.5", "semitones 6", "timemask 2x12",
        "bandmask 2x4",
    ];

    [Theory]
    [InlineData("noise 0"), InlineData("gain 0"), InlineData("level 0"), InlineData("shift 0"), InlineData("speed 0")]
    [InlineData("pitch 0"), InlineData("semitones 0"), InlineData("timemask 2x0"), InlineData("bandmask 1x0")]
    public void A_range_of_zero_changes_nothing(string text) => Assert.Equal(Inputs(), Variants(text, Keys));

    [Theory, MemberData(nameof(All))]
    public void Prediction_changes_nothing(string text) => Assert.Equal(Inputs(), Variants(text, []));

    [Theory, MemberData(nameof(All))]
    public void A_variant_follows_from_the_examples_key_alone(string text)
    {
        float[][] variants = Variants(text, Keys);

        Assert.Equal(variants, Variants(text, Keys, threads: 3));
        Assert.Equal(variants[..5], Variants(text, Keys[..5], count: 5));
        float[][] others = Variants(text, [.. Keys.Select(key => key + 1)]);
        Assert.InRange(variants.Zip(others).Count(pair => !pair.First.SequenceEqual(pair.Second)), Examples - 3, Examples);
    }

    [Theory, MemberData(nameof(All))]
    public void Variants_differ_from_their_examples_and_stay_finite(string text)
    {
        float[][] variants = Variants(text, Keys);

        Assert.All(variants, variant => Assert.All(variant, value => Assert.True(float.IsFinite(value))));
        Assert.InRange(variants.Zip(Inputs()).Count(pair => !pair.First.SequenceEqual(pair.Second)), Examples - 3, Examples);
    }

    [Fact]
    public void A_gain_is_one_factor_and_a_level_one_number_within_their_ranges()
    {
        foreach ((float[] variant, float[] input) in Variants("gain 0.3", Keys).Zip(Inputs()))
        {
            double factor = variant[0] / input[0];
            Assert.InRange(factor, 0.7, 1.3);
            Assert.All(variant.Zip(input), pair => Assert.Equal(factor * pair.Second, pair.First, 1e-5));
        }

        foreach ((float[] variant, float[] input) in Variants("level 0.5", Keys).Zip(Inputs()))
        {
            double level = variant[0] - input[0];
            Assert.InRange(level, -0.5, 0.5);
            Assert.All(variant.Zip(input), pair => Assert.Equal(level + pair.Second, pair.First, 1e-5));
        }
    }

    [Fact]
    public void A_shift_moves_whole_frames_and_repeats_the_end()
    {
        foreach ((float[] variant, float[] input) in Variants("shift 0.3", Keys).Zip(Inputs()))
        {
            int shift = Enumerable.Range(-9, 19).First(s => Frame(variant, 15).SequenceEqual(Frame(input, 15 - s)));
            Assert.All(
                Enumerable.Range(0, 30), t => Assert.Equal(Frame(input, Math.Clamp(t - shift, 0, 29)), Frame(variant, t)));
        }
    }

    [Fact]
    public void Speed_and_pitch_move_along_a_ramp_as_far_as_they_may()
    {
        // Where the value is the place itself, interpolation is exact: what is read is where it was read.
        float[] ramp = [.. Enumerable.Range(0, Shape.Size).Select(i => (i / 8) + (100f * (i % 8)))];
        foreach (float[] variant in Variants("speed 0.3", Keys, inputs: _ => ramp))
        {
            double speed = (variant[16 * 8] - variant[15 * 8]) / 1.0;
            Assert.InRange(speed, 0.7, 1.3);
            Assert.Equal(14.5, (variant[14 * 8] + variant[15 * 8]) / 2, 1e-4);
        }

        foreach (float[] variant in Variants("pitch 2.5", Keys, inputs: _ => ramp))
        {
            double shift = (variant[3] - 300) / 100;
            Assert.InRange(shift, -2.5, 2.5);
            Assert.Equal(shift, (variant[(7 * 8) + 4] - 407) / 100, 1e-4);
        }
    }

    [Fact]
    public void Semitones_move_a_tone_to_where_the_higher_tone_lies()
    {
        float[] heard = LogMels(1500);
        GridShape shape = GridShape.Series(heard.Length / 128, 128);

        // The same keys move a ramp of band numbers, which tells from where each band was read, and so how many semitones.
        float[][] places =
            Variants("semitones 4", Keys, shape: shape, inputs: _ => [.. Enumerable.Range(0, shape.Size).Select(i => i % 128f)]);
        foreach ((float[] variant, float[] place) in
            Variants("semitones 4", Keys, shape: shape, inputs: _ => heard).Zip(places))
        {
            double semitones = 12 * Math.Log2(Hertz(90) / Hertz(place[90]));
            Assert.InRange(semitones, -4, 4);
            Assert.Equal(semitones, 12 * Math.Log2(Hertz(20) / Hertz(place[20])), 1e-3);
            Assert.Equal(Loudest(LogMels(1500 * Math.Pow(2, semitones / 12))), Loudest(variant), 0.35);
        }

        // mel = 15 + 27 log(f / 1 kHz) / log 6.4 above 1 kHz, 3 f / 200 below; band b is centred on b + 1 of 129 equal steps.
        static double Hertz(double band)
        {
            double mel = (band + 1) / 129 * (15 + (27 * Math.Log(11.025, 6.4)));
            return mel < 15 ? mel * 200 / 3 : 1000 * Math.Pow(6.4, (mel - 15) / 27);
        }

        // The top of a parabola through the loudest band of the middle frame and its neighbours.
        static double Loudest(float[] values)
        {
            ReadOnlySpan<float> frame = values.AsSpan(values.Length / 256 * 128, 128);
            int at = TensorPrimitives.IndexOfMax(frame);
            return at + (0.5 * (frame[at - 1] - frame[at + 1]) / (frame[at - 1] - (2 * frame[at]) + frame[at + 1]));
        }
    }

    [Theory, InlineData("timemask 1x12", 12 * 8), InlineData("bandmask 1x4", 4 * 30), InlineData("timemask 3x4", 12 * 8)]
    public void Masks_blot_out_no_more_than_they_may_with_the_mean(string text, int most)
    {
        foreach ((float[] variant, float[] input) in Variants(text, Keys).Zip(Inputs()))
        {
            float[] blotted = [.. variant.Zip(input).Where(pair => pair.First != pair.Second).Select(pair => pair.First)];
            Assert.InRange(blotted.Length, 0, most);
            Assert.All(blotted, value => Assert.Equal(input.Average(), value, 1e-5f));
        }
    }

    [Fact]
    public void A_crop_is_anywhere_in_training_and_in_the_middle_in_prediction()
    {
        Layer[] crop = [new Crop(20)];
        int[] starts =
        [
            .. Outputs(crop, Keys, Examples, 1, Input).Select((variant, n) =>
                Enumerable.Range(0, 11).First(s => variant.AsSpan().SequenceEqual(Input(n).AsSpan(s * 8, 20 * 8)))),
        ];

        Assert.InRange(starts.Distinct().Count(), 6, 11);
        Assert.All(
            Outputs(crop, [], Examples, 1, Input).Select((cut, n) => (cut, n)),
            pair => Assert.Equal(Input(pair.n)[(5 * 8)..(25 * 8)], pair.cut));
    }

    [Theory, InlineData(1), InlineData(0.2)]
    public void Shares_of_mixup_are_of_the_beta_distribution(double alpha)
    {
        SeededRandom random = new(4);

        double[] shares = [.. Enumerable.Range(0, 40_000).Select(_ => Mixing.Share(alpha, random))];

        Assert.All(shares, share => Assert.InRange(share, 0, 0.5));
        Assert.Equal(1 / (4 * ((2 * alpha) + 1)), shares.Average(share => (share - 0.5) * (share - 0.5)), 0.002);
    }

    [Theory, InlineData("noise 3", 0), InlineData("timemask 2x20, gain 0.5", 0), InlineData("none", 1)]
    public void Held_out_and_test_examples_are_never_varied(string augment, double mixup)
    {
        // Nothing is learnt, so that only variants can tell two fits apart.
        TrainingSet set = TrainingSet.OfClasses(
            new ExampleArrays(Inputs(), ExampleShape.Series(30, 8)), [.. Enumerable.Range(0, Examples).Select(i => i % 2)], 2);
        DeepNetworkOptions plain =
            new() { LearningRate = 1e-30, Epochs = 2, Patience = 9, Layers = LayerList.Parse("dense 3, tanh") };
        IModel Fit(DeepNetworkOptions options) => new DeepNetworkLearner(options).Fit(set, 1);

        IModel usual = Fit(plain);
        IModel varied = Fit(plain with { Augment = AugmentationList.Parse(augment), Mixup = mixup });

        Assert.NotEqual(usual.Curves[0].Losses, varied.Curves[0].Losses);
        Assert.NotEqual(varied.Curves[0].Losses[0], varied.Curves[0].Losses[1]);
        Assert.Equal(usual.Curves[0].HeldOutLosses.Count, varied.Curves[0].HeldOutLosses.Count);
        Assert.Single(varied.Curves[0].HeldOutLosses.Distinct());
        Assert.Equal(varied.Predict(set.Examples).Probabilities, varied.Predict(set.Examples).Probabilities);
    }

    [Theory, InlineData("speed 0.2, noise 0.1", 0.4), InlineData("bandmask 2x3", 0)]
    public void A_fit_with_variants_does_not_depend_on_the_number_of_threads(string augment, double mixup)
    {
        TrainingSet set = TrainingSet.OfRatings(
            new ExampleArrays(Inputs(), ExampleShape.Series(30, 8)), [.. Enumerable.Range(0, Examples).Select(i => i % 3.5)]);
        double[] Fit(int threads) => new DeepNetworkLearner(new DeepNetworkOptions
        {
            Epochs = 3,
            Layers = LayerList.Parse("crop 20, conv 4 3, relu, avgpool"),
            Augment = AugmentationList.Parse(augment),
            Mixup = mixup,
            Threads = threads,
        }).Fit(set, 1).Predict(set.Examples).Values;

        Assert.Equal(Fit(1), Fit(3));
    }

    [Theory]
    [InlineData("speed 1", "Layer 1, Speed ± 1 on 30×8: expected a range of 0 to below 1.")]
    [InlineData("pitch 8", "Layer 1, Pitch ± 8 on 30×8: expected 0 or more bands and less than the 8 there are.")]
    [InlineData("semitones 25", "Layer 1, Semitones ± 25 on 30×8: expected 0 to 24 semitones.")]
    [InlineData("timemask 2x31", "Layer 1, 2 time masks up to 31 on 30×8: expected at least one mask, of 0 to 30 frames.")]
    [InlineData("shift -0.1", "Layer 1, Shift ± -0.1 on 30×8: expected a share of 0 to 1.")]
    public void What_is_out_of_range_is_told_before_a_fit(string augment, string message)
    {
        DeepNetworkLearner learner = new(new DeepNetworkOptions { Augment = AugmentationList.Parse(augment) });

        Assert.Equal(message, Assert.Throws<InvalidInputException>(
            () => learner.RequireShape(ExampleShape.Series(30, 8), Target.Rating("rating"))).Message);
    }

    [Theory, InlineData("noize 1", "noise"), InlineData("noise", "deviation"), InlineData("timemask wide", "count x width")]
    public void What_cannot_be_read_is_told(string augment, string words) => Assert.Contains(
        words, Assert.ThrowsAny<InvalidInputException>(() => AugmentationList.Parse(augment)).Message, StringComparison.Ordinal);

    private static long[] Keys =>
        [.. Enumerable.Range(0, Examples).Select(n => ((long)SeededRandom.Derive(7, "key", n) << 32) | (uint)n)];

    private static float[][] Inputs() => [.. Enumerable.Range(0, Examples).Select(Input)];

    private static float[] LogMels(double hertz) => FeatureSetCatalogue.BuiltIn.Get("logmel128").Extract(new AudioSignal(
        Enumerable.Range(0, 11_025).Select(i => (float)Math.Sin(2 * Math.PI * hertz * i / 22_050)).ToArray(), 22_050));

    private static float[] Input(int example)
    {
        SeededRandom random = new(example);
        return [.. Enumerable.Range(0, Shape.Size).Select(_ => (float)random.NextGaussian())];
    }

    private static float[] Frame(float[] values, int t) => values.AsSpan(t * 8, 8).ToArray();

    private static float[][] Variants(
        string text,
        long[] keys,
        int threads = 1,
        int count = Examples,
        Func<int, float[]>? inputs = null,
        GridShape? shape = null) =>
        Outputs(AugmentationList.Parse(text).Layers, keys, count, threads, inputs ?? Input, shape);

    // What a network of these layers alone puts out: in training where there are keys.
    private static float[][] Outputs(
        IReadOnlyList<Layer> layers,
        long[] keys,
        int count,
        int threads,
        Func<int, float[]> inputs,
        GridShape? shape = null)
    {
        Network network = new(shape ?? Shape, layers);
        NetworkRun<float> run = new(network, network.InitialParameters<float>(0), count, learns: false, threads);
        for (int n = 0; n < count; n++)
        {
            inputs(n).CopyTo(run.Input(n));
        }

        run.Forward(new BatchRun(count, keys.Length > 0, keys));
        return [.. Enumerable.Range(0, count).Select(n => run.Output(n).ToArray())];
    }
}
