using SerLab.Core;
using SerLab.Training.Learners;

namespace SerLab.Training.Catalogue;

/// <summary>
/// A learner users can name: its name, one sentence about it, its settings and how it is made from them, for ratings, for classes
/// or for both. Immutable.
/// </summary>
public sealed class LearnerDefinition : ICatalogueEntry
{
    private readonly LearnerForm? ratings;
    private readonly LearnerForm? classes;
    private readonly LearnerForm? reconstruction;

    private LearnerDefinition(
        string name,
        string description,
        string scaler,
        LearnerForm? ratings,
        LearnerForm? classes,
        LearnerForm? reconstruction = null)
    {
        Name = name;
        Description = description;
        Scaler = scaler;
        this.ratings = ratings;
        this.classes = classes;
        this.reconstruction = reconstruction;
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public string Description { get; }

    /// <summary>Name of the scaler it is used with unless told otherwise.</summary>
    public string Scaler { get; }

    /// <summary>Whether it is a neural network, which some published protocols treat in a way of their own.</summary>
    public bool IsNetwork { get; private init; }

    /// <summary>
    /// How long a fit takes beside those of others, a random forest's being 1; for one that is made of others, how often it fits
    /// them. Only the order of magnitude matters: work is divided by it. Above 0; default 1.
    /// </summary>
    public double Cost { get; private init; } = 1;

    /// <summary>Defines a learner of ratings and classes.</summary>
    /// <typeparam name="TOptions">The options record; a new instance holds the defaults.</typeparam>
    /// <param name="name">Short name users type.</param>
    /// <param name="description">One sentence: what it is and where its defaults come from.</param>
    /// <param name="scaler">Name of the scaler it is used with unless told otherwise.</param>
    /// <param name="create">Makes the learner from options.</param>
    public static LearnerDefinition OfBoth<TOptions>(
        string name, string description, string scaler, Func<TOptions, ILearner> create)
        where TOptions : class, new()
    {
        LearnerForm form = LearnerForm.From<TOptions>((options, _) => create(options));
        return new LearnerDefinition(name, description, scaler, form, form);
    }

    /// <summary>Defines a learner that reconstructs examples.</summary>
    /// <inheritdoc cref="OfBoth{TOptions}(string, string, string, Func{TOptions, ILearner})"/>
    public static LearnerDefinition OfReconstruction<TOptions>(
        string name, string description, string scaler, Func<TOptions, ILearner> create)
        where TOptions : class, new() => new(
            name, description, scaler, null, null, LearnerForm.From<TOptions>((options, _) => create(options)));

    /// <summary>Defines a learner of ratings.</summary>
    /// <inheritdoc cref="OfBoth{TOptions}(string, string, string, Func{TOptions, ILearner})"/>
    public static LearnerDefinition OfRatings<TOptions>(
        string name, string description, string scaler, Func<TOptions, ILearner> create)
        where TOptions : class, new() =>
        new(name, description, scaler, LearnerForm.From<TOptions>((options, _) => create(options)), null);

    /// <summary>Defines a learner of ratings that is made of other learners.</summary>
    /// <typeparam name="TOptions">The options record; a new instance holds the defaults.</typeparam>
    /// <param name="name">Short name users type.</param>
    /// <param name="description">One sentence: what it is and where its defaults come from.</param>
    /// <param name="scaler">Name of the scaler it is used with unless told otherwise.</param>
    /// <param name="create">Makes the learner from options, and from other learners by name.</param>
    public static LearnerDefinition OfRatings<TOptions>(
        string name, string description, string scaler, Func<TOptions, Func<string, ILearner>, ILearner> create)
        where TOptions : class, new() => new(name, description, scaler, LearnerForm.From(create), null);

    /// <summary>Defines a learner of classes.</summary>
    /// <inheritdoc cref="OfBoth{TOptions}(string, string, string, Func{TOptions, ILearner})"/>
    public static LearnerDefinition OfClasses<TOptions>(
        string name, string description, string scaler, Func<TOptions, ILearner> create)
        where TOptions : class, new() =>
        new(name, description, scaler, null, LearnerForm.From<TOptions>((options, _) => create(options)));

    /// <summary>Defines a learner of classes that is made of other learners.</summary>
    /// <inheritdoc cref="OfRatings{TOptions}(string, string, string, Func{TOptions, Func{string, ILearner}, ILearner})"/>
    public static LearnerDefinition OfClasses<TOptions>(
        string name, string description, string scaler, Func<TOptions, Func<string, ILearner>, ILearner> create)
        where TOptions : class, new() => new(name, description, scaler, null, LearnerForm.From(create));

    /// <summary>One name for several recipes: this one and another one, for other kinds of target.</summary>
    /// <exception cref="ArgumentException">The names differ, or both are for the same kind of target.</exception>
    public LearnerDefinition And(LearnerDefinition other) =>
        Name == other.Name && Scaler == other.Scaler
            && (ratings ?? other.ratings) == (other.ratings ?? ratings)
            && (classes ?? other.classes) == (other.classes ?? classes)
            && (reconstruction ?? other.reconstruction) == (other.reconstruction ?? reconstruction)
            ? new LearnerDefinition(
                Name,
                $"{Description} {other.Description}",
                Scaler,
                ratings ?? other.ratings,
                classes ?? other.classes,
                reconstruction ?? other.reconstruction)
            : throw new ArgumentException(
                $"'{Name}' and '{other.Name}' are no recipes for different targets under one name.", nameof(other));

    /// <summary>The same learner, said to be a neural network.</summary>
    public LearnerDefinition AsNetwork() =>
        new(Name, Description, Scaler, ratings, classes, reconstruction) { IsNetwork = true, Cost = Cost };

    /// <summary>The same learner with what a fit of it costs.</summary>
    /// <param name="cost">See <see cref="Cost"/>.</param>
    public LearnerDefinition Costing(double cost) =>
        new(Name, Description, Scaler, ratings, classes, reconstruction) { IsNetwork = IsNetwork, Cost = cost };

    /// <summary>Whether it predicts such a target.</summary>
    public bool Fits(Target target) => FormFor(target) is not null;

    /// <summary>What a user may change, with defaults and ranges.</summary>
    /// <exception cref="InvalidInputException">The learner predicts no such target.</exception>
    public IReadOnlyList<LearnerSetting> Settings(Target target) => Require(target).Settings;

    /// <summary>Every setting's value as text: the defaults, changed by <paramref name="settings"/>.</summary>
    /// <exception cref="InvalidInputException">A setting does not exist, or the learner predicts no such target.</exception>
    public IReadOnlyDictionary<string, string> Effective(Target target, IReadOnlyDictionary<string, string> settings) =>
        Require(target).Effective(Name, settings);

    /// <summary>Makes the learner with its defaults, changed by settings.</summary>
    /// <param name="target">What is predicted.</param>
    /// <param name="settings">Values as text, by setting name in any case.</param>
    /// <param name="named">Makes other learners by name, for one that is made of some.</param>
    /// <exception cref="InvalidInputException">
    /// A setting does not exist, its value is of the wrong type or out of range, or the learner predicts no such target.
    /// </exception>
    internal ILearner Create(Target target, IReadOnlyDictionary<string, string> settings, Func<string, ILearner> named) =>
        Require(target).Create(Name, settings, named);

    private LearnerForm? FormFor(Target target) =>
        target.IsReconstruction ? reconstruction : target.IsRating ? ratings : classes;

    private LearnerForm Require(Target target) => FormFor(target) ?? throw new InvalidInputException(
        $"'{Name}' predicts {string.Join(" and ", Kinds())}, and '{target.Name}' is "
        + (target.IsReconstruction ? "a reconstruction." : target.IsRating ? "a rating." : "a class."));

    private IEnumerable<string> Kinds() =>
        from kind in new (LearnerForm? Form, string Name)[]
        {
            (ratings, "ratings"), (classes, "classes"), (reconstruction, "reconstructions"),
        }
        where kind.Form is not null
        select kind.Name;
}
