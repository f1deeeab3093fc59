namespace SerLab.Features.Dsp;

/// <summary>The parabola through three values one step apart, of which the middle is the highest or the lowest.</summary>
internal static class Parabola
{
    /// <summary>Where its extreme lies, in steps from the middle value.</summary>
    public static double Vertex(double left, double middle, double right) =>
        0.5 * (left - right) / (left - 2 * middle + right);

    /// <summary>How high it is there.</summary>
    public static double Height(double left, double middle, double right) =>
        middle - (0.25 * (left - right) * Vertex(left, middle, right));
}
