using FsCheck;
using FsCheck.Fluent;
using SerLab.Core;
using SerLab.Datasets.Tables;
using Xunit;

namespace SerLab.Datasets.Tests.Tables;

public sealed class FeatureTableCsvTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Any_finite_values_and_names_come_back_bit_for_bit()
    {
        Gen<float> values = Gen.Choose(int.MinValue, int.MaxValue).Select(BitConverter.Int32BitsToSingle).Where(float.IsFinite);
        string path = folder.At("table.csv");

        Prop.ForAll(values.ArrayOf(6).ToArbitrary(), v =>
        {
            FeatureTable table =
                new(["=a.wav", "with, comma \"and\" quotes", " ä/ö.wav "], ["f,1", "f2"], new FeatureMatrix(v, 3, 2));
            FeatureTableCsv.Write(table, path);
            FeatureTable back = FeatureTableCsv.Read(path);
            return back.ClipIds.SequenceEqual(table.ClipIds)
                && back.FeatureNames.SequenceEqual(table.FeatureNames)
                && back.Values.Values.ToArray().Select(BitConverter.SingleToInt32Bits).SequenceEqual(
                    v.Select(BitConverter.SingleToInt32Bits));
        }).Holds();
        Assert.Single(Directory.GetFiles(folder.Root));
    }

    [SkippableFact]
    public void A_device_has_no_rows_and_is_not_read_to_its_end_which_never_comes()
    {
        Skip.IfNot(File.Exists("/dev/zero"), "There is no such device here.");

        Assert.Contains(
            "no rows of data",
            Assert.Throws<InvalidInputException>(() => FeatureTableCsv.Read("/dev/zero")).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void The_form_is_plain_csv()
    {
        string path = folder.At("new/table.csv");

        FeatureTableCsv.Write(new FeatureTable(["a", "b"], ["x", "y"], new FeatureMatrix([1, 0.1f, -2.5e-8f, 3], 2, 2)), path);

        Assert.Equal("clip,x,y\na,1,0.1\nb,-2.5E-08,3\n", File.ReadAllText(path));
    }

    [Fact]
    public void A_name_that_a_spreadsheet_would_run_is_written_as_text()
    {
        string path = folder.At("table.csv");

        FeatureTableCsv.Write(new FeatureTable(["=1+1", "-1"], ["x"], new FeatureMatrix([1, 2], 2, 1)), path);

        Assert.Equal("clip,x\n'=1+1,1\n-1,2\n", File.ReadAllText(path));
    }

    [Theory]
    [InlineData("file,x\na,1\n", "first column should be 'clip'")]
    [InlineData("clip\na\n", "at least one feature")]
    [InlineData("clip,x\na,1\nb\n", "Line 3")]
    [InlineData("clip,x\na,1\na,2\n", "Line 3")]
    [InlineData("clip,x\na,NaN\n", "column 'x' is 'NaN'")]
    [InlineData("clip,x\na,1e99\n", "beyond the range of float32")]
    [InlineData("clip,x\na,\n", "blank")]
    [InlineData("clip,x,x\na,1,2\n", "more than once")]
    [InlineData("clip,x\na,\"1\n", "quotation mark")]
    [InlineData("", "no rows")]
    [InlineData("clip,x\n", "no rows")]
    public void A_damaged_table_is_refused_with_the_place(string text, string reason)
    {
        string path = folder.Write("table.csv", text);

        InvalidInputException error = Assert.ThrowsAny<InvalidInputException>(() => FeatureTableCsv.Read(path));

        Assert.Contains(path, error.Message, StringComparison.Ordinal);
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_file_is_named()
    {
        InvalidInputException error = Assert.ThrowsAny<InvalidInputException>(() => FeatureTableCsv.Read(folder.At("none.csv")));

        Assert.Contains("none.csv", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\r")]
    [InlineData("\n")]
    [InlineData("\r\n")]
    public void Lines_are_counted_whatever_ends_them(string lineEnd)
    {
        string path = folder.Write("table.csv", string.Join(lineEnd, "clip,x", "a,1", "", "b,2", "c,bad", ""));

        InvalidInputException error = Assert.ThrowsAny<InvalidInputException>(() => FeatureTableCsv.Read(path));

        Assert.StartsWith("Line 5 ", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Selecting_features_reorders_columns_and_refuses_unknown_ones()
    {
        FeatureTable table = new(["a", "b"], ["x", "y", "z"], new FeatureMatrix([1, 2, 3, 4, 5, 6], 2, 3));

        FeatureTable selected = table.SelectFeatures(["z", "x"]);

        Assert.Equal([3f, 1f, 6f, 4f], selected.Values.Values.ToArray());
        Assert.ThrowsAny<InvalidInputException>(() => table.SelectFeatures(["w"]));
    }
}
