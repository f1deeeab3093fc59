using SerLab.Reports.Tables;
using Xunit;

namespace SerLab.Reports.Tests;

public class TableFormatTests
{
    private static readonly Table Sample = new(
        "R² of a_b & c", ["model", "grouped (LEAKS)"],
        [["svr|mlp", "≈ 0.092 [−0.125, 0.267]; −0.181 ± 0.246"], ["=1+1", "50 %, \"so\""]]);

    [Fact]
    public void Csv_quotes_what_has_commas_and_guards_what_a_spreadsheet_would_run() => Assert.Equal(
        "model,grouped (LEAKS)\nsvr|mlp,\"≈ 0.092 [−0.125, 0.267]; −0.181 ± 0.246\"\n'=1+1,\"50 %, \"\"so\"\"\"\n",
        TableFormat.Csv.Write(Sample));

    [Fact]
    public void Markdown_escapes_bars_and_sets_figures_to_the_right() => Assert.Equal(
        """
        **R² of a_b & c**

        | model | grouped (LEAKS) |
        |---|---:|
        | svr\|mlp | ≈ 0.092 [−0.125, 0.267]; −0.181 ± 0.246 |
        | =1+1 | 50 %, "so" |

        """.ReplaceLineEndings("\n"),
        TableFormat.Markdown.Write(Sample));

    [Fact]
    public void Latex_escapes_every_sign_that_has_a_meaning_there() => Assert.Equal(
        """
        \begin{table}
        \caption{R$^2$ of a\_b \& c}
        \begin{tabular}{lr}
        \toprule
        model & grouped (LEAKS) \\
        \midrule
        svr|mlp & $\approx$ 0.092 [$-$0.125, 0.267]; $-$0.181 $\pm$ 0.246 \\
        =1+1 & 50 \%, "so" \\
        \bottomrule
        \end{tabular}
        \end{table}

        """.ReplaceLineEndings("\n"),
        TableFormat.Latex.Write(Sample));
}
