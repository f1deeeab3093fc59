using SerLab.Core;

namespace SerLab.Datasets.Catalogue;

/// <summary>Checks whether a corpus on disk is whole: presence, structure, digests.</summary>
public static class CorpusCheck
{
    /// <summary>
    /// Checks a corpus: its folder, its structure (numbers and names of clips, columns of tables) and the digest of every file
    /// against the <c>SHA256SUMS</c> written when it was downloaded.
    /// </summary>
    /// <param name="entry">The corpus.</param>
    /// <param name="dataFolder">The folder that holds corpora, usually <c>data</c>, or the corpus itself.</param>
    /// <param name="progress">Receives how many bytes are hashed.</param>
    /// <param name="cancellationToken">Stops between files.</param>
    public static CheckReport Run(
        CorpusEntry entry,
        string dataFolder,
        IProgress<WorkProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        if (CorpusLibrary.FolderIn(dataFolder, entry) is not { } folder)
        {
            string missing = entry.FolderIn(dataFolder);
            string remedy = entry.HowToGet ?? $"Run: data get {entry.Name}";
            return new CheckReport(
                entry.Name, missing, [new CheckFinding("folder", CheckOutcome.Failed, $"{missing} does not exist. {remedy}")]);
        }

        List<CheckFinding> findings = [.. entry.Structure(folder)];
        if (entry.Folder is not null)
        {
            findings.Add(DigestList.Check(folder, progress, cancellationToken));
        }

        return new CheckReport(entry.Name, folder, findings);
    }
}
