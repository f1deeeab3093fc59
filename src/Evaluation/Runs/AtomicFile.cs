using System.Text;

namespace SerLab.Evaluation.Runs;

/// <summary>Writes a file whole or not at all: under a temporary name beside it, then renamed.</summary>
internal static class AtomicFile
{
    public static void Write(string path, string text)
    {
        string temporary = $"{path}.{Guid.NewGuid():N}.tmp";
        try
        {
            File.WriteAllText(temporary, text, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
            File.Move(temporary, path, overwrite: true);
        }
        finally
        {
            File.Delete(temporary);
        }
    }
}
