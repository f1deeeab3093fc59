namespace SerLab.Core;

/// <summary>How far a long step is: reported by libraries, drawn by the command line.</summary>
/// <param name="Step">What is being done, e.g. "extracting meyda74".</param>
/// <param name="Done">Units done so far.</param>
/// <param name="Total">Units in all; 0 where unknown.</param>
/// <param name="Note">
/// How it stands just now, e.g. "loss 0.41"; only of steps within another, which are not worth lines of their own.
/// </param>
public readonly record struct WorkProgress(string Step, long Done, long Total, string Note = "");
