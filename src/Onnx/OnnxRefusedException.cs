using SerLab.Core;

namespace SerLab.Onnx;

/// <summary>
/// A model file is whole, but needs something that SerLab does not compute. Thrown while the file is loaded, before anything is
/// computed.
/// </summary>
internal sealed class OnnxRefusedException : InvalidInputException
{
    /// <summary>Creates the refusal.</summary>
    /// <param name="subject">What is refused, by its name: <c>operator Det</c>.</param>
    /// <param name="reason">Why, as the rest of a sentence about it.</param>
    public OnnxRefusedException(string subject, string reason)
        : base($"The model's {subject} {reason}; a full ONNX runtime may run it.")
    {
        Subject = subject;
        Reason = reason;
    }

    /// <summary>What is refused, by its name.</summary>
    public string Subject { get; }

    /// <summary>Why, as the rest of a sentence about it.</summary>
    public string Reason { get; }
}
