namespace SerLab.Evaluation.Experiments;

/// <summary>Files of a series' folder that are made of its outcome alone, such as figures.</summary>
/// <param name="Render">Names and texts; the same outcome gives the same texts, whenever and wherever.</param>
public sealed record SeriesDocument(Func<Reproduction, IEnumerable<KeyValuePair<string, string>>> Render);
