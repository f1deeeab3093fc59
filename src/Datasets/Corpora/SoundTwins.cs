namespace SerLab.Datasets.Corpora;

/// <summary>Two clips that sound the same.</summary>
/// <param name="First">Id of the clip that comes first in the corpus.</param>
/// <param name="Second">Id of the other.</param>
/// <param name="Distance">
/// How far apart their prints are, as a share of what lies between two sounds of the corpus in the median: 0 for equal samples.
/// </param>
public sealed record SoundTwin(string First, string Second, double Distance);

/// <summary>The twins of a corpus, found by ear: what they are called and how they are stored plays no part. Immutable.</summary>
/// <param name="Pairs">All pairs, in the order of the corpus.</param>
/// <param name="Heard">Number of clips that were compared.</param>
/// <param name="SampleRates">
/// The sample rates in Hz at which those were heard. Where sounds tell different rates, all are heard at the lowest. Where they
/// do not tell, those of different rates are not compared: a twin that was resampled stays unknown.
/// </param>
public sealed record SoundTwins(IReadOnlyList<SoundTwin> Pairs, int Heard, IReadOnlyList<int> SampleRates);
