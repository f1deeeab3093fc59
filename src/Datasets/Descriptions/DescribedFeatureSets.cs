using SerLab.Core;
using SerLab.Datasets.Tables;
using SerLab.Features.FeatureSets;

namespace SerLab.Datasets.Descriptions;

/// <summary>
/// Feature sets, and those that names take from files: descriptions of frozen networks in YAML (<see cref="EmbeddingFile"/>), and
/// tables of features in CSV.
/// </summary>
/// <param name="sets">The sets there are.</param>
/// <param name="folder">Where relative paths begin; the working folder by default.</param>
public sealed class DescribedFeatureSets(Catalogue<FeatureSet> sets, string folder = "")
{
    /// <summary>The sets there are, those of all names so far included.</summary>
    public Catalogue<FeatureSet> Sets { get; private set; } = sets;

    /// <summary>The name with ids in place of paths.</summary>
    /// <param name="name">One or several, as <c>voice310+my-embedding.yaml+mine.csv</c>.</param>
    /// <exception cref="InvalidInputException">A file is no such description, or no table of features.</exception>
    public string Resolve(string name) => string.Join('+', name.Split('+').Select(ResolvePart));

    private string ResolvePart(string part)
    {
        string path = Path.Combine(folder, part);
        FeatureSet? described = Path.GetExtension(part).ToLowerInvariant() switch
        {
            ".yaml" or ".yml" => EmbeddingFeatureSet.Create(EmbeddingFile.Read(path, Sets)),
            ".csv" => ClipTable.Read(path).ToFeatureSet(),
            _ => null,
        };
        if (described is not { } set)
        {
            return part;
        }

        if (Sets.Find(set.Id) is not { } known)
        {
            Sets = Sets.With(set);
        }
        else if (known.Key != set.Key)
        {
            throw new InvalidInputException(
                $"'{part}' is a feature set '{set.Id}', and there is another of that name; give it another "
                + $"{(set.Rows is null ? "id" : "file name")}.");
        }

        return set.Id;
    }
}
