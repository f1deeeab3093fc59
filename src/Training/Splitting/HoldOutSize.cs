namespace SerLab.Training.Splitting;

/// <summary>How one random division into training and test clips is made.</summary>
/// <param name="TestClips">Number of clips to test, at least 1.</param>
/// <param name="Stratified">Whether every class is tested in proportion to its clips.</param>
public sealed record HoldOutSize(int TestClips, bool Stratified);
