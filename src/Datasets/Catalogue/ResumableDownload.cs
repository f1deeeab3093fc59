using System.Net;
using System.Net.Http.Headers;
using SerLab.Core;

namespace SerLab.Datasets.Catalogue;

/// <summary>
/// Downloads one file over HTTP into <c>NAME.part</c> and renames it once its size and digest are right. A transfer that stops,
/// for whatever reason, leaves the part, and the next call asks the server for the rest (RFC 9110, sections 13.1.5 and 14): a
/// server that ignores the range, or whose file has changed since, makes it start over.
/// </summary>
internal sealed class ResumableDownload(HttpClient client, TimeSpan stallTimeout)
{
    /// <exception cref="InvalidInputException">
    /// The transfer failed or what came is not what was published; one sentence.
    /// </exception>
    public async Task FetchAsync(
        CatalogueFile file, string path, IProgress<WorkProgress>? progress, CancellationToken cancellationToken)
    {
        PartFile part = new(path + ".part");
        if (!IsComplete(file, part) && !await TryTransferAsync(file, part, progress, cancellationToken))
        {
            part.Delete();
            if (!await TryTransferAsync(file, part, progress, cancellationToken))
            {
                throw new InvalidInputException($"{file.Url} did not send the file from its start; try again later.");
            }
        }

        Verify(file, part, progress, cancellationToken);
        part.Finish(path);
    }

    /// <summary>Checks size and digest of a file that is already here.</summary>
    /// <returns>What is wrong, as the end of a sentence, or nothing.</returns>
    public static string? Mismatch(
        CatalogueFile file, string path, IProgress<WorkProgress>? progress, CancellationToken cancellationToken)
    {
        long size = new FileInfo(path).Length;
        if (file.Size is long expected && size != expected)
        {
            return $"has {size:N0} bytes instead of the published {expected:N0}";
        }

        if (file.Checksum is not { } checksum)
        {
            return null;
        }

        long done = 0;
        using FileStream stream = File.OpenRead(path);
        string digest = Checksum.Compute(
            stream,
            checksum.Algorithm,
            read => progress?.Report(new WorkProgress($"verifying {file.Name}", done += read, size)),
            cancellationToken);
        return checksum.Equals(digest)
            ? null
            : $"has the {checksum.Algorithm} {digest} instead of the published {checksum.Value}";
    }

    private static bool IsComplete(CatalogueFile file, PartFile part) => file.Size is long size && part.Length == size;

    private static void Verify(
        CatalogueFile file, PartFile part, IProgress<WorkProgress>? progress, CancellationToken cancellationToken)
    {
        if (Mismatch(file, part.Path, progress, cancellationToken) is { } wrong)
        {
            part.Delete();
            throw new InvalidInputException(
                $"{file.Name} from {file.Url} {wrong}; the damaged copy was deleted, "
                    + "run the same command again to download it afresh.");
        }
    }

    /// <returns>False when the part does not fit what the server has, so that the transfer must start over.</returns>
    private async Task<bool> TryTransferAsync(
        CatalogueFile file, PartFile part, IProgress<WorkProgress>? progress, CancellationToken cancellationToken)
    {
        if (part.Length > (file.Size ?? long.MaxValue) || (part.Validator is null && file.Checksum is null))
        {
            // Without a validator or a digest nobody could tell a file patched together from two versions.
            part.Delete();
        }

        long start = part.Length;
        using HttpRequestMessage request = new(HttpMethod.Get, file.Url);
        request.Headers.AcceptEncoding.ParseAdd("identity");
        request.Headers.UserAgent.ParseAdd("SerLab");
        if (start > 0)
        {
            request.Headers.Range = new RangeHeaderValue(start, null);
            request.Headers.IfRange = part.Validator;
        }

        using HttpResponseMessage response = await SendAsync(request, cancellationToken);
        switch (response.StatusCode)
        {
            case HttpStatusCode.OK:
                part.Begin(response);
                start = 0;
                break;
            case HttpStatusCode.PartialContent when start > 0:
                if (response.Content.Headers.ContentRange?.From != start || !part.IsSameVersion(response))
                {
                    return false;
                }

                break;
            case HttpStatusCode.RequestedRangeNotSatisfiable when start > 0:
                return response.Content.Headers.ContentRange?.Length == start;
            default:
                throw new InvalidInputException(
                    $"{file.Url} answered {(int)response.StatusCode} {response.ReasonPhrase} instead of the file; "
                    + "check the address and the network, or try again later.");
        }

        await CopyAsync(file, response, part, start, progress, cancellationToken);
        return true;
    }

    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            return await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        }
        catch (HttpRequestException e)
        {
            throw new InvalidInputException(
                $"{request.RequestUri} cannot be reached ({Reason(e)}); check the network and try again.", e);
        }
        catch (Exception e) when (e is NotSupportedException or UriFormatException)
        {
            throw new InvalidInputException(
                $"The server redirects to {request.RequestUri}, which is not a web address; nothing is fetched from there.",
                e);
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new InvalidInputException($"{request.RequestUri} did not answer in time; check the network and try again.", e);
        }
    }

    private async Task CopyAsync(
        CatalogueFile file,
        HttpResponseMessage response,
        PartFile part,
        long start,
        IProgress<WorkProgress>? progress,
        CancellationToken cancellationToken)
    {
        long total = file.Size ?? (start + response.Content.Headers.ContentLength ?? 0);
        if (file.Size is long size && response.Content.Headers.ContentLength is long offered && start + offered != size)
        {
            part.Delete();
            throw new InvalidInputException(
                $"{file.Url} offers {start + offered:N0} bytes instead of the published {size:N0}; "
                    + "it is not the file SerLab knows.");
        }

        long done = start;
        byte[] buffer = new byte[1 << 17];
        await using FileStream target = part.Append();
        await using Stream body = await response.Content.ReadAsStreamAsync(cancellationToken);
        while (true)
        {
            int read = await ReadAsync(body, buffer, file, done, cancellationToken);
            if (read == 0)
            {
                break;
            }

            done += read;
            if (done > (file.Size ?? long.MaxValue))
            {
                throw new InvalidInputException(
                    $"{file.Url} sends more than the published {file.Size:N0} bytes; it is not the file SerLab knows.");
            }

            await target.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
            progress?.Report(new WorkProgress($"downloading {file.Name}", done, total));
        }
    }

    private async Task<int> ReadAsync(
        Stream body, byte[] buffer, CatalogueFile file, long done, CancellationToken cancellationToken)
    {
        using var stall = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        stall.CancelAfter(stallTimeout);
        try
        {
            return await body.ReadAsync(buffer, stall.Token);
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            throw Stopped(Reason(e), e);
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw Stopped($"nothing came for {stallTimeout.TotalSeconds:0.#} s", e);
        }

        InvalidInputException Stopped(string reason, Exception cause) => new(
            $"The transfer of {file.Name} stopped after {done:N0} bytes ({reason}); "
                + "run the same command again to resume it.",
            cause);
    }

    private static string Reason(Exception e) => e.GetBaseException().Message.TrimEnd('.');
}
