using System.Text;
using SerLab.Core;
using SerLab.Explorer.Library;
using SerLab.Explorer.Serving;

namespace SerLab.Explorer.Export;

/// <summary>
/// The page as files that need no server: its modules within the page, for a browser does not import files, and all data in one
/// script beside it. Sounds are linked where they lie, or copied beside it.
/// </summary>
internal static class StaticExport
{
    private const string Data = "library.js";
    private const int OutlineBytes = 256;

    // What is in every page of the explorer and in hardly any other.
    private const string Mark = "\"explorer/app\"";

    /// <summary>Writes the files; those that are there are replaced.</summary>
    /// <param name="library">Finished.</param>
    /// <param name="folder">Where to; made where it is missing.</param>
    /// <param name="withSounds">Whether the sounds are copied, so that the folder can be moved.</param>
    /// <param name="cancellationToken">Stops before the next sound is copied.</param>
    /// <exception cref="InvalidInputException">It cannot be written there, or another page is there.</exception>
    public static void Write(
        SoundLibrary library, string folder, bool withSounds = false, CancellationToken cancellationToken = default)
    {
        PageFiles page = PageFiles.Load();
        RowChanges rows = library.Rows.Since(0) with { Revision = LibraryJson.StaticRevision };
        try
        {
            RequireOwn(Path.Combine(folder, PageFiles.Index));
            ExportedSounds sounds = withSounds
                ? ExportedSounds.Copied(library, folder, cancellationToken)
                : ExportedSounds.Linked(library, folder);
            AtomicFile.Write(Path.Combine(folder, PageFiles.Index), PageOf(page));
            foreach (string name in page.Names.Where(name => name.EndsWith(".css", StringComparison.Ordinal)))
            {
                AtomicFile.Write(Path.Combine(folder, name), page.Text(name));
            }

            AtomicFile.Write(Path.Combine(folder, Data), DataOf(library, rows, sounds));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InvalidInputException($"The page cannot be written to '{folder}': {e.Message}", e);
        }
    }

    private static void RequireOwn(string index)
    {
        if (File.Exists(index) && !File.ReadAllText(index).Contains(Mark, StringComparison.Ordinal))
        {
            throw new InvalidInputException($"'{index}' is another page, which is left as it is: name another folder.");
        }
    }

    private static string PageOf(PageFiles page)
    {
        StringBuilder text = new(page.Text(PageFiles.Index));
        foreach (string name in page.Names.Where(name => name.EndsWith(".mjs", StringComparison.Ordinal)))
        {
            string module = Convert.ToBase64String(page.Find(name)!.Value.Bytes);
            text.Replace($"\"./{name}\"", $"\"data:text/javascript;base64,{module}\"");
        }

        return text
            .Replace($"<!-- static: <script src=\"{Data}\"></script> -->", $"<script src=\"{Data}\"></script>")
            .ToString();
    }

    private static string DataOf(SoundLibrary library, RowChanges rows, ExportedSounds sounds)
    {
        byte[] json = LibraryJson.Write(json =>
        {
            json.WriteStartObject();
            json.WritePropertyName("state");
            json.WriteRawValue(LibraryJson.State(library, restart: null));
            json.WritePropertyName("clips");
            json.WriteRawValue(LibraryJson.Columns(library, rows));
            json.WriteBase64String("peaks", Outlines(rows.Rows));
            if (library.Similarity is { } similarity)
            {
                json.WriteStartObject("features");
                json.WriteNumber("dimensions", similarity.Columns);
                json.WriteNumber("scale", Similarity.Step);
                json.WriteBase64String("data", similarity.CodesOf(rows.Rows));
                json.WriteEndObject();
            }

            json.WriteString("audio", sounds.Prefix);
            json.WriteString("suffix", sounds.Suffix);
            json.WriteEndObject();
        });
        return $"globalThis.serlabLibrary = {Encoding.UTF8.GetString(json)};\n";
    }

    private static byte[] Outlines(IReadOnlyList<SoundRow> rows)
    {
        byte[] bytes = new byte[(long)rows.Count * OutlineBytes];
        for (int i = 0; i < rows.Count; i++)
        {
            for (int k = 0; k < rows[i].Outline.Length; k++)
            {
                bytes[(i * OutlineBytes) + k] = (byte)rows[i].Outline[k];
            }
        }

        return bytes;
    }
}
