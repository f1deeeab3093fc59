using SerLab.Core;
using SerLab.Evaluation.Records;

namespace SerLab.Evaluation.Running;

/// <summary>Says in what a plan differs from the one that the same command makes here and now.</summary>
internal static class PlanDifference
{
    /// <summary>Refuses a plan that is not that of this command, machine and version.</summary>
    /// <param name="plan">The plan as it was made.</param>
    /// <param name="here">What would be planned here.</param>
    /// <exception cref="InvalidInputException">They differ; the sentence says in what.</exception>
    public static void RequireNone(RunPlan plan, RunPlan here)
    {
        if (plan.Hash != here.Hash)
        {
            throw new InvalidInputException(
                $"The plan of run '{plan.Description.Name}' was made {Of(plan.Description, here.Description)}; make it again, "
                + "or continue with what it was made with.");
        }
    }

    private static string Of(RunDescription plan, RunDescription here) => (plan, here) switch
    {
        _ when plan.Version != here.Version => $"by SerLab {plan.Version}, and this is {here.Version}",
        _ when plan.Runtime != here.Runtime => $"on {plan.Runtime}, and this is {here.Runtime}",
        _ when Names(plan) != Names(here) => $"to predict {Names(plan)}, and here that is {Names(here)}",
        _ when plan.Corpus.Hash != here.Corpus.Hash =>
            $"of another corpus: '{plan.Corpus.Name}' had {plan.Corpus.Clips} clips, '{here.Corpus.Name}' has "
            + $"{here.Corpus.Clips}, or their labels or groups have changed",
        _ when plan.Features.Set != here.Features.Set =>
            $"with the features {plan.Features.Set}, and these are {here.Features.Set}",
        _ when plan.Features.Hash != here.Features.Hash => $"with other values of the features {plan.Features.Set}",
        _ => "with other settings or folds",
    };

    private static string Names(RunDescription run) => string.Join(", ", run.Targets.Select(target => target.Name));
}
