namespace SerLab.Fuzz.Running;

/// <summary>How long a target is attacked, and with what.</summary>
/// <param name="Seed">Seed of all cases.</param>
/// <param name="First">Number of the first case.</param>
/// <param name="Cases">The most cases.</param>
/// <param name="Time">The most time.</param>
/// <param name="Folder">Where findings go.</param>
internal sealed record FuzzPlan(long Seed, long First, long Cases, TimeSpan Time, string Folder);
