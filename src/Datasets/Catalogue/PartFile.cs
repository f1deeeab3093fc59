using System.Net.Http.Headers;
using SerLab.Core;

namespace SerLab.Datasets.Catalogue;

/// <summary>
/// The bytes of a download so far, and beside them (<c>.version</c>) what the server called that version of the file: its strong
/// entity tag or, failing that, its date. Unlike the temporary file of <see cref="AtomicFile"/> it has a fixed name, because the
/// next call resumes it; a lock on the corpus keeps others away.
/// </summary>
internal sealed class PartFile(string path)
{
    private readonly string versionPath = path + ".version";

    public string Path => path;

    public long Length => File.Exists(path) ? new FileInfo(path).Length : 0;

    /// <summary>What to send as If-Range, or nothing where the server named no version.</summary>
    public RangeConditionHeaderValue? Validator =>
        File.Exists(versionPath) && RangeConditionHeaderValue.TryParse(File.ReadAllText(versionPath), out var validator)
            ? validator
            : null;

    /// <summary>Forgets what was there and notes the version that now begins.</summary>
    public void Begin(HttpResponseMessage response)
    {
        Delete();
        if (VersionOf(response) is { } version)
        {
            AtomicFile.Write(versionPath, version.ToString());
        }
    }

    /// <summary>False when the answer names another version than the one these bytes are of.</summary>
    public bool IsSameVersion(HttpResponseMessage response) =>
        Validator is not { } mine || VersionOf(response) is not { } theirs || mine.Equals(theirs);

    public DiskFile Append() => new(path, FileMode.Append, FileAccess.Write, FileShare.Read);

    public void Finish(string finalPath)
    {
        File.Move(path, finalPath, overwrite: true);
        File.Delete(versionPath);
    }

    public void Delete()
    {
        File.Delete(path);
        File.Delete(versionPath);
    }

    private static RangeConditionHeaderValue? VersionOf(HttpResponseMessage response) =>
        response.Headers.ETag is { IsWeak: false } tag ? new RangeConditionHeaderValue(tag)
        : response.Content.Headers.LastModified is { } date ? new RangeConditionHeaderValue(date)
        : null;
}
