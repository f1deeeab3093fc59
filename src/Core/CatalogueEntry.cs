namespace SerLab.Core;

/// <summary>An entry that is no more than a name for what it makes.</summary>
/// <typeparam name="T">What it makes.</typeparam>
/// <param name="Name">Short name users type.</param>
/// <param name="Description">One sentence about it.</param>
/// <param name="Create">Makes it.</param>
public sealed record CatalogueEntry<T>(string Name, string Description, Func<T> Create) : ICatalogueEntry;
