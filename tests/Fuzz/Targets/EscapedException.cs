namespace SerLab.Fuzz.Targets;

/// <summary>A file was written where none may be.</summary>
internal sealed class EscapedException(string message) : Exception(message);
