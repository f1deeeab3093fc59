namespace SerLab.Core;

/// <summary>
/// Something a user gave is wrong. The message is one complete sentence for that user: what was wrong, where (file, line, clip),
/// what was expected and what to do. Commands print the message alone, without a stack trace, and exit with code 1.
/// </summary>
public class InvalidInputException : Exception
{
    /// <summary>Creates the error from the sentence shown to the user.</summary>
    public InvalidInputException(string message) : base(message)
    {
    }

    /// <summary>Creates the error from the sentence shown to the user, keeping the technical cause for debuggers.</summary>
    public InvalidInputException(string message, Exception innerException) : base(message, innerException)
    {
    }

    /// <summary>Whether a file could not be read or written: with room and rights the same call may succeed.</summary>
    public bool IsOfDisk => InnerException is IOException or UnauthorizedAccessException;
}
