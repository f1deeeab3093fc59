namespace SerLab.Onnx.Operators;

/// <summary>An operator that SerLab computes: a line of the catalogue, and of the table in the documentation.</summary>
/// <param name="Name">Its name; outside of the standard domain with the domain before it.</param>
/// <param name="Since">The first operator set that has it with this meaning.</param>
/// <param name="Types">What it takes and gives, see <see cref="OperatorSignature"/>.</param>
/// <param name="Prepare">Makes of a node what computes it; attributes are read here, once.</param>
internal sealed record OperatorEntry(string Name, int Since, string Types, Func<OperatorNode, Operator> Prepare)
{
    /// <summary>The newest operator set whose operators are known here.</summary>
    public const int Newest = 20;

    /// <summary>The last operator set that has it with this meaning.</summary>
    public int Until { get; init; } = Newest;

    /// <summary>The types, read.</summary>
    public OperatorSignature Signature { get; } = OperatorSignature.Parse(Types);
}
