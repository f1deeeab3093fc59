namespace SerLab.Cli.Hosting;

/// <summary>
/// Sees to it that a process which somebody else's code ends half-way, by <see cref="Environment.Exit"/>, does not tell the shell
/// that all was done.
/// </summary>
internal sealed class ExitGuard : IDisposable
{
    /// <summary>Begins to watch.</summary>
    public ExitGuard() => AppDomain.CurrentDomain.ProcessExit += Fail;

    /// <summary>Ends watching: what was to be done is done, or has failed by itself.</summary>
    public void Dispose() => AppDomain.CurrentDomain.ProcessExit -= Fail;

    private static void Fail(object? sender, EventArgs e)
    {
        if (Environment.ExitCode == ExitCode.Success)
        {
            Environment.ExitCode = ExitCode.Failed;
        }
    }
}
