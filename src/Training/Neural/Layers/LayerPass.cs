namespace SerLab.Training.Neural.Layers;

/// <summary>
/// What computes one layer, forward and backward, over the buffers of a whole batch, a piece of it at a time. Pieces run in
/// parallel: a pass writes only what belongs to its piece.
/// </summary>
internal abstract class LayerPass<T>
{
    /// <summary>Makes ready what depends on parameters alone; called once after they have changed.</summary>
    public virtual void Prepare()
    {
    }

    /// <summary>Computes the outputs of a piece from its inputs.</summary>
    public abstract void Forward(Piece piece);

    /// <summary>
    /// Computes the gradients by the inputs (all of them are overwritten) and adds those by the parameters, from the gradients by
    /// the outputs and what the forward pass left.
    /// </summary>
    public abstract void Backward(Piece piece);
}

/// <summary>
/// A layer that must have seen the whole batch before it can compute any of its pieces; what the pieces gather is settled in
/// their order.
/// </summary>
internal interface IWholeBatchPass
{
    /// <summary>Gathers what the forward pass needs of a piece.</summary>
    void GatherForward(Piece piece);

    /// <summary>Settles the forward pass once every piece is gathered.</summary>
    void SettleForward(BatchRun run);

    /// <summary>Gathers what the backward pass needs of a piece.</summary>
    void GatherBackward(Piece piece);

    /// <summary>Settles the backward pass once every piece is gathered.</summary>
    void SettleBackward(BatchRun run);
}

/// <summary>A layer that adds a term of its own to the loss; its backward pass adds that term's gradient.</summary>
internal interface ILossTerm
{
    /// <summary>The weight of the term in the loss.</summary>
    double Weight { get; }

    /// <summary>The term for the examples of the last forward pass, unweighted.</summary>
    double Term(BatchRun run);
}
