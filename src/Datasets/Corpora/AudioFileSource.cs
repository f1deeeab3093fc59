using System.Buffers;
using System.Security.Cryptography;
using SerLab.Core;
using SerLab.Datasets.Tables;
using SerLab.Features.Audio;

namespace SerLab.Datasets.Corpora;

/// <summary>A sound in a file. Its content hash is that of the bytes of the file, computed once, when first asked for.</summary>
public sealed class AudioFileSource : AudioSource
{
    private const int BlockBytes = 1 << 17;
    private const int MiddleBytes = 1 << 12;

    private readonly Lazy<string> hash;

    /// <summary>Names the file; nothing is read yet.</summary>
    /// <param name="path">A file that <see cref="AudioFile"/> can read.</param>
    public AudioFileSource(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        Name = path;
        hash = new Lazy<string>(() => Hash(path));
    }

    /// <summary>The extensions by which sounds are found in folders, lower case with their dot.</summary>
    public static IReadOnlyList<string> Extensions => SoundNames.Extensions;

    /// <summary>The path of the file.</summary>
    public override string Name { get; }

    /// <summary>SHA-256 of the file's bytes, hexadecimal in lower case.</summary>
    /// <exception cref="InvalidInputException">The file cannot be read.</exception>
    public override string ContentHash() => hash.Value;

    /// <inheritdoc/>
    internal override string ContentHash(IKnownDigests known) =>
        hash.IsValueCreated ? hash.Value : known.Of(Name, () => hash.Value);

    /// <summary>
    /// A hash of a few thousand bytes in the middle, which files of one length must share to be equal; all of them where there
    /// are no more.
    /// </summary>
    /// <exception cref="InvalidInputException">The file cannot be read.</exception>
    internal string MiddleHash() => Read(Name, stream =>
    {
        byte[] block = new byte[MiddleBytes];
        stream.Position = Math.Max(0, (stream.Length - MiddleBytes) / 2);
        int read = stream.ReadAtLeast(block, MiddleBytes, throwOnEndOfStream: false);
        return Convert.ToHexStringLower(SHA256.HashData(block.AsSpan(0, read)));
    });

    /// <inheritdoc/>
    public override int? DeclaredSampleRate()
    {
        try
        {
            using SoundReader reader = SoundReader.Open(Name);
            return reader.SampleRate;
        }
        catch (InvalidInputException)
        {
            // Whoever decodes it says why it cannot be read.
            return null;
        }
    }

    /// <inheritdoc/>
    public override AudioSignal Load() => AudioFile.Read(Name);

    /// <inheritdoc/>
    public override Sound Hear() => AudioFile.Hear(Name);

    /// <summary>Whether a file is not hidden; macOS leaves <c>._name.wav</c> beside its files.</summary>
    internal static bool IsVisible(string path) => IsVisible(path.AsSpan());

    /// <summary>Whether a file is not hidden and ends like a sound.</summary>
    internal static bool LooksLikeAudio(ReadOnlySpan<char> path) => IsVisible(path) && SoundNames.HasExtension(path);

    private static bool IsVisible(ReadOnlySpan<char> path) => !Path.GetFileName(path).StartsWith('.');

    private static string Hash(string path) => Read(path, stream =>
    {
        byte[] block = ArrayPool<byte>.Shared.Rent(BlockBytes);
        try
        {
            using IncrementalHash sha = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            for (int read; (read = stream.Read(block)) > 0;)
            {
                sha.AppendData(block, 0, read);
            }

            return Convert.ToHexStringLower(sha.GetHashAndReset());
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(block);
        }
    });

    private static string Read(string path, Func<FileStream, string> read)
    {
        try
        {
            using FileStream stream = AudioFile.Open(path);
            return read(stream);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InvalidInputException($"Cannot read '{path}': {e.Message}", e);
        }
    }
}
