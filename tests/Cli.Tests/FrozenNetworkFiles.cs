using SerLab.Onnx;
using SerLab.TestSupport;

namespace SerLab.Cli.Tests;

/// <summary>A feature set of frozen networks: the speech embedding where its files are there, else a small network.</summary>
internal static class FrozenNetworkFiles
{
    /// <summary>Writes the description, and beside it the networks, and gives its path.</summary>
    public static string Write(TemporaryFolder folder)
    {
        if (ReferenceData.Find("data", "onnx-backbones") is { } files)
        {
            foreach (string file in (string[])["melspectrogram.onnx", "speech_embedding.onnx"])
            {
                folder.Write($"networks/{file}", "");
                File.Copy(Path.Combine(files, file), folder.At($"networks/{file}"), overwrite: true);
            }

            return folder.Write("networks/own.yaml", """
                id: own
                sample-rate: 16000
                sample-scale: 32768
                networks:
                  - {file: melspectrogram.onnx, scale: 0.1, offset: 2}
                  - {file: speech_embedding.onnx, window: 76, hop: 8}
                values: 96
                """);
        }

        string description = folder.Write("networks/own.yaml", """
            id: own
            sample-rate: 8000
            networks:
              - {file: small.onnx, window: 400, hop: 200}
            values: 8
            pooling: [mean, std, energy]
            """);
        File.WriteAllBytes(folder.At("networks/small.onnx"), Small());
        return description;
    }

    // [batch, 400] -> [batch, 8]: how loud some frequencies are.
    private static byte[] Small()
    {
        OnnxGraph graph = new("small");
        OnnxValue x = graph.Input("x", OnnxElement.Float, [OnnxDimension.Batch, 400]);
        float[] waves =
        [
            .. Enumerable.Range(0, 400).SelectMany(n => Enumerable.Range(1, 8).Select(k => MathF.Sin(0.1f * k * k * n) / 400)),
        ];
        OnnxValue y = graph.Apply("Abs", [graph.MatrixProduct(x, graph.Constant(waves, 400, 8))]);
        graph.Output("y", y, OnnxElement.Float, [OnnxDimension.Batch, 8]);
        return graph.ToBytes("1", "", []);
    }
}
