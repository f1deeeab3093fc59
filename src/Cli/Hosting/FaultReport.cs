using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace SerLab.Cli.Hosting;

/// <summary>What is left of a failure that nobody foresaw: one sentence for the user, the details in a file.</summary>
internal static class FaultReport
{
    /// <summary>Writes the details to the folder for temporary files.</summary>
    /// <param name="error">What escaped.</param>
    /// <param name="arguments">The command line.</param>
    /// <returns>The sentence.</returns>
    public static string Write(Exception error, IReadOnlyList<string> arguments)
    {
        string sentence =
            $"SerLab has failed unexpectedly ({error.GetType().Name}: {error.Message.ReplaceLineEndings(" ").TrimEnd('.')}).";
        string path = Path.Combine(Path.GetTempPath(), $"serlab-fault-{Guid.NewGuid():N}.txt");
        try
        {
            File.WriteAllText(path, string.Create(
                CultureInfo.InvariantCulture,
                $"SerLab {typeof(FaultReport).Assembly.GetName().Version}, {RuntimeInformation.FrameworkDescription}, "
                    + $"{RuntimeInformation.OSDescription}\n{string.Join(' ', arguments)}\n\n{error}\n"),
                Encoding.UTF8);
            return $"{sentence} What is finished is kept. The details are in '{path}'; please report them.";
        }
        catch (Exception)
        {
            // Whatever it is, the first failure is the one to tell.
            return $"{sentence} What is finished is kept; please report it.";
        }
    }
}
