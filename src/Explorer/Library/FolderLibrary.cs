using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using SerLab.Datasets.Corpora;

namespace SerLab.Explorer.Library;

/// <summary>
/// The sounds of a folder with a model's answers: known ones from the index at once, the others as they are heard; then files
/// that come, change, grow and go, by looking again and again. Notifications would be lost on network drives.
/// </summary>
internal sealed class FolderLibrary : SoundLibrary
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly FolderRequest request;
    private readonly SoundFolder folder;
    private readonly LibraryIndex index;
    private readonly Dictionary<string, KnownFile> known = new(StringComparer.Ordinal);
    private readonly Dictionary<string, FileStamp> growing = new(StringComparer.Ordinal);
    private bool hasLooked;
    private volatile LibraryProgress progress = new(0, 0, null, true);

    /// <summary>Opens a folder.</summary>
    public FolderLibrary(FolderRequest request)
    {
        this.request = request;
        folder = new SoundFolder(request.Folder);
        ModelListener listener = request.Listener;
        string key = $"1\n{folder.Root}\n{listener.Digest}";
        string place = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)))[..16];
        index = LibraryIndex.Open(Path.Combine(request.CacheFolder, "explorer", place), Math.Max(1, listener.Columns));
        Remember(index.Entries);
        Similarity = listener.Columns > 0 ? new Similarity(index.Features) : null;
        Facts = FactsOf(request, folder.Root);
        Corrections = new Corrections(folder.Root, Facts.Targets, Facts.Classes);
    }

    public override LibraryFacts Facts { get; }

    public override LibraryProgress Progress => progress;

    public override Similarity? Similarity { get; }

    public override Corrections Corrections { get; }

    public override ModelDesk Desk => request.Desk;

    protected override AudioSource? Find(SoundRow row) =>
        folder.Locate(row.Path) is { } path ? new NamedFile(path, row.Path) : null;

    public override string TablePrefix => Path.Combine(request.Folder, ".")[..^1];

    protected override int Keep(float[] features) => features.Length == 0 ? -1 : index.Features.Add(features);

    public override void Work(bool keepWatching, CancellationToken cancellationToken)
    {
        do
        {
            long start = Stopwatch.GetTimestamp();
            LookAround(cancellationToken);

            // A folder that takes long to list is looked at less often.
            TimeSpan pause = Pause + (10 * Stopwatch.GetElapsedTime(start));
            if (!keepWatching || cancellationToken.WaitHandle.WaitOne(pause))
            {
                return;
            }
        }
        while (true);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            index.Dispose();
        }

        base.Dispose(disposing);
    }

    private static LibraryFacts FactsOf(FolderRequest request, string root)
    {
        Models.EmotionModel model = request.Listener.Model;
        Models.ModelDescription about = model.Description;
        List<string> notes = [.. request.Notes];
        if (notes.Count == 0 && about.Corpus.Contains("synthetic", StringComparison.OrdinalIgnoreCase))
        {
            notes.Add($"Trained on synthetic sound ({about.Corpus}): its answers say nothing about people.");
        }

        return new LibraryFacts(
            request.Title ?? Path.GetFileName(root),
            root,
            request.Kind,
            notes,
            $"{about.Learner.Split(' ')[0]} on {about.Features.Id}",
            model.Targets,
            model.Classes)
        {
            Remarks = about.Leaks,
            SampleRate = about.SampleRate,
            Doubts = model.Doubts,
        };
    }

    // What the index knows is shown before the folder is looked at: nearly all of it will be as it was.
    private void Remember(IReadOnlyDictionary<string, IndexEntry> entries)
    {
        List<(SoundRow Row, FileStamp Stamp)> good = [];
        List<(string Path, string Error)> bad = [];
        foreach ((string path, IndexEntry entry) in entries.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            if (entry.Row is { } row)
            {
                good.Add((row, entry.Stamp));
            }
            else
            {
                bad.Add((path, entry.Error!));
                known[path] = new KnownFile(entry.Stamp, -1);
            }
        }

        Put(good);
        Rows.Fail(bad);
        progress = new LibraryProgress(entries.Count, entries.Count, null, true);
    }

    private void LookAround(CancellationToken cancellationToken)
    {
        IReadOnlyList<FoundSound> found = folder.Scan();
        List<FoundSound> todo = [];
        foreach (FoundSound sound in found)
        {
            if (known.TryGetValue(sound.Path, out KnownFile before) && before.Stamp == sound.Stamp)
            {
                continue;
            }

            // What grows is tried when it has stopped to; what was there before is whole.
            if (!hasLooked || (growing.TryGetValue(sound.Path, out FileStamp last) && last == sound.Stamp))
            {
                todo.Add(sound);
            }
            else
            {
                growing[sound.Path] = sound.Stamp;
            }
        }

        hasLooked = true;
        Remove(found);
        Hear(todo, found.Count, cancellationToken);
    }

    private void Put(List<(SoundRow Row, FileStamp Stamp)> rows)
    {
        IReadOnlyList<SoundRow> put = Rows.Put([.. rows.Select(pair => pair.Row with { Id = IdOf(pair.Row.Path) })]);
        for (int i = 0; i < put.Count; i++)
        {
            known[put[i].Path] = new KnownFile(rows[i].Stamp, put[i].Id);
            growing.Remove(put[i].Path);
        }
    }

    private int IdOf(string path) => known.TryGetValue(path, out KnownFile file) ? file.Id : -1;

    private void Remove(IReadOnlyList<FoundSound> found)
    {
        HashSet<string> there = [.. found.Select(sound => sound.Path)];
        string[] gone = [.. known.Keys.Where(path => !there.Contains(path))];
        Rows.Remove([.. gone.Select(path => known[path].Id).Where(id => id >= 0)]);
        foreach (string path in gone)
        {
            known.Remove(path);
            Rows.Forget(path);
            index.Forget(path);
        }

        index.Flush();
    }

    private void Hear(List<FoundSound> todo, int total, CancellationToken cancellationToken)
    {
        int before = total - todo.Count;
        progress = new LibraryProgress(before, total, null, todo.Count > 0);
        long start = Stopwatch.GetTimestamp();
        int done = 0;
        Clip[] clips =
        [
            .. todo.Select(sound => new Clip
            {
                Id = sound.Path,
                Audio = new NamedFile(Path.Combine(folder.Root, sound.Path), sound.Path),
            }),
        ];
        foreach (IReadOnlyList<HeardSound> some in request.Listener.Hear(clips, keep: true, cancellationToken))
        {
            List<(SoundRow Row, FileStamp Stamp)> good = [];
            List<(string Path, string Error)> bad = [];
            for (int i = 0; i < some.Count; i++)
            {
                FoundSound sound = todo[done + i];
                if (some[i].Row is { } row)
                {
                    SoundRow kept = row with { FeatureRow = Keep(some[i].Features) };
                    index.Add(sound.Path, new IndexEntry(sound.Stamp, kept, null));
                    good.Add((kept, sound.Stamp));
                }
                else
                {
                    bad.Add((sound.Path, some[i].Error!));
                    index.Add(sound.Path, new IndexEntry(sound.Stamp, null, some[i].Error));
                    Lose(sound);
                }
            }

            Put(good);
            Rows.Fail(bad);
            index.Flush();
            done += some.Count;
            double left = Stopwatch.GetElapsedTime(start).TotalSeconds / done * (todo.Count - done);
            bool working = done < todo.Count;
            progress = new LibraryProgress(before + done, total, working ? left : null, working);
        }
    }

    // What had an answer and now cannot be read has none any more.
    private void Lose(FoundSound sound)
    {
        if (IdOf(sound.Path) is >= 0 and int id)
        {
            Rows.Remove([id]);
        }

        known[sound.Path] = new KnownFile(sound.Stamp, -1);
        growing.Remove(sound.Path);
    }

    private readonly record struct KnownFile(FileStamp Stamp, int Id);
}

/// <summary>What folder is opened with what model.</summary>
/// <param name="Folder">The folder, as it was given.</param>
/// <param name="Listener">Hears its sounds.</param>
/// <param name="Desk">Hears others.</param>
/// <param name="CacheFolder">Where indexes are kept.</param>
internal sealed record FolderRequest(string Folder, ModelListener Listener, ModelDesk Desk, string CacheFolder)
{
    /// <summary>What it is called; none: as the folder.</summary>
    public string? Title { get; init; }

    /// <summary>folder or demonstration.</summary>
    public string Kind { get; init; } = "folder";

    /// <summary>What a reader must know beside what the model says of itself.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];
}
