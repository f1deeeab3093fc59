using SerLab.Core;
using SerLab.Datasets.Corpora;
using SerLab.Datasets.Tables;
using SerLab.Features.FeatureSets;
using SerLab.Models;

namespace SerLab.Prediction;

/// <summary>A table that holds, for new clips, the features that no sound gives and a model takes. Immutable.</summary>
public sealed class FeaturesForModel
{
    private readonly ClipTable table;
    private readonly bool needsSound;
    private readonly string model;

    private FeaturesForModel(ClipTable table, Catalogue<FeatureSet> sets, FeatureSet whole)
    {
        this.table = table;
        Sets = sets;
        needsSound = whole.NeedsSound;
        model = whole.Id;
    }

    /// <summary>What can be named, the columns of the table included as the model calls them.</summary>
    public Catalogue<FeatureSet> Sets { get; }

    /// <summary>What a reader should know of the table, one sentence each.</summary>
    public IReadOnlyList<string> Notes => table.Notes;

    /// <summary>All clips of the table, without sounds.</summary>
    /// <exception cref="InvalidInputException">The model also takes features that are computed from sounds.</exception>
    public IReadOnlyList<Clip> Clips => needsSound
        ? throw new InvalidInputException(
            $"The model takes '{model}', of which a part is computed from sounds; name them, too: "
            + "predict MODEL CLIPS --table FILE.")
        : [.. table.Clips.Select(clip => new Clip { Id = clip })];

    /// <summary>Reads a table for a model: columns are found by their names, others are left out.</summary>
    /// <param name="model">The model.</param>
    /// <param name="sets">The feature sets that can be computed.</param>
    /// <param name="path">The CSV, of the form that training takes.</param>
    /// <exception cref="InvalidInputException">
    /// The model takes nothing that a table gives, or the table lacks columns.
    /// </exception>
    public static FeaturesForModel Of(EmotionModel model, Catalogue<FeatureSet> sets, string path)
    {
        FeatureRecipe recipe = model.Description.Features;
        IReadOnlyList<string> ids =
            recipe.Tables.Count > 0 || sets.FindSet(recipe.Id) is not null ? recipe.Tables : [recipe.Id];
        if (!model.TakesFeatures || ids.Count == 0)
        {
            throw new InvalidInputException(
                $"The model takes '{recipe.Id}', which is computed from sounds; name sounds, and leave --table out.");
        }

        ClipTable table = ClipTable.Read(path);
        Catalogue<FeatureSet> known = sets.With(ids.Select(id => SetOf(recipe, id, table)));
        return new FeaturesForModel(table, known, model.FeatureSetIn(known));
    }

    // With the hash of the table that the model learnt from: the recipe is the same, the clips are others.
    private static FeatureSet SetOf(FeatureRecipe recipe, string id, ClipTable table)
    {
        bool isWhole = id == recipe.Id;
        string prefix = isWhole ? "" : $"{id}:";
        string[] names =
        [
            .. recipe.Names.Where(name => name.StartsWith(prefix, StringComparison.Ordinal))
                .Select(name => name[prefix.Length..]),
        ];
        return names.Length > 0
            ? FeatureSet.Given(
                id,
                $"The columns of {id}.",
                names,
                table.Select(names),
                recipe.Parameters.GetValueOrDefault(prefix + FeatureSet.TableHash))
            : throw new InvalidInputException(
                $"The model does not say which columns of '{id}' it takes, so that no table can be given in its place.");
    }
}
