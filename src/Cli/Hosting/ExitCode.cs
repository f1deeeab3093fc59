namespace SerLab.Cli.Hosting;

/// <summary>What the process tells the shell.</summary>
internal static class ExitCode
{
    /// <summary>All that was asked is done.</summary>
    public const int Success = 0;

    /// <summary>Something failed: bad input, a clip that could not be read, a check that did not hold.</summary>
    public const int Failed = 1;

    /// <summary>The command line itself is wrong.</summary>
    public const int Usage = 2;

    /// <summary>A fault of SerLab's own (EX_SOFTWARE of sysexits.h).</summary>
    public const int Fault = 70;

    /// <summary>Stopped by Ctrl+C, as shells number it (128 + SIGINT).</summary>
    public const int Cancelled = 130;

    /// <summary>Stopped from outside, as shells number it (128 + SIGTERM).</summary>
    public const int Terminated = 143;
}
