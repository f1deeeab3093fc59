using SerLab.Core;
using SerLab.Onnx;
using SerLab.Onnx.Runtime;
using SerLab.Training.Neural.Layers;
using SerLab.Training.Neural.Networks;
using Xunit;

namespace SerLab.Training.Tests.Neural.Deep;

/// <summary>Every layer as ONNX answers as it does here.</summary>
public class NetworkExportTests
{
    public static TheoryData<string> Names => [.. Networks.Keys];

    private static readonly Dictionary<string, Network> Networks = new()
    {
        ["conv"] = new(
            new GridShape(9, 8, 2),
            new Convolution(4, Extent.Square(3)) { Stride = Extent.Square(2), HasBias = false },
            new BatchNormalisation(),
            new Relu(),
            new DropoutLayer(0.5),
            new Convolution(6, new Extent(2, 3)) { Groups = 2, Padding = Padding.Of(1, 0, 0, 2) },
            new BatchNormalisation(),
            new LeakyRelu()),
        ["batch norm first"] = new(new GridShape(3, 4, 5), new BatchNormalisation(), new Tanh()),
        ["dilated series"] = new(
            GridShape.Series(20, 3), new Convolution(4, Extent.Series(3)) { Dilation = Extent.Series(2) }, new Gelu()),
        ["transposed"] = new(
            new GridShape(4, 3, 2),
            new TransposedConvolution(3, Extent.Square(3)),
            new TransposedConvolution(2, Extent.Square(3)) { Padding = Padding.Of(1, 1, 1, 1), Extra = Extent.One }),
        ["pooling"] = new(
            new GridShape(9, 8, 3),
            new Pooling(PoolingKind.Max, Extent.Square(2)),
            new Pooling(PoolingKind.Average, Extent.Square(3)) { Stride = Extent.Square(2), Padding = Padding.Same },
            new UpSampling(new Extent(2, 3)),
            new Pooling(PoolingKind.Max, Extent.Square(3)) { Padding = Padding.Same, Stride = Extent.One }),
        ["global"] = new(
            new GridShape(5, 4, 3),
            new Branches(Joining.Sum, [new Pooling(PoolingKind.Max)], [new Pooling(PoolingKind.Average)])),
        ["squeeze"] = new(
            new GridShape(5, 4, 3),
            new Branches(Joining.Product, [], [new Pooling(PoolingKind.Average), new Dense(3), new Sigmoid()])),
        ["residual"] = new(
            GridShape.Series(7, 3),
            Branches.Residual(new Convolution(3, Extent.Series(3)), new Silu()),
            new Flatten(),
            new Dense(4)),
        ["recurrent"] = new(
            GridShape.Series(7, 3),
            Branches.Bidirectional(new Lstm(4) { GivesSequence = true }),
            new LayerNormalisation(),
            Branches.Bidirectional(new Gru(5)),
            new Softmax()),
        ["recurrent with initial states"] = new(
            GridShape.Series(7, 3),
            Branches.Bidirectional(new Lstm(4) { GivesSequence = true, LearnsInitialState = true }),
            new Gru(5) { GivesSequence = true, LearnsInitialState = true },
            Branches.Bidirectional(new Gru(6) { ResetsFirst = true, LearnsInitialState = true })),
        ["attention"] = new(
            GridShape.Series(7, 3),
            new Gru(4) { GivesSequence = true },
            new AttentionPooling(3) { HasDeviation = true }),
        ["self-attention"] = new(
            new GridShape(3, 4, 6),
            Branches.Residual(new GroupNormalisation(3), new SelfAttention(2)),
            new GroupNormalisation(6),
            new StatisticsPooling()),
        ["shapes"] = new(
            GridShape.Series(6, 4), new AsImage(), new Convolution(2, Extent.Square(3)), new AsSeries(), new Lstm(3)),
        ["crop of a series"] = new(GridShape.Series(9, 2), new Crop(4), new Gru(3)),
        ["crop of a grid"] = new(new GridShape(9, 3, 2), new Crop(6), new Convolution(2, Extent.Square(3))),
        ["activations"] = new(
            GridShape.Vector(30),
            new Elu(), new Softplus(), new Gelu(IsApproximate: false), new HardSigmoid(), new Softmax(IsLogarithm: true)),
        ["sampling"] = new(GridShape.Vector(6), new Dense(4), new GaussianSampling()),
    };

    [Theory]
    [MemberData(nameof(Names))]
    public void A_network_answers_in_onnx_as_here(string name)
    {
        const int Count = 5;
        Network network = Networks[name];
        SeededRandom random = new(4);
        float[] parameters = network.InitialParameters<float>(3);
        foreach (PlacedParameter placed in network.Plan.Steps.SelectMany(step => step.Parameters))
        {
            // Moving variances stay above zero.
            foreach (ref float value in parameters.AsSpan(placed.Start, placed.Spec.Length))
            {
                value += 0.3f * (float)random.NextDouble();
            }
        }

        NetworkRun<float> run = new(network, parameters, Count, learns: false, 1);
        float[] inputs = [.. Enumerable.Range(0, Count * network.Input.Size).Select(_ => (float)random.NextGaussian())];
        for (int n = 0; n < Count; n++)
        {
            inputs.AsSpan(n * network.Input.Size, network.Input.Size).CopyTo(run.Input(n));
        }

        run.Forward(new BatchRun(Count, false, new long[Count]));
        OnnxGraph graph = new("network");
        OnnxValue input = graph.Input("x", OnnxElement.Float, [OnnxDimension.Batch, network.Input.Size]);
        OnnxValue output = NetworkExport.AddTo(network, parameters, graph, input);
        graph.Output("y", output, OnnxElement.Float, [OnnxDimension.Batch, network.Output.Size]);
        OnnxModel model = OnnxModel.Parse(graph.ToBytes("1", "a network", []), "network");
        Tensor<float> answer = (Tensor<float>)model.Run(new Dictionary<string, Tensor>
        {
            ["x"] = new Tensor<float>(inputs, Count, network.Input.Size),
        })["y"];

        Assert.Equal([Count, network.Output.Size], answer.Shape);
        Assert.All(
            run.Outputs(Count).ToArray().Zip(answer.Values.ToArray()),
            pair => Assert.Equal(pair.First, pair.Second, 1e-5 * Math.Max(1, Math.Abs(pair.First))));
    }
}
