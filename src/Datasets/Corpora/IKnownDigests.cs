namespace SerLab.Datasets.Corpora;

/// <summary>Remembers what was found to be in files, so that they need not be read to know it again.</summary>
internal interface IKnownDigests
{
    /// <summary>The hash of a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="hash">Reads it, where it is not known, or may have changed.</param>
    string Of(string path, Func<string> hash);
}
