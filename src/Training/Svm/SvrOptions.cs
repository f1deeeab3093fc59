using System.ComponentModel.DataAnnotations;

namespace SerLab.Training.Svm;

/// <summary>Options of ε-support vector regression.</summary>
public sealed record SvrOptions : SvmOptions
{
    /// <summary>Half width ε of the tube in which errors cost nothing, in units of the target; 0 or more, default 0.1.</summary>
    [Range(0, double.MaxValue)]
    public double Epsilon { get; init; } = 0.1;
}
