namespace SerLab.Core;

/// <summary>A user named something that does not exist; the sentence offers the nearest name and lists all.</summary>
public sealed class UnknownNameException : InvalidInputException
{
    /// <summary>Creates the error from the sentence shown to the user.</summary>
    public UnknownNameException(string message) : base(message)
    {
    }

    /// <summary>The name that does not exist, where the sentence is about one.</summary>
    public string? Name { get; init; }
}
