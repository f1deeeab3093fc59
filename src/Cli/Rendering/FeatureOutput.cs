using SerLab.Cli.Hosting;
using SerLab.Core;
using SerLab.Datasets.Extraction;
using SerLab.Datasets.Tables;
using SerLab.Features.FeatureSets;

namespace SerLab.Cli.Rendering;

/// <summary>
/// Where extracted features go: rows of named features into a table, on standard output or in a CSV; everything into one NumPy
/// array, or into one per clip below a folder.
/// </summary>
internal sealed class FeatureOutput
{
    private const string ArrayExtension = ".npy";
    private const string TableExtension = ".csv";

    private readonly FeatureSet set;
    private readonly string? path;
    private readonly Action<ClipFeatures[], Terminal> write;

    /// <summary>Decides by the shape of the features and the extension of the path, before any work.</summary>
    /// <param name="set">What is extracted.</param>
    /// <param name="path">A file or folder; none for standard output.</param>
    /// <exception cref="InvalidInputException">A table is asked for, and the features are no rows of one.</exception>
    public FeatureOutput(FeatureSet set, string? path)
    {
        (this.set, this.path) = (set, path);
        if (HasExtension(ArrayExtension))
        {
            write = (clips, _) => WriteArray(clips);
        }
        else if (!set.Shape.IsFeatures && path is not null && !HasExtension(TableExtension))
        {
            write = (clips, _) => WriteFolder(clips);
        }
        else
        {
            FeatureTable.RequireRows(set);
            write = WriteTable;
        }
    }

    /// <summary>Writes the features of all clips that have some.</summary>
    public void Write(ClipFeatures[] clips, Terminal terminal)
    {
        write(clips, terminal);
        if (path is not null)
        {
            terminal.Note($"{clips.Length} clips × {set.Shape} ({set.Key}) -> {path}");
        }
    }

    private bool HasExtension(string extension) =>
        Path.GetExtension(path ?? "").Equals(extension, StringComparison.OrdinalIgnoreCase);

    private void WriteTable(ClipFeatures[] clips, Terminal terminal)
    {
        FeatureTable table = FeatureTable.Of(set, [.. clips.Select(clip => clip.ClipId)], ExamplesOf(clips));
        if (path is not null)
        {
            FeatureTableCsv.Write(table, path);
        }
        else
        {
            FeatureTableCsv.Write(table, terminal.Output.Profile.Out.Writer);
        }
    }

    // The clips of its rows stand beside an array, as it has no place for their names.
    private void WriteArray(ClipFeatures[] clips)
    {
        Examples examples = ExamplesOf(clips);
        if (examples.Shape.Size is null)
        {
            ClipFeatures other = clips.FirstOrDefault(clip => clip.Values!.Length != clips[0].Values!.Length) ?? throw new
                InvalidInputException("None of the clips has features, so there is no array to write.");
            throw new InvalidInputException(
                $"'{clips[0].ClipId}' and '{other.ClipId}' differ in length, so one array cannot hold both; name a "
                + "folder to get a file per clip, or a part of every clip, as in "
                + $"{FeatureSetCatalogue.IdsIn(set.Id).First()}@3s.");
        }

        NpyFile.Write(examples, path!);
        AtomicFile.Write(
            Path.ChangeExtension(path!, ".clips.txt"), string.Concat(clips.Select(clip => $"{clip.ClipId}\n")));
    }

    private void WriteFolder(ClipFeatures[] clips)
    {
        string[] sounds = [.. clips.Select(clip => Path.GetFullPath(clip.ClipId))];
        string common = CommonFolder(sounds);
        for (int i = 0; i < clips.Length; i++)
        {
            string file = Path.GetRelativePath(common, sounds[i]) + ArrayExtension;
            NpyFile.Write(clips[i].Values!, set.Shape, Path.Combine(path!, file));
        }
    }

    private Examples ExamplesOf(ClipFeatures[] clips) => Examples.Of([.. clips.Select(clip => clip.Values!)], set.Shape);

    private static string CommonFolder(string[] files)
    {
        string common = files.Length == 0 ? "" : Path.GetDirectoryName(files[0])!;
        while (files.Any(file => Path.GetRelativePath(common, file).StartsWith("..", StringComparison.Ordinal)))
        {
            common = Path.GetDirectoryName(common)!;
        }

        return common;
    }
}
