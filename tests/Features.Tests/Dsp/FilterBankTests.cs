using System.Numerics;
using SerLab.Features.Dsp;
using Xunit;

namespace SerLab.Features.Tests.Dsp;

public class FilterBankTests
{
    private static readonly FilterBank Sparse = new([[0, 1, 2, 0, 0, 3], [0, 0, 0, 0, 0, 0], [4, 5, 6, 7, 8, 9]]);

    [Fact]
    public void It_is_the_matrix_it_was_made_of()
    {
        Assert.Equal([0, 1, 2, 0, 0, 3], Sparse.Row(0));
        Assert.Equal(new float[6], Sparse.Row(1));
        float[] bands = new float[3];
        Sparse.Apply([1, 10, 100, 1000, 10000, 100000], bands);
        Assert.Equal([300210, 0, 987654], bands);
    }

    [Fact]
    public void Many_spectra_at_once_give_what_each_gives_alone()
    {
        int frames = 3 * Vector<float>.Count;
        float[] input = [.. Enumerable.Range(0, 6 * frames).Select(i => (float)(i % 17))];
        float[] output = new float[3 * frames];
        Sparse.Apply(input, frames, output, frames, frames);

        float[] alone = new float[3];
        for (int frame = 0; frame < frames; frame++)
        {
            Sparse.Apply([.. Enumerable.Range(0, 6).Select(bin => input[bin * frames + frame])], alone);
            Assert.Equal(alone, Enumerable.Range(0, 3).Select(band => output[band * frames + frame]));
        }
    }

    [Fact]
    public void Rows_of_unequal_length_or_none_are_refused()
    {
        Assert.Throws<ArgumentException>(() => new FilterBank([]));
        Assert.Throws<ArgumentException>(() => new FilterBank([[1, 2], [3]]));
    }

    [Theory]
    [InlineData(16000, 512, 40)]
    [InlineData(48000, 2048, 128)]
    public void Slaney_triangles_have_unit_area_and_rise_then_fall(int sampleRate, int fftLength, int bands)
    {
        FilterBank bank = MelBank.Slaney(sampleRate, fftLength, bands);
        double binWidth = (double)sampleRate / fftLength;
        Assert.Equal((bands, fftLength / 2 + 1), (bank.BandCount, bank.InputCount));
        for (int band = 0; band < bands; band++)
        {
            AssertOnePeak(bank.Row(band));
        }

        // The widest triangle is sampled finely enough for its sum to be near its integral.
        Assert.Equal(1, bank.Row(bands - 1).Sum() * binWidth, 0.02);
    }

    [Fact]
    public void Htk_triangles_have_unit_height_and_add_up_to_one_between_the_outer_corners()
    {
        FilterBank bank = MelBank.Htk(16000, 4096, 20);
        float[] sums = new float[bank.InputCount];
        for (int band = 0; band < 20; band++)
        {
            float[] row = bank.Row(band);
            AssertOnePeak(row);
            Assert.InRange(row.Max(), 0.9f, 1f);
            sums = [.. sums.Zip(row, (a, b) => a + b)];
        }

        double top = 2595 * Math.Log10(1 + 8000 / 700.0);
        double Hertz(int corner) => 700 * (Math.Pow(10, top * corner / 21 / 2595) - 1);
        Assert.All(
            Enumerable.Range(0, sums.Length).Where(bin => bin * 16000 / 4096.0 > Hertz(1) && bin * 16000 / 4096.0 < Hertz(20)),
            bin => Assert.Equal(1, sums[bin], 1e-5));
    }

    [Fact]
    public void Meyda_triangles_have_whole_bins_as_corners_and_reach_one()
    {
        FilterBank bank = MelBank.Meyda(44100, 1024, 26);
        Assert.Equal((26, 512), (bank.BandCount, bank.InputCount));
        for (int band = 0; band < 26; band++)
        {
            float[] row = bank.Row(band);
            AssertOnePeak(row);
            Assert.Equal(1f, row.Max());
        }
    }

    [Theory]
    [InlineData(261.6256, 0)]
    [InlineData(440, 9)]
    [InlineData(1479.978, 6)]
    public void A_pitch_falls_mostly_into_its_class(double hertz, int expected)
    {
        FilterBank librosa = ChromaBank.Librosa(44100, 8192);
        int bin = (int)Math.Round(hertz * 8192 / 44100);
        Assert.Equal(expected, Enumerable.Range(0, 12).MaxBy(c => librosa.Row(c)[bin]));

        FilterBank meyda = ChromaBank.Meyda(44100, 8192);
        Assert.Equal(expected, Enumerable.Range(0, 12).MaxBy(c => meyda.Row(c)[bin]));
    }

    [Fact]
    public void Tuning_shifts_the_chroma_bank_by_that_many_semitones()
    {
        // Half a semitone sharp, a bin between A and A sharp is the middle of A.
        FilterBank sharp = ChromaBank.Librosa(44100, 8192, 0.5);
        int bin = (int)Math.Round(880 * Math.Pow(2, 0.5 / 12) * 8192 / 44100);
        float[] classes = [.. Enumerable.Range(0, 12).Select(c => sharp.Row(c)[bin])];
        Assert.Equal(9, Array.IndexOf(classes, classes.Max()));
        Assert.True(classes[9] > 5 * classes[10]);
    }

    [Fact]
    public void Bark_limits_cover_the_spectrum_in_ascending_bands_of_equal_bark()
    {
        int[] limits = BarkScale.BandLimits(44100, 1024, 24);
        Assert.Equal(25, limits.Length);
        Assert.Equal((0, 511), (limits[0], limits[^1]));
        double width = BarkScale.FromHertz(511 * 44100 / 1024.0) / 24;
        for (int b = 1; b < 24; b++)
        {
            Assert.True(limits[b] > limits[b - 1]);
            Assert.True(BarkScale.FromHertz(limits[b] * 44100 / 1024.0) > b * width);
            Assert.True(BarkScale.FromHertz((limits[b] - 1) * 44100 / 1024.0) <= b * width + 1e-5);
        }
    }

    [Theory]
    [InlineData(26)]
    [InlineData(128)]
    public void The_cosine_transform_is_orthonormal(int n)
    {
        FilterBank transform = CosineTransform.Orthonormal(n, n);
        float[][] rows = [.. Enumerable.Range(0, n).Select(transform.Row)];
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                Assert.Equal(i == j ? 1 : 0, rows[i].Zip(rows[j], (a, b) => (double)a * b).Sum(), 1e-6);
            }
        }
    }

    [Fact]
    public void The_unscaled_cosine_transform_is_twice_the_defining_sum()
    {
        float[] result = new float[2];
        CosineTransform.Unscaled(3, 2).Apply([1, 2, 4], result);
        Assert.Equal(14, result[0], 1e-5);
        Assert.Equal(2 * (Math.Cos(Math.PI / 6) - 4 * Math.Cos(Math.PI / 6)), result[1], 1e-5);
    }

    private static void AssertOnePeak(float[] row)
    {
        int peak = Array.IndexOf(row, row.Max());
        Assert.True(row[peak] > 0);
        for (int i = 1; i < row.Length; i++)
        {
            Assert.True(i <= peak ? row[i] >= row[i - 1] : row[i] <= row[i - 1]);
        }
    }
}
