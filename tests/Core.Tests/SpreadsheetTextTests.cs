using Xunit;

namespace SerLab.Core.Tests;

public class SpreadsheetTextTests
{
    [Theory]
    [InlineData("=HYPERLINK(\"http://x\")", "'=HYPERLINK(\"http://x\")")]
    [InlineData("@sum(a1)", "'@sum(a1)")]
    [InlineData("+cmd|'/c calc'!a0", "'+cmd|'/c calc'!a0")]
    [InlineData("-2+3", "'-2+3")]
    [InlineData("'=1", "''=1")]
    [InlineData("-2.5E-05", "-2.5E-05")]
    [InlineData("+1", "+1")]
    [InlineData("rain.wav", "rain.wav")]
    [InlineData("'quoted'", "'quoted'")]
    [InlineData("", "")]
    public void What_a_spreadsheet_would_run_is_written_as_text_and_read_back_as_it_was(string text, string cell)
    {
        Assert.Equal(cell, SpreadsheetText.Write(text));
        Assert.Equal(text, SpreadsheetText.Read(cell));
    }
}
