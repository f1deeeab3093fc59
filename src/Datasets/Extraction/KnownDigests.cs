using SerLab.Core;
using SerLab.Datasets.Corpora;

namespace SerLab.Datasets.Extraction;

/// <summary>
/// Digests of files, remembered in the cache by path and <see cref="FileIdentity"/>. Whatever changes a file changes that, and it
/// is then read again; a file that was written a moment ago is not remembered, nor one on a system that tells no identities.
/// Thread-safe.
/// </summary>
/// <param name="digests">The part of the cache that holds them.</param>
/// <param name="clock">Tells how long ago a file was written.</param>
internal sealed class KnownDigests(CacheSession<byte[]> digests, TimeProvider clock) : IKnownDigests, IDisposable
{
    /// <inheritdoc/>
    public string Of(string path, Func<string> hash)
    {
        DateTimeOffset before = clock.GetUtcNow();
        if (FileIdentity.Of(path) is not { } identity)
        {
            return hash();
        }

        string name = $"{identity} {Path.GetFullPath(path)}";
        if (digests.TryGet(name, out byte[]? known))
        {
            return Convert.ToHexStringLower(known);
        }

        string digest = hash();

        // It may have been written to while it was read.
        if (identity.IsSettledAt(before) && FileIdentity.Of(path) == identity)
        {
            digests.Add(name, Convert.FromHexString(digest));
        }

        return digest;
    }

    /// <inheritdoc/>
    public void Dispose() => digests.Dispose();
}
