namespace SerLab.Evaluation.Figures;

/// <summary>
/// A file of a run folder that is made of the other files alone, such as a report: it is written with the run, and verified by
/// making it again.
/// </summary>
/// <param name="FileName">Its name in the run folder.</param>
/// <param name="Render">Makes its text; the same figures give the same text, whenever and wherever.</param>
public sealed record RunDocument(string FileName, Func<RunFigures, string> Render);
