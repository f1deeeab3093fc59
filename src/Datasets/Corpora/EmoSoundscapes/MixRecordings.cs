using System.Collections.ObjectModel;
using System.Globalization;
using SerLab.Core;
using SerLab.Datasets.Tables;

namespace SerLab.Datasets.Corpora;

/// <summary>
/// Which recordings the mixes of Emo-Soundscapes are made of, by what mixes call them: <c>freesound#22388</c> is <c>human#1</c>.
/// </summary>
internal static class MixRecordings
{
    /// <summary>
    /// The thirty recordings in the dataset's folders <c>AudioClipsUsedForMix</c>. That the number of a part in the name of a mix
    /// counts them in the order of their Freesound numbers is written nowhere; <see cref="MixEvidence"/> shows it.
    /// </summary>
    public static IReadOnlyDictionary<string, string> Published { get; } = Numbered(
        ("human", [22388, 24011, 60482, 150850, 195053]),
        ("indicator", [15000, 56874, 78564, 140043, 143963]),
        ("mechanical", [30386, 50608, 87169, 134783, 163683]),
        ("nature", [27493, 61388, 65487, 69648, 96898]),
        ("quiet", [37216, 193721, 205831, 241731, 278868]),
        ("society", [14526, 48205, 73278, 83838, 131428]));

    /// <summary>Reads a table of one's own: header <c>constituent,original</c>, both columns without repetition.</summary>
    /// <exception cref="InvalidInputException">A row names a mix as an original, or something that comes twice.</exception>
    public static IReadOnlyDictionary<string, string> Read(string path)
    {
        CsvDocument csv = CsvDocument.Read(path);
        int constituent = csv.Column("constituent");
        int original = csv.Column("original");
        HashSet<string> named = new(StringComparer.Ordinal);
        Dictionary<string, string> constituents = new(StringComparer.Ordinal);
        foreach (CsvRow row in csv.Rows)
        {
            EmoSoundscapesName name = EmoSoundscapesName.Parse(csv.Text(row, original));
            if (name.Kind != EmoSoundscapesName.Original)
            {
                throw csv.Wrong(row, original, "is a mix, and an original was expected");
            }

            if (!named.Add(csv.Text(row, constituent)))
            {
                throw csv.Wrong(row, constituent, "comes twice");
            }

            if (!constituents.TryAdd(name.Constituents[0], csv.Text(row, constituent)))
            {
                throw csv.Wrong(row, original, "comes twice");
            }
        }

        return constituents;
    }

    private static ReadOnlyDictionary<string, string> Numbered(params (string SoundClass, int[] Sounds)[] classes) =>
        classes.SelectMany(c => c.Sounds.Index().Select(sound => (c.SoundClass, Number: sound.Index + 1, Sound: sound.Item)))
            .ToDictionary(
                part => string.Create(CultureInfo.InvariantCulture, $"freesound#{part.Sound}"),
                part => string.Create(CultureInfo.InvariantCulture, $"{part.SoundClass}#{part.Number}"))
            .AsReadOnly();
}
