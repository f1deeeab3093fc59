using System.Diagnostics.CodeAnalysis;
using Xunit;

namespace SerLab.TestSupport;

/// <summary>
/// Where tests find the repository and, when they are there, the reference values and real data that are not part of it. They lie
/// in <c>shared</c> beside the repository, or where the environment variable SERLAB_SHARED says. Tests that need them call
/// <see cref="Require"/> first, are marked <c>[SkippableFact]</c> and <c>[Trait("Data", "real")]</c>, and skip with a reason
/// without.
/// </summary>
public static class ReferenceData
{
    /// <summary>The root of the repository: the folder of SerLab.sln.</summary>
    public static string RepositoryRoot { get; } = FindRepositoryRoot();

    /// <summary>The folder of reference values and real data, or none.</summary>
    public static string? Folder { get; } = FindFolder();

    /// <summary>The path of a file or folder of the reference data; skips the calling test where it is absent.</summary>
    public static string Require(params string[] path)
    {
        string? full = Find(path);
        Skip.If(full is null, Missing(path));
        return full!;
    }

    /// <summary>The path of a file or folder of the reference data; none where it is absent.</summary>
    public static string? Find(params string[] path) =>
        Folder is not null && Path.Combine([Folder, .. path]) is var full && (File.Exists(full) || Directory.Exists(full))
            ? full
            : null;

    private static string Missing(string[] path) =>
        $"{string.Join('/', path)} is not there: real data and reference values are not part of the repository (see "
        + $"SERLAB_SHARED)";

    private static string? FindFolder()
    {
        string folder = Environment.GetEnvironmentVariable("SERLAB_SHARED") is { Length: > 0 } named
            ? named
            : Path.Combine(RepositoryRoot, "..", "shared");
        return Directory.Exists(folder) ? Path.GetFullPath(folder) : null;
    }

    [SuppressMessage("Design", "CA1065", Justification = "A test assembly outside the repository cannot run at all.")]
    private static string FindRepositoryRoot()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "SerLab.sln")))
            {
                return folder.FullName;
            }
        }

        throw new DirectoryNotFoundException("SerLab.sln was not found above the test assembly.");
    }
}
