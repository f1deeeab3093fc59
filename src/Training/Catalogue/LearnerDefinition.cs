using SerLab.Core;

namespace SerLab.Training.Catalogue;

/// <summary>Makes <see cref="LearnerDefinition{TLearner}"/>s.</summary>
public static class LearnerDefinition
{
    /// <summary>Defines a learner made from an options record.</summary>
    /// <typeparam name="TOptions">The options record; a new instance holds the defaults.</typeparam>
    /// <typeparam name="TLearner">The kind of learner: regression or classification.</typeparam>
    /// <param name="name">Short name users type.</param>
    /// <param name="description">One sentence about it.</param>
    /// <param name="scaler">Name of the scaler it is used with unless told otherwise.</param>
    /// <param name="create">Makes the learner from options.</param>
    public static LearnerDefinition<TLearner> From<TOptions, TLearner>(
        string name, string description, string scaler, Func<TOptions, TLearner> create)
        where TOptions : class, new() =>
        new(name, description, scaler, () => new TOptions(), options => create((TOptions)options));
}

/// <summary>A learner users can name: its name, one sentence about it, its settings and how it is made from them.</summary>
/// <typeparam name="TLearner">The kind of learner: regression or classification.</typeparam>
public sealed class LearnerDefinition<TLearner>
{
    private readonly Func<object> createDefaults;
    private readonly Func<object, TLearner> create;

    internal LearnerDefinition(
        string name, string description, string scaler, Func<object> createDefaults, Func<object, TLearner> create)
    {
        Name = name;
        Description = description;
        Scaler = scaler;
        this.createDefaults = createDefaults;
        this.create = create;
        Settings = LearnerSetting.Of(createDefaults());
    }

    /// <summary>Short name users type, e.g. <c>svr</c>.</summary>
    public string Name { get; }

    /// <summary>One sentence: what it is and where its defaults come from.</summary>
    public string Description { get; }

    /// <summary>Name of the scaler it is used with unless told otherwise, see <see cref="ScalerCatalogue"/>.</summary>
    public string Scaler { get; }

    /// <summary>What a user may change, with defaults and ranges.</summary>
    public IReadOnlyList<LearnerSetting> Settings { get; }

    /// <summary>Every setting's value as text: the defaults, changed by <paramref name="settings"/>.</summary>
    /// <exception cref="InvalidInputException">A setting does not exist.</exception>
    public IReadOnlyDictionary<string, string> Effective(IReadOnlyDictionary<string, string> settings)
    {
        Dictionary<string, string> effective = Settings.ToDictionary(s => s.Name, s => s.Default);
        foreach ((string name, string text) in settings)
        {
            effective[Find(name).Name] = text;
        }

        return effective;
    }

    /// <summary>Makes the learner with its defaults, changed by settings.</summary>
    /// <param name="settings">Values as text, by setting name in any case.</param>
    /// <exception cref="InvalidInputException">A setting does not exist, or its value is of the wrong type or out of range.</exception>
    public TLearner Create(IReadOnlyDictionary<string, string>? settings = null)
    {
        object options = createDefaults();
        foreach ((string name, string text) in settings ?? new Dictionary<string, string>())
        {
            Find(name).Apply(options, Name, text);
        }

        return create(options);
    }

    private LearnerSetting Find(string name) =>
        Settings.FirstOrDefault(s => s.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
        ?? throw NearestName.Unknown($"setting of {Name}", name, Settings.Select(s => s.Name));
}
