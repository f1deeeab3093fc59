using System.Globalization;
using SerLab.Core;
using SerLab.Training.Preprocessing;
using SerLab.Training.Splitting;

namespace SerLab.Evaluation.Protocols;

/// <summary>SerLab's own protocols.</summary>
public static class ProtocolCatalogue
{
    /// <summary>Shuffled clips: what a comparison is judged by unless protocols are named.</summary>
    public const string Random = "random";

    /// <summary>Whole groups: what a comparison is judged by, too, where the corpus has groups.</summary>
    public const string Grouped = "grouped";

    /// <summary>Whole corpora: what a comparison is judged by, too, where several were made one.</summary>
    public const string AcrossCorpora = "across-corpora";

    /// <summary>Whole groups, of each of which some clips are known beforehand.</summary>
    public const string Enrolled = "enrolled";

    /// <summary>The folds of <see cref="Grouped"/> with a part of the training groups.</summary>
    public const string FewerGroups = "fewer-groups";

    /// <summary>The folds of <see cref="Grouped"/> or <see cref="Random"/> with a part of the training clips.</summary>
    public const string FewerClips = "fewer-clips";

    /// <summary>One random division into training and test clips.</summary>
    public const string HoldOut = "holdout";

    /// <summary>Tested on the training clips of <see cref="HoldOut"/>'s division.</summary>
    public const string HoldOutTraining = "holdout-training";

    /// <summary><see cref="HoldOut"/>'s division, whose test clips say when training stops.</summary>
    public const string HoldOutPeeking = "holdout-peeking";

    /// <summary>Tested on the training clips.</summary>
    public const string TrainingSet = "training-set";

    /// <summary>As Chen (2022) published.</summary>
    public const string Thesis = "thesis";

    /// <summary>All of them.</summary>
    public static Catalogue<ProtocolDefinition> BuiltIn { get; } = new(
        "protocol",
        Free(Random, "Shuffled clips, stratified by class where there are classes.", request => request.Shuffled),
        Whole(
            Grouped,
            "Whole groups (speaker, location, constituents of a mix).",
            request => request.WholeGroups),
        EnrolledGroups(),
        FewerTraining.Define(TrainingUnit.Groups),
        FewerTraining.Define(TrainingUnit.Clips),
        Originals("originals"),
        SourcesOut("sources-out"),
        Whole("leave-one-group-out", "One fold per group.", _ => new LeaveOneGroupOut()),
        EmoBoxFolds.Definition,
        Protocols.AcrossCorpora.Definition,
        Free(
            "in-order",
            "Folds of clips in the corpus's own order, stratified by class where there are classes.",
            request => request.IsByClass ? new StratifiedKFold(request.Folds) : new KFold(request.Folds)),
        Free(HoldOut, "One random division into training and test clips.", request => request.HoldOut),
        Free(
            HoldOutTraining,
            "The training clips of the same division as holdout, tested by the model that learnt from them: only to reproduce "
            + "published figures of that kind.",
            request => new TrainingPart(request.HoldOut)),
        new ProtocolDefinition(
            HoldOutPeeking,
            "The same division as holdout, but training stops early by the very clips that are tested: only to reproduce "
            + "published figures of that kind.",
            request => Protocol.Define(
                HoldOutPeeking,
                $"clips in {request.HoldOut.Describe()}, which training is stopped by",
                request,
                GroupRule.None,
                request.HoldOut,
                stopsOnTest: true)),
        new ProtocolDefinition(
            Thesis,
            "As Chen (2022) published: networks on other folds than the rest, features normalised over all clips beforehand.",
            AsInTheThesis),
        new ProtocolDefinition(
            TrainingSet,
            "Tested on the training clips: only to reproduce published figures of that kind.",
            request => Protocol.Define(
                TrainingSet, "every clip tested by a model that learnt from it", request, GroupRule.None, new Resubstitution())));

    /// <summary>A protocol that promises nothing.</summary>
    private static ProtocolDefinition Free(string name, string description, Func<ProtocolRequest, ISplitter> splitterOf) =>
        new(name, description, request =>
        {
            ISplitter splitter = splitterOf(request);
            return Protocol.Define(name, $"clips in {splitter.Describe()}", request, GroupRule.None, splitter);
        });

    /// <summary>A protocol that keeps groups whole.</summary>
    private static ProtocolDefinition Whole(string name, string description, Func<ProtocolRequest, ISplitter> splitterOf) =>
        new(name, description, request =>
        {
            request.RequireGroups(name);
            ISplitter splitter = splitterOf(request);
            return Protocol.Define(
                name, $"{splitter.Describe()} (group: {request.Groups.Kind})", request, GroupRule.WholeGroups, splitter);
        });

    private static ProtocolDefinition EnrolledGroups() => new(
        Enrolled,
        "The folds of grouped, but some unlabelled clips of the tested group are known, enrolled(10), and centre its others.",
        request =>
        {
            request.RequireGroups(Enrolled);
            int count = request.Count ?? throw new ArgumentException("Nobody said how many clips are known.", nameof(request));
            ISplitter splitter = request.WholeGroups;
            string kind = request.Groups.Kind!;
            return Protocol.Define(
                string.Create(CultureInfo.InvariantCulture, $"{Enrolled}({count})"),
                $"{splitter.Describe()} (group: {kind}); of every tested {kind} "
                + string.Create(CultureInfo.InvariantCulture, $"{(count == 1 ? "one clip is" : $"{count} clips are")} known ")
                + $"without labels, drawn with seed {request.Seed} and not scored, and their mean is taken from the features of "
                + $"its others; a {kind} that is learnt from is centred by all its clips",
                request,
                GroupRule.WholeGroups,
                splitter,
                enrolment: Enrolment.Draw(request.Groups, count, request.Seed));
        })
    { TakesCount = true };

    private static ProtocolDefinition Originals(string name) => new(name, "The unmixed clips only, shuffled.", request =>
    {
        request.RequireSources(name);
        ISplitter splitter = request.Shuffled;
        return Protocol.Define(
            name,
            $"unmixed clips only, in {splitter.Describe()}",
            request,
            GroupRule.None,
            splitter,
            takesPart: clip => clip.Sources.Count == 1);
    });

    private static ProtocolDefinition SourcesOut(string name) => new(name, "Held-out source recordings.", request =>
    {
        request.RequireSources(name);
        SourcesOut splitter = new(request.Folds, request.Seed);
        return Protocol.Define(
            name,
            $"{splitter.Describe()}; clips that mix held-out and other sources are in neither part",
            request,
            GroupRule.WholeSources,
            splitter);
    });

    private static Protocol AsInTheThesis(ProtocolRequest request) => Protocol.Define(
        Thesis,
        $"as published: networks on {request.Folds} folds in corpus order, all others on {request.Folds} folds shuffled with "
        + $"seed {request.Seed}; features normalised to [0, 1] over all clips beforehand",
        request,
        GroupRule.None,
        new KFold(request.Folds, request.Seed),
        networkSplitter: new KFold(request.Folds),
        globalPreprocessing: new MinMaxScaler());
}
