using SerLab.Core;
using SerLab.Features.FeatureSets;

namespace SerLab.Datasets.Descriptions;

/// <summary>Feature sets, and those that names take from files (<see cref="EmbeddingFile"/>).</summary>
/// <param name="sets">The sets there are.</param>
/// <param name="folder">Where relative paths begin; the working folder by default.</param>
public sealed class DescribedFeatureSets(Catalogue<FeatureSet> sets, string folder = "")
{
    /// <summary>The sets there are, those of all names so far included.</summary>
    public Catalogue<FeatureSet> Sets { get; private set; } = sets;

    /// <summary>The name with ids in place of paths.</summary>
    /// <param name="name">One or several, as <c>voice310+my-embedding.yaml</c>.</param>
    /// <exception cref="InvalidInputException">A file is no such description.</exception>
    public string Resolve(string name) => string.Join('+', name.Split('+').Select(ResolvePart));

    private string ResolvePart(string part)
    {
        if (Path.GetExtension(part) is not (".yaml" or ".yml"))
        {
            return part;
        }

        FeatureSet set = EmbeddingFeatureSet.Create(EmbeddingFile.Read(Path.Combine(folder, part), Sets));
        if (Sets.Find(set.Id) is not { } known)
        {
            Sets = Sets.With(set);
        }
        else if (known.Key != set.Key)
        {
            throw new InvalidInputException(
                $"'{part}' describes a feature set '{set.Id}', and there is one of that name; give it another id.");
        }

        return set.Id;
    }
}
