using SerLab.Evaluation.Records;
using SerLab.Training.Learners;
using Xunit;

namespace SerLab.Evaluation.Tests.Records;

public class RecordFileTests
{
    [Fact]
    public void Times_are_read_back_as_they_were_written()
    {
        FoldTiming[] timings = [new(new FoldTask("grouped", "valence", "a,\"b\"", 3), 0.25, 0.00012499999)];

        Assert.Equal(0.000125, timings[0].PredictSeconds);
        Assert.Equal(timings, TimingFile.FromText(TimingFile.ToText(timings)));
        InvalidDataException error = Assert.Throws<InvalidDataException>(() => TimingFile.FromText("h\na,b,c,x,1,2\n"));
        Assert.Contains("line 2", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Targets_and_undefined_figures_survive_json()
    {
        Target[] targets = [Target.Rating("valence"), Target.Class(["calm", "happy"])];

        Assert.Equal(targets, RecordJson.Read<Target[]>(RecordJson.Text(targets)));
        Assert.Equal("""{"name":"class","classes":["calm","happy"]}""", RecordJson.Line(targets[1]));
        Assert.Equal("[\"NaN\",0.5]", RecordJson.Line(new[] { double.NaN, 0.5 }));
    }

    [Fact]
    public void A_run_of_another_form_is_refused_with_both_numbers()
    {
        InvalidDataException error = Assert.Throws<InvalidDataException>(() => RunDescription.FromJson("{\"format\": 1}"));

        Assert.Contains("form 1", error.Message, StringComparison.Ordinal);
        Assert.Contains("form 3", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_record_is_read_back_as_it_was_written()
    {
        RunRecord record = TestRuns.Run(TestRuns.OfClasses()).Record;
        Dictionary<string, string> files = record.ToFiles();

        RunRecord read = RunRecord.Read(name => files.GetValueOrDefault(name, ""));

        Assert.Equal(files, read.ToFiles());
        Assert.Equal(record.Predictions.Select(p => p.Task), read.Predictions.Select(p => p.Task));
        Assert.Equal(
            record.Predictions.SelectMany(p => p.Predictions.Probabilities),
            read.Predictions.SelectMany(p => p.Predictions.Probabilities));
    }
}
