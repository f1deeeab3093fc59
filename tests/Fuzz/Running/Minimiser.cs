using System.Diagnostics;

namespace SerLab.Fuzz.Running;

/// <summary>
/// Makes a file smaller while it still does the same: pieces are left out, halves first, then ever smaller ones, as in delta
/// debugging (Zeller and Hildebrandt 2002).
/// </summary>
internal static class Minimiser
{
    /// <summary>A file of which no piece of the last tried length can be left out, unless time ended before.</summary>
    /// <param name="bytes">The file.</param>
    /// <param name="isFaulty">Whether another does the same.</param>
    /// <param name="time">The most time.</param>
    public static byte[] Minimise(byte[] bytes, Func<byte[], bool> isFaulty, TimeSpan time)
    {
        long start = Stopwatch.GetTimestamp();
        for (int length = bytes.Length / 2; length > 0; length /= 2)
        {
            for (int place = 0; place < bytes.Length && Stopwatch.GetElapsedTime(start) < time;)
            {
                byte[] shorter = [.. bytes.AsSpan(0, place), .. bytes.AsSpan(Math.Min(place + length, bytes.Length))];
                if (isFaulty(shorter))
                {
                    bytes = shorter;
                }
                else
                {
                    place += length;
                }
            }
        }

        return bytes;
    }
}
