using System.Globalization;

namespace SerLab.Cli.Rendering;

/// <summary>An estimated time as a person says it.</summary>
internal static class TimeLeft
{
    /// <summary>Seconds below a minute and a half, minutes below an hour and a half, else hours and minutes.</summary>
    public static string Text(TimeSpan time)
    {
        long minutes = (long)Math.Ceiling(time.TotalMinutes);
        return time.TotalSeconds < 90 ? string.Create(CultureInfo.InvariantCulture, $"{Math.Ceiling(time.TotalSeconds):0} s")
            : minutes < 90 ? string.Create(CultureInfo.InvariantCulture, $"{minutes} min")
            : string.Create(CultureInfo.InvariantCulture, $"{minutes / 60} h {minutes % 60} min");
    }
}
