namespace SerLab.Architecture.Tests.Compiled;

/// <summary>A type outside of all others: what is nested in it, by hand or by the compiler, counts as it.</summary>
internal sealed record TypeName(string Assembly, string Namespace, string Name)
{
    /// <inheritdoc/>
    public override string ToString() => Namespace.Length == 0 ? Name : $"{Namespace}.{Name}";
}
