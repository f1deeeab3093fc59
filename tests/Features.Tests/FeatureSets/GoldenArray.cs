using System.Globalization;
using System.Text.Json;
using SerLab.Features.Dsp;
using Xunit;

namespace SerLab.Features.Tests.FeatureSets;

/// <summary>
/// A descriptor that librosa computed of a clip at 22,050 Hz: rows × frames, of which only every n-th frame is kept.
/// </summary>
internal sealed class GoldenArray
{
    private readonly double[] values;
    private readonly int step;
    private readonly int kept;

    private GoldenArray(JsonElement array)
    {
        int[] shape = [.. array.GetProperty("shape").EnumerateArray().Select(length => length.GetInt32())];
        (Rows, Frames) = (shape.Length == 1 ? 1 : shape[0], shape[^1]);
        step = array.GetProperty("step").GetInt32();
        kept = (Frames + step - 1) / step;
        values = [.. array.GetProperty("data").EnumerateArray().Select(Golden.Number)];
    }

    public int Rows { get; }

    public int Frames { get; }

    /// <summary>The largest magnitude of all values.</summary>
    public double Largest => values.Max(Math.Abs);

    /// <summary>All descriptors of a clip, by name.</summary>
    public static Dictionary<string, GoldenArray> Of(string clip) => Golden.Read("deep", "features", clip + ".json.gz")
        .EnumerateObject().ToDictionary(array => array.Name, array => new GoldenArray(array.Value));

    /// <summary>Asserts that the first rows equal the given ones within a tolerance, on all frames that are kept.</summary>
    public void AssertEqual(string what, Func<int, int, float> actual, double tolerance, int? rows = null)
    {
        for (int row = 0; row < (rows ?? Rows); row++)
        {
            for (int k = 0; k < kept; k++)
            {
                double expected = values[(row * kept) + k];
                float value = actual(row, k * step);
                Assert.True(
                    Math.Abs(value - expected) <= tolerance,
                    string.Create(
                        CultureInfo.InvariantCulture, $"{what}, row {row}, frame {k * step}: expected {expected}, got {value}"));
            }
        }
    }

    public void AssertEqual(string what, FrameMatrix actual, double tolerance)
    {
        Assert.Equal((Rows, Frames), (actual.RowCount, actual.FrameCount));
        AssertEqual(what, (row, frame) => actual[row, frame], tolerance);
    }
}
