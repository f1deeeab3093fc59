using SerLab.Core;

namespace SerLab.Evaluation.Running;

/// <summary>Says of what the reported step is one.</summary>
/// <param name="name">What is said before the step.</param>
/// <param name="progress">Who is told.</param>
internal sealed class NamedProgress(string name, IProgress<WorkProgress> progress) : IProgress<WorkProgress>
{
    /// <summary>Progress under a name; none where nobody is told.</summary>
    public static IProgress<WorkProgress>? Of(string name, IProgress<WorkProgress>? progress) =>
        progress is null ? null : new NamedProgress(name, progress);

    /// <inheritdoc/>
    public void Report(WorkProgress value) => progress.Report(value with { Step = $"{name}: {value.Step}" });
}
