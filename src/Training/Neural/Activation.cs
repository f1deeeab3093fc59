namespace SerLab.Training.Neural;

/// <summary>What a dense layer does to its sums z = xW + b.</summary>
public enum Activation
{
    /// <summary>z itself.</summary>
    Identity,

    /// <summary>max(0, z).</summary>
    Relu,

    /// <summary>The hyperbolic tangent of z.</summary>
    Tanh,

    /// <summary>1 / (1 + e⁻ᶻ).</summary>
    Logistic,

    /// <summary>eᶻ over the sum of eᶻ of the layer; for a last layer only.</summary>
    Softmax,
}
