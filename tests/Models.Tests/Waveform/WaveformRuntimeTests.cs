using Xunit;

namespace SerLab.Models.Tests.Waveform;

/// <summary>The feature sets as model files in onnxruntime-node (native) and onnxruntime-web (WebAssembly).</summary>
public class WaveformRuntimeTests
{
    [SkippableFact]
    public void Runtimes_compute_the_features_of_the_feature_sets()
    {
        string? whyNot = NodeRuntimes.WhyNot();
        Skip.If(whyNot is not null, whyNot);
        string[] sets = ["meyda74", "librosa360", "voice310"];
        WaveformModel[] models = [.. sets.Select(id => new WaveformModel(id, TestSignals.SampleRate))];
        (string Name, float[] Samples)[] clips = [.. TestSignals.All.Select(signal => (signal.Key, signal.Value()))];
        RuntimeBatch none = new(0, 5000, []);
        RuntimeBatch two = new(2, 3000, [.. clips[0].Samples[..3000], .. clips[3].Samples[..3000]]);
        RuntimeBatch[] batches = [.. clips.Select(clip => new RuntimeBatch(1, clip.Samples.Length, clip.Samples)), none, two];

        RuntimeAnswers[] runtimes = NodeRuntimes.Ask(models.Select(model => (model.Bytes, batches)));

        foreach (RuntimeAnswers runtime in runtimes)
        {
            foreach ((WaveformModel model, RuntimeAnswer[] answers) in models.Zip(runtime.Models))
            {
                foreach ((RuntimeBatch batch, RuntimeAnswer answer) in batches.Zip(answers))
                {
                    AssertClose(model, batch, answer, $"{runtime.Name} {runtime.Version}, {model.Set.Id}");
                }
            }
        }
    }

    private static void AssertClose(WaveformModel model, RuntimeBatch batch, RuntimeAnswer answer, string where)
    {
        Assert.True(answer.Error is null, $"{where}, {batch.Rows} x {batch.Columns} samples: {answer.Error}");
        RuntimeTensor features = answer.Outputs![WaveformModel.Output];
        int width = model.Set.Names.Count;
        Assert.Equal([batch.Rows, width], features.Dims);
        float[] values = features.Floats();
        for (int i = 0; i < batch.Rows; i++)
        {
            float[] expected = model.Extract(batch.Values[(i * batch.Columns)..((i + 1) * batch.Columns)]);
            (double difference, string feature) = model.Compare(expected, values[(i * width)..((i + 1) * width)]);
            Assert.True(difference <= 1e-3, $"{where}, {batch.Columns} samples, {feature}");
        }
    }
}
