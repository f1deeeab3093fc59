using System.Buffers;
using System.Security.Cryptography;

namespace SerLab.Datasets.Catalogue;

/// <summary>A published digest of a file.</summary>
/// <param name="Algorithm">MD5, as Zenodo publishes it, or SHA-256.</param>
/// <param name="Value">The digest, hexadecimal, either case.</param>
public sealed record Checksum(HashAlgorithmName Algorithm, string Value)
{
    /// <summary>An MD5 digest, which detects damage but not forgery.</summary>
    public static Checksum Md5(string value) => new(HashAlgorithmName.MD5, value);

    /// <summary>A SHA-256 digest.</summary>
    public static Checksum Sha256(string value) => new(HashAlgorithmName.SHA256, value);

    /// <summary>The digest of a stream from its position to its end, lower-case hexadecimal.</summary>
    /// <param name="stream">What to digest.</param>
    /// <param name="algorithm">Which digest.</param>
    /// <param name="onRead">Receives the number of bytes of every block read.</param>
    /// <param name="cancellationToken">Stops between blocks.</param>
    public static string Compute(
        Stream stream, HashAlgorithmName algorithm, Action<int>? onRead = null, CancellationToken cancellationToken = default)
    {
        using var hash = IncrementalHash.CreateHash(algorithm);
        byte[] buffer = ArrayPool<byte>.Shared.Rent(1 << 17);
        try
        {
            for (int read; (read = stream.Read(buffer)) > 0; onRead?.Invoke(read))
            {
                cancellationToken.ThrowIfCancellationRequested();
                hash.AppendData(buffer.AsSpan(0, read));
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>Whether a computed digest is this one.</summary>
    public bool Equals(string digest) => string.Equals(Value, digest, StringComparison.OrdinalIgnoreCase);

    /// <summary>The digest after the name of its algorithm, as Zenodo writes it, e.g. <c>md5:bc69…</c>.</summary>
    public override string ToString() => $"{Algorithm.Name!.ToLowerInvariant()}:{Value}";
}
