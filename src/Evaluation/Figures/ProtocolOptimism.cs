using SerLab.Training.Metrics;

namespace SerLab.Evaluation.Figures;

/// <summary>
/// How much better a leaky protocol makes a model look than an honest one, which keeps together what belongs together: on the
/// clips that both test.
/// </summary>
/// <param name="Target">Name of the target.</param>
/// <param name="Model">Name of the model.</param>
/// <param name="Metric">The metric.</param>
/// <param name="Leaky">Name of the leaky protocol.</param>
/// <param name="Honest">Name of the honest protocol.</param>
/// <param name="LeakyValue">Pooled value under the leaky protocol, on the clips that both test.</param>
/// <param name="HonestValue">Pooled value under the honest one, on the same clips.</param>
public sealed record ProtocolOptimism(
    string Target, string Model, Metric Metric, string Leaky, string Honest, double LeakyValue, double HonestValue)
{
    /// <summary>Leaky minus honest, see <see cref="Of"/>.</summary>
    public double Optimism => Of(Metric, LeakyValue, HonestValue);

    /// <summary>
    /// The one definition of optimism: the flattering value minus the honest one, or, where lower is better, the honest one minus
    /// the flattering: above zero the figure flatters, whatever the metric.
    /// </summary>
    public static double Of(Metric metric, double flattering, double honest) =>
        metric.Gain(flattering, honest);
}
