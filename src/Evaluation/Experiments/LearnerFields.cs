using SerLab.Core;
using SerLab.Datasets.Descriptions;
using SerLab.Training.Catalogue;
using SerLab.Training.Learners;
using SerLab.Training.Search;

namespace SerLab.Evaluation.Experiments;

/// <summary>
/// The learners of an experiment file: a list of names for learners as they are, or a mapping from names in tables to settings,
/// of which <c>learner</c> (default: the name) says which learner it is, <c>input</c> which of several feature sets it learns
/// from (<c>features: [voice310+logmel64@3s]</c>; default: all side by side), <c>scaler</c> how features are scaled,
/// <c>resampler</c> how classes are evened out, <c>calibration</c> how their probabilities are mended, and
/// <c>search: {settings: {C: [1, 10]}, metric: uar, folds: 5, draws: 20}</c> what is chosen inside every fold, on inner folds as
/// strict as the outer ones; all of a search but <c>settings</c> may be left out.
/// </summary>
internal sealed class LearnerFields
{
    private const string Key = "learners";
    private const string Learner = "learner";
    private const string Input = "input";
    private const string Scaler = "scaler";
    private const string Resampler = "resampler";
    private const string Calibration = "calibration";
    private const string Search = "search";

    // Learners made of learners made of learners double with each line.
    private const int MostMembers = 1000;

    private static readonly string[] Own = [Learner, Input, Scaler, Resampler, Calibration, Search];

    // Many parts may name one learner, and a learner may be made of others over several levels: each is read once.
    private readonly Dictionary<(string Name, Target Target), LearnerSpecification> read = [];
    private readonly YamlFields yaml;
    private readonly LearnerCatalogue catalogue;

    /// <summary>Finds the learners of a file.</summary>
    /// <param name="yaml">The file.</param>
    /// <param name="catalogue">The learners it can name.</param>
    public LearnerFields(YamlFields yaml, LearnerCatalogue catalogue)
    {
        this.yaml = yaml;
        this.catalogue = catalogue;
        Names = yaml.IsMapping(Key) ? [.. yaml.Fields(Key)!.Keys] : yaml.Texts(Key);
        if (Names.Count == 0)
        {
            throw yaml.Lacks(Key);
        }
    }

    /// <summary>Their names in tables, in order.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>Reads one, and makes it to find out whether it can be made.</summary>
    /// <param name="name">Its name in tables.</param>
    /// <param name="target">What it predicts.</param>
    public LearnerSpecification Read(string name, Target target) =>
        read.TryGetValue((name, target), out LearnerSpecification? known) ? known : read[(name, target)] = ReadOnce(name, target);

    private LearnerSpecification ReadOnce(string name, Target target)
    {
        Catalogue<LearnerDefinition> definitions = catalogue.For(target);
        string[] known = [.. definitions.Names];
        if (!yaml.IsMapping(Key))
        {
            LearnerSpecification simple = LearnerSpecification.Default(name);
            return known.Contains(simple.Learner)
                ? Checked(yaml, Key, target, simple)
                : throw Missing(yaml, Key, simple.Learner);
        }

        YamlFields fields = yaml.Fields(Key)!.Fields(name)!;
        string learner = fields.Text(Learner) ?? name;
        if (!known.Contains(learner))
        {
            throw Missing(
                fields,
                Learner,
                learner,
                fields.Has(Learner) ? null : $"which learner is '{name}'? Give '{Learner}', one of {string.Join(", ", known)}");
        }

        IEnumerable<string> settings = definitions.Get(learner).Settings(target).Select(setting => setting.Name);
        fields.RequireKnown([.. Own, .. settings], StringComparison.OrdinalIgnoreCase);
        LearnerSpecification specification = Checked(fields, Learner, target, new LearnerSpecification
        {
            Name = name,
            Learner = learner,
            Input = fields.Text(Input),
            Scaler = fields.OneOf(Scaler, [.. catalogue.Scalers.Names]),
            Resampler = fields.OneOf(Resampler, [.. catalogue.Resamplers.Names]),
            Calibration = fields.OneOf(Calibration, [.. catalogue.Calibrations.Names]),
        });
        foreach (string setting in fields.Keys.Except(Own))
        {
            specification = Checked(fields, setting, target, specification with
            {
                Settings = new Dictionary<string, string>(specification.Settings)
                {
                    [setting] = string.Join(',', fields.Texts(setting)),
                },
            });
        }

        if (fields.Fields(Search) is { } search)
        {
            specification = Checked(search, "settings", target, specification with { Search = ReadSearch(search, target) });
        }

        return specification;

        InvalidInputException Missing(YamlFields where, string key, string unknown, string? problem = null)
        {
            UnknownNameException error =
                NearestName.Unknown($"learner of {(target.IsRating ? "ratings" : "classes")}", unknown, known);
            return where.Wrong(key, problem ?? error.Message, error);
        }
    }

    private static int Size(LearnerSpecification learner) => 1 + learner.Members.Sum(Size);

    private static SearchSpecification ReadSearch(YamlFields fields, Target target)
    {
        fields.RequireKnown(["settings", "metric", "folds", "draws"]);
        YamlFields settings = fields.Fields("settings") ?? throw fields.Lacks("settings");
        return new SearchSpecification
        {
            Settings = [.. settings.Keys.Select(name => ReadValues(settings, name))],
            Metric = fields.OneOf("metric", PublishedFields.MetricsOf(target)),
            Folds = fields.Whole("folds", 2, 100) ?? 5,
            Draws = fields.Whole("draws", 1, SearchSpecification.MostCandidates),
        };
    }

    private static SettingValues ReadValues(YamlFields settings, string name)
    {
        try
        {
            return SettingValues.Parse(name, string.Join(',', settings.Texts(name)));
        }
        catch (InvalidInputException error)
        {
            throw settings.Wrong(name, error.Message, error);
        }
    }

    // Making the learner shows whether it can be made. What it is made of stands above it in the file, so that no learner is made
    // of itself.
    private LearnerSpecification Checked(YamlFields fields, string key, Target target, LearnerSpecification specification)
    {
        try
        {
            string[] own = [.. catalogue.MembersOf(specification, target).Intersect(Names)];
            if (own.Except(Names.TakeWhile(name => name != specification.Name)).FirstOrDefault() is { } misplaced)
            {
                throw new InvalidInputException(
                    $"'{specification.Name}' is made of '{misplaced}', which must stand above it in the file.");
            }

            LearnerSpecification whole = specification with { Members = [.. own.Select(name => Read(name, target))] };
            if (Size(whole) > MostMembers)
            {
                throw new InvalidInputException(
                    $"'{specification.Name}' is made of more than {MostMembers} learners, those that they are made of included.");
            }

            catalogue.Create(whole, target);
            return whole;
        }
        catch (Exception error) when (error is InvalidInputException or ArgumentException)
        {
            throw fields.Wrong(key, error.Message.ReplaceLineEndings(" "), error);
        }
    }
}
