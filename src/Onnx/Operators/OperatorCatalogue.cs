namespace SerLab.Onnx.Operators;

/// <summary>The operators that SerLab computes.</summary>
internal static class OperatorCatalogue
{
    private static readonly ILookup<string, OperatorEntry> Known = All.ToLookup(entry => entry.Name);

    /// <summary>All entries, by what kind of operator they are.</summary>
    public static IEnumerable<OperatorEntry> All =>
    [
        .. Elementwise.Entries, .. Activations.Entries, .. Logic.Entries, .. Conversions.Entries, .. LinearAlgebra.Entries,
        .. Convolutions.Entries, .. TransposedConvolutions.Entries, .. WindowPooling.Entries, .. Normalisations.Entries,
        .. RecurrentCells.Entries, .. Softmaxes.Entries, .. Reductions.Entries, .. ArgumentReductions.Entries,
        .. CumulativeSums.Entries, .. Constants.Entries, .. Shapes.Entries, .. Slicing.Entries, .. Concatenation.Entries,
        .. Pads.Entries, .. Resizing.Entries, .. Scattering.Entries, .. Selection.Entries, .. Quantisation.Entries,
        .. Loops.Entries, .. Conditions.Entries, .. FeatureScaling.Entries, .. LinearModels.Entries, .. SupportVectors.Entries,
        .. TreeEnsembles.Entries,
    ];

    /// <summary>The entry for a node.</summary>
    /// <exception cref="OnnxRefusedException">SerLab does not know the operator, or not in this operator set.</exception>
    public static OperatorEntry Find(OperatorNode node)
    {
        OperatorEntry[] entries = [.. Known[node.Name]];
        if (entries.Length == 0)
        {
            throw node.Refuse("is not one that SerLab computes");
        }

        return Array.Find(entries, entry => node.OperatorSet >= entry.Since && node.OperatorSet <= entry.Until)
            ?? throw node.Refuse(
                $"is computed only as of operator set {string.Join(", ", entries.Select(e => $"{e.Since} to {e.Until}"))}");
    }
}
