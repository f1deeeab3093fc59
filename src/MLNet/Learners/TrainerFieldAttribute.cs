namespace SerLab.MLNet.Learners;

/// <summary>Says which field of ML.NET's options a setting goes to.</summary>
/// <param name="name">The field's name, the same for every trainer that has the setting.</param>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class TrainerFieldAttribute(string name) : Attribute
{
    /// <summary>The field's name.</summary>
    public string Name { get; } = name;
}
