using SerLab.Core;
using SerLab.Training.Learners;

namespace SerLab.Training.Catalogue;

/// <summary>
/// How a learner is made for one kind of target: its options record with its defaults, and what makes the learner from it.
/// </summary>
internal sealed class LearnerForm
{
    private readonly Func<object> createDefaults;
    private readonly Func<object, Func<string, ILearner>, ILearner> create;

    // Of most learners nobody asks.
    private readonly Lazy<IReadOnlyList<LearnerSetting>> offered;

    private LearnerForm(Func<object> createDefaults, Func<object, Func<string, ILearner>, ILearner> create)
    {
        this.createDefaults = createDefaults;
        this.create = create;
        offered = new(() => LearnerSetting.Of(createDefaults()));
    }

    /// <summary>What a user may change, with defaults and ranges.</summary>
    public IReadOnlyList<LearnerSetting> Settings => offered.Value;

    /// <summary>A form made from an options record; a new instance holds the defaults.</summary>
    /// <typeparam name="TOptions">The options record.</typeparam>
    /// <param name="create">Makes the learner from options, and from other learners by name where it is made of some.</param>
    public static LearnerForm From<TOptions>(Func<TOptions, Func<string, ILearner>, ILearner> create)
        where TOptions : class, new() => new(() => new TOptions(), (options, named) => create((TOptions)options, named));

    /// <summary>Every setting's value as text: the defaults, changed by settings.</summary>
    public IReadOnlyDictionary<string, string> Effective(string owner, IReadOnlyDictionary<string, string> settings)
    {
        Dictionary<string, string> effective = Settings.ToDictionary(s => s.Name, s => s.Default);
        foreach ((string name, string text) in settings)
        {
            effective[Find(owner, name).Name] = text;
        }

        return effective;
    }

    /// <summary>Makes the learner with its defaults, changed by settings.</summary>
    public ILearner Create(string owner, IReadOnlyDictionary<string, string> settings, Func<string, ILearner> named)
    {
        object options = createDefaults();
        foreach ((string name, string text) in settings)
        {
            Find(owner, name).Apply(options, owner, text);
        }

        return create(options, named);
    }

    private LearnerSetting Find(string owner, string name) =>
        Settings.FirstOrDefault(s => s.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
        ?? throw NearestName.Unknown($"setting of {owner}", name, Settings.Select(s => s.Name));
}
