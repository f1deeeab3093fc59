namespace SerLab.Core;

/// <summary>How far a long step is: reported by libraries, drawn by the command line.</summary>
/// <param name="Step">What is being done, e.g. "extracting meyda74".</param>
/// <param name="Done">Units done so far.</param>
/// <param name="Total">Units in all; 0 where unknown.</param>
public readonly record struct WorkProgress(string Step, long Done, long Total);
