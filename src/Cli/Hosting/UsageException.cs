namespace SerLab.Cli.Hosting;

/// <summary>
/// The command line names something that does not exist or does not fit together; the process exits with code 2.
/// </summary>
internal sealed class UsageException(string message) : Exception(message);
