namespace SerLab.Training.Learners;

/// <summary>One line of the table of a model that is a network.</summary>
/// <param name="Name">The layer in a few words.</param>
/// <param name="Output">Shape of its output, e.g. <c>32×32×8</c>.</param>
/// <param name="Parameters">Number of its trained parameters.</param>
/// <param name="Operations">
/// Floating-point operations of its forward pass for one example; a multiply-add counts as two.
/// </param>
public sealed record ModelLayer(string Name, string Output, long Parameters, long Operations);
