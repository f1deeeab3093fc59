using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms;
using SerLab.Core;
using SerLab.Datasets.Extraction;
using SerLab.Features.Audio;
using SerLab.Features.FeatureSets;

namespace SerLab.MLNet.Data;

/// <summary>The step from paths to features in the form that ML.NET saves: it keeps which features.</summary>
[CustomMappingFactoryAttribute(Contract)]
internal sealed class SavedAudio : CustomMappingFactory<SavedAudio.Sound, SavedAudio.Features>
{
    private const string Contract = "SerLab.AudioFeatures";
    private const string Numbers = "SerLab.Numbers";

    /// <summary>The step as ML.NET's own steps.</summary>
    /// <exception cref="InvalidInputException">The features are none of those that SerLab brings.</exception>
    public static ITransformer Of(AudioStep step)
    {
        MLContext context = new();
        string state = string.Join('\n', step.Set.Id, step.Set.Key, step.Input, step.Added[0].Name);
        Find(state);
        return SavedStep.Of<Sound, Features>(context, step.Input, state, Map, Contract)
            .Append(SavedStep.Vector(context, step.Added[0].Name, Numbers, step.Set.Names.Count))
            .Append(SavedStep.Clean(context, Numbers))
            .Fit(new TableView(0, TableColumn.Texts(step.Input, [])));
    }

    /// <summary>The step that <see cref="Of"/> made steps of ML.NET of.</summary>
    /// <param name="state">What they keep.</param>
    public static AudioFeaturesTransformer Restore(string state)
    {
        string[] kept = state.Split('\n');
        return new AudioFeaturesTransformer(new AudioStep(kept[3], kept[2], Find(state), cache: null));
    }

    /// <inheritdoc/>
    public override Action<Sound, Features> GetMapping() => Map;

    private static void Map(Sound sound, Features features)
    {
        string path = sound.Path.ToString();
        features.Numbers = SavedStep.Text(FeatureExtractor.Compute(Find(sound.Set.ToString()), AudioFile.Hear(path), path));
    }

    private static FeatureSet Find(string state)
    {
        string[] kept = state.Split('\n');
        return FeatureSetCatalogue.BuiltIn.FindSet(kept[0]) is { } set && set.Key == kept[1]
            ? set
            : throw new InvalidInputException(
                $"The pipeline computes the features '{kept[1]}', which this version of SerLab does not bring; save the "
                + "steps that follow them, and compute them before.");
    }

    internal sealed class Sound
    {
        [ColumnName(SavedStep.State)]
        public ReadOnlyMemory<char> Set { get; set; }

        [ColumnName(SavedStep.Cell)]
        public ReadOnlyMemory<char> Path { get; set; }
    }

    internal sealed class Features
    {
        [ColumnName(SavedAudio.Numbers)]
        public string Numbers { get; set; } = "";
    }
}
