using SerLab.Core;

namespace SerLab.Datasets.Catalogue;

/// <summary>
/// Gets a corpus of the catalogue: downloads (and resumes), verifies, unpacks, checks, and only then renames it to its folder
/// below <c>data/</c>, so that a corpus folder is whole or absent. Unfinished downloads lie in <c>data/downloads</c>; an archive
/// that was put there by hand is used instead of downloading it. It may be stopped at any moment and called again.
/// </summary>
/// <param name="client">
/// Sends the requests; its <see cref="HttpClient.Timeout"/> bounds the wait for an answer, not the transfer.
/// </param>
public sealed class CorpusDownloader(HttpClient client)
{
    /// <summary>How long a transfer may stall before it is given up; default one minute.</summary>
    public TimeSpan StallTimeout { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Gets a corpus, or finds it already there and whole.</summary>
    /// <param name="entry">What to get.</param>
    /// <param name="dataFolder">The folder that holds corpora, usually <c>data</c>; created if absent.</param>
    /// <param name="progress">Receives bytes downloaded, verified, unpacked and hashed.</param>
    /// <param name="cancellationToken">Stops it; what was downloaded is kept for the next call.</param>
    /// <returns>The corpus folder.</returns>
    /// <exception cref="InvalidInputException">It cannot be downloaded; one sentence says what to do.</exception>
    public async Task<string> GetAsync(
        CorpusEntry entry,
        string dataFolder,
        IProgress<WorkProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        if (entry.Acquisition == Acquisition.BuiltIn)
        {
            throw new InvalidInputException($"{entry.Name} is built in: there is nothing to get, use it with {entry.LoadedBy}.");
        }

        string folder = entry.FolderIn(dataFolder);
        if (Directory.Exists(folder))
        {
            return FirstFailure(CorpusCheck.Run(entry, dataFolder, progress, cancellationToken).Findings) is { } failure
                ? throw new InvalidInputException(
                    $"{folder} is there but incomplete ({failure}); complete it, or move it away and run the same command again.")
                : folder;
        }

        if (entry.Acquisition == Acquisition.Manual)
        {
            throw new InvalidInputException($"{entry.Name} cannot be downloaded by SerLab. {entry.HowToGet}");
        }

        try
        {
            string downloads = Directory.CreateDirectory(Path.Combine(dataFolder, "downloads")).FullName;
            using FileStream only = Lock(entry, downloads);
            await DownloadAsync(entry, downloads, progress, cancellationToken);
            Install(entry, downloads, folder, progress, cancellationToken);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InvalidInputException($"{entry.Name} could not be written to {dataFolder}: {e.Message}", e);
        }

        return folder;
    }

    private async Task DownloadAsync(
        CorpusEntry entry, string downloads, IProgress<WorkProgress>? progress, CancellationToken cancellationToken)
    {
        ResumableDownload download = new(client, StallTimeout);
        foreach (CatalogueFile file in entry.Files)
        {
            string path = Path.Combine(downloads, file.Name);
            if (!File.Exists(path))
            {
                await download.FetchAsync(file, path, progress, cancellationToken);
            }
            else if (ResumableDownload.Mismatch(file, path, progress, cancellationToken) is { } wrong)
            {
                throw new InvalidInputException($"{path} {wrong}; delete it and run the same command again.");
            }
        }
    }

    private static void Install(
        CorpusEntry entry,
        string downloads,
        string folder,
        IProgress<WorkProgress>? progress,
        CancellationToken cancellationToken)
    {
        string staging = Path.Combine(downloads, entry.Name);
        DeleteFolder(staging);
        Directory.CreateDirectory(staging);
        try
        {
            foreach (CatalogueFile file in entry.Files)
            {
                string path = Path.Combine(downloads, file.Name);
                if (file.Unpack)
                {
                    ZipUnpacker.Unpack(path, staging, file.UnpackedLimit, progress, cancellationToken);
                }
                else
                {
                    File.Copy(path, Path.Combine(staging, file.Name));
                }
            }

            if (FirstFailure(entry.Structure(staging)) is { } failure)
            {
                DeleteArchives(entry, downloads);
                throw new InvalidInputException(
                    $"What was downloaded as {entry.Name} is not that corpus ({failure}) and was deleted; "
                        + $"see {entry.LandingPage}.");
            }

            DigestList.Write(staging, progress, cancellationToken);
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(folder))!);
            Directory.Move(staging, folder);
        }
        finally
        {
            DeleteFolder(staging);
        }

        DeleteArchives(entry, downloads);
    }

    private static string? FirstFailure(IEnumerable<CheckFinding> findings) =>
        findings.FirstOrDefault(f => f.Outcome == CheckOutcome.Failed) is { } failed ? $"{failed.What}: {failed.Detail}" : null;

    private static void DeleteArchives(CorpusEntry entry, string downloads)
    {
        foreach (CatalogueFile file in entry.Files)
        {
            File.Delete(Path.Combine(downloads, file.Name));
        }
    }

    private static FileStream Lock(CorpusEntry entry, string downloads)
    {
        string path = Path.Combine(downloads, entry.Name + ".lock");
        try
        {
            return new FileStream(
                path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose);
        }
        catch (IOException e)
        {
            throw new InvalidInputException($"Another process is getting {entry.Name} at this moment; wait for it to end.", e);
        }
    }

    private static void DeleteFolder(string folder)
    {
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
