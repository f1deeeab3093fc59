using System.Runtime.InteropServices;

namespace SerLab.Cli.Hosting;

/// <summary>
/// Cancels work when the process is asked to stop, by Ctrl+C or from outside; asked a second time, the process ends at once.
/// </summary>
internal sealed class StopSignals : IDisposable
{
    private readonly CancellationTokenSource source;
    private readonly PosixSignalRegistration[] registrations;

    /// <summary>Begins to listen.</summary>
    /// <param name="cancellationToken">Cancels the work, too.</param>
    public StopSignals(CancellationToken cancellationToken)
    {
        source = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        registrations =
        [
            PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop),
            PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop),
        ];
    }

    /// <summary>Cancelled when the process is asked to stop.</summary>
    public CancellationToken Token => source.Token;

    /// <summary>What to tell the shell of a command that was stopped.</summary>
    public int ExitCode { get; private set; } = Hosting.ExitCode.Cancelled;

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (PosixSignalRegistration registration in registrations)
        {
            registration.Dispose();
        }

        source.Dispose();
    }

    private void Stop(PosixSignalContext context)
    {
        if (source.IsCancellationRequested)
        {
            return;
        }

        context.Cancel = true;
        if (context.Signal == PosixSignal.SIGTERM)
        {
            ExitCode = Hosting.ExitCode.Terminated;
        }

        source.Cancel();
    }
}
