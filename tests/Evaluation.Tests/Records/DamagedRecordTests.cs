using SerLab.Evaluation.Figures;
using SerLab.Evaluation.Records;
using SerLab.Evaluation.Running;
using Xunit;

namespace SerLab.Evaluation.Tests.Records;

/// <summary>Files of a run that are well-formed and say what no run says.</summary>
public sealed class DamagedRecordTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public static TheoryData<string, string, string> Damages => new()
    {
        { "run.json", "\"models\": [", "\"models\": [null, " },
        { "run.json", "\"targets\": [", "\"targets\": [null, " },
        { "run.json", "\"corpus\": {", "\"corpus\": null, \"other\": {" },
        { "run.json", "\"settings\": {", "\"settings\": {\"c\": null, " },
        { "run.json", "\"classes\": []", "\"classes\": [\"a\", \"a\"]" },
        { "run.json", "\"name\": \"random\"", "\"name\": \"chance\"" },
        { "run.json", "{", "[" },
        { "folds.jsonl", "\"fold\":1", "\"fold\":0" },
        { "folds.jsonl", "\"test\":[", "\"test\":[99," },
        { "folds.jsonl", "\"sources\":[[", "\"sources\":[null,[" },
        { "predictions.csv", "seeded", "nobody" },
        { "timing.csv", "0,", "-1," },
    };

    public void Dispose() => folder.Dispose();

    [Theory]
    [MemberData(nameof(Damages))]
    public void A_damaged_run_is_one_exception_and_is_not_gone_on_with(string file, string part, string other)
    {
        TestRuns.Run(TestRuns.Ratings(), folder["run"]);
        RunDescription description = RunRecord.Read(folder["run"]).Description;
        string path = folder[$"run/{file}"];
        string text = File.ReadAllText(path);
        int at = text.IndexOf(part, StringComparison.Ordinal);
        File.WriteAllText(path, string.Concat(text.AsSpan(0, at), other, text.AsSpan(at + part.Length)));

        Assert.Throws<InvalidDataException>(() => RunFigures.Read(folder["run"]));

        Dictionary<string, string> files = RunFiles.Covered.Concat(RunFiles.CoveredWhereThere)
            .Where(name => File.Exists(folder[$"run/{name}"]))
            .ToDictionary(name => name, name => File.ReadAllText(folder[$"run/{name}"]));
        File.WriteAllText(folder[$"run/{RunFiles.Manifest}"], RunManifest.ToText(files));
        Assert.Null(CompletedRun.TryRead(folder["run"], description.Corpus.Hash, description.Features.Hash, 1));
    }
}
