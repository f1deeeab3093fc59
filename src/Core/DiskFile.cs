namespace SerLab.Core;

/// <summary>
/// A file that is written, every failure of which is an <see cref="IOException"/>: .NET calls it an argument out of range where a
/// file grows beyond what the file system or the process may have.
/// </summary>
internal sealed class DiskFile(
    string path,
    FileMode mode,
    FileAccess access,
    FileShare share,
    int bufferSize = DiskFile.UsualBuffer,
    FileOptions options = FileOptions.None)
    : FileStream(path, mode, access, share, bufferSize, options)
{
    private const int UsualBuffer = 4096;

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => Guard(() => base.Write(buffer, offset, count));

    /// <inheritdoc/>
    public override void WriteByte(byte value) => Guard(() => base.WriteByte(value));

    /// <inheritdoc/>
    public override void Flush(bool flushToDisk) => Guard(() => base.Flush(flushToDisk));

    /// <inheritdoc/>
    protected override void Dispose(bool disposing) => Guard(() => base.Dispose(disposing));

    private void Guard(Action write)
    {
        try
        {
            write();
        }
        catch (ArgumentOutOfRangeException e)
        {
            throw new IOException($"'{Name}' would be larger than the disk or the limits of this process allow.", e);
        }
    }
}
