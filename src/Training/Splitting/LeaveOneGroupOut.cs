namespace SerLab.Training.Splitting;

/// <summary>One fold per group, which tests that group alone (scikit-learn's LeaveOneGroupOut).</summary>
public sealed record LeaveOneGroupOut : ISplitter
{
    /// <inheritdoc/>
    public string Name => "leave-one-group-out";

    /// <inheritdoc/>
    public string Describe() => "one fold per group";

    /// <inheritdoc/>
    public IReadOnlyList<Fold> Split(SplitInput input)
    {
        (int[] groups, int count) = SplitMath.NumberAscending(input.RequireGroups(Name));
        GroupCounts.RequireAtLeast(2, count);
        return SplitMath.FromAssignment(groups, count);
    }
}
