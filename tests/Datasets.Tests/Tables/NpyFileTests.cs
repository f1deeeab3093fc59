using System.Text;
using SerLab.Core;
using SerLab.Datasets.Tables;
using Xunit;

namespace SerLab.Datasets.Tests.Tables;

public sealed class NpyFileTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void An_example_has_the_axes_of_its_shape()
    {
        NpyFile.Write(new float[] { 1, 2, 3, 4, 5, -6.5f }, ExampleShape.Series(null, 2), folder.At("x.npy"));

        byte[] file = File.ReadAllBytes(folder.At("x.npy"));
        Assert.Equal(128 + (6 * 4), file.Length);
        Assert.Equal([0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y', 1, 0, 118, 0], file[..10]);
        Assert.Equal(
            "{'descr': '<f4', 'fortran_order': False, 'shape': (3, 2,), }".PadRight(117) + "\n",
            Encoding.ASCII.GetString(file[10..128]));
        Assert.Equal([1, 2, 3, 4, 5, -6.5f], Enumerable.Range(0, 6).Select(i => BitConverter.ToSingle(file, 128 + (4 * i))));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(1_000_000)]
    public void All_examples_are_one_array_that_begins_at_a_multiple_of_64(int columns)
    {
        NpyFile.Write(new FeatureMatrix(new float[2 * columns], 2, columns), folder.At("x.npy"));

        byte[] file = File.ReadAllBytes(folder.At("x.npy"));
        int header = BitConverter.ToUInt16(file, 8);
        Assert.Contains($"'shape': (2, {columns},)", Encoding.ASCII.GetString(file[10..(10 + header)]), StringComparison.Ordinal);
        Assert.Equal((0, (byte)'\n'), ((10 + header) % 64, file[9 + header]));
        Assert.Equal(10 + header + (2 * columns * 4), file.Length);
    }

    [Fact]
    public void Examples_that_differ_in_length_are_no_array()
    {
        ExampleArrays examples = new([[1, 2], [1, 2, 3, 4]], ExampleShape.Series(null, 2));

        Assert.Contains(
            "differ in length",
            Assert.Throws<InvalidInputException>(() => NpyFile.Write(examples, folder.At("x.npy"))).Message,
            StringComparison.Ordinal);
        Assert.False(File.Exists(folder.At("x.npy")));
    }
}
