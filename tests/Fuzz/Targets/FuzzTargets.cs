namespace SerLab.Fuzz.Targets;

/// <summary>All readers that are attacked, and those that are not.</summary>
internal static class FuzzTargets
{
    /// <summary>Those that are.</summary>
    public static IReadOnlyList<FuzzTarget> All { get; } =
    [
        .. SoundTargets.All, .. TableTargets.All, .. DescriptionTargets.All, .. NetworkTargets.All, .. NotebookTargets.All,
        .. RunTargets.All, .. PlanTargets.All, .. ArchiveTargets.All, .. CacheTargets.All,
    ];

    /// <summary>Those that are not, and why.</summary>
    public static IReadOnlyList<(string Reader, string Reason)> LeftOut { get; } =
    [
        ("the version of a partial download (.part)", "one line, taken or left by the runtime's own header parser"),
        ("the pointer 'last' and the text of an earlier series", "a line that becomes a path, a text that is compared"),
        ("RAVDESS", "names of files, and the heads of WAV files that 'wav' attacks"),
        ("a folder of ONNX's conformance tests", "a tool for developers; its models and tensors are those of 'onnx'"),
        ("native ONNX Runtime", "chosen by the user, of another house, and not limited by SerLab's budget"),
        ("requests to the explorer's server", "no files, and only from this computer: tests/Explorer.Tests holds its guard"),
        ("command lines", "typed by the user"),
    ];
}
