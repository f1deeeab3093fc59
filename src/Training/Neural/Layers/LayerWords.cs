using SerLab.Core;

namespace SerLab.Training.Neural.Layers;

/// <summary>The layers that users can write, each by its first word, with what makes it of the others.</summary>
internal static class LayerWords
{
    private static readonly Catalogue<CatalogueEntry<Func<LayerArguments, Layer>>> Known = new(
        "layer",
        Entry("conv", "conv 16 3x3 [stride 2x2] [dilation 2x2] [groups 4x1] [valid] [nobias]", Convolution),
        Entry("deconv", "deconv 16 3x3 [stride 2x2]", words => new TransposedConvolution(
            words.Number("channels"), words.Extent("kernel"))
        { Stride = words.After("stride", Extent.Square(2)) }),
        Entry("dense", "dense 64 [nobias]", words =>
            new Dense(words.Number("units")) { HasBias = !words.Has("nobias") }),
        Entry("maxpool", "maxpool [2x2] [stride 2x2] [same]; without a size over all", words => Pool(words, PoolingKind.Max)),
        Entry("avgpool", "avgpool [2x2] [stride 2x2] [same]; without a size over all", words => Pool(words, PoolingKind.Average)),
        Entry("up", "up 2x2", words => new UpSampling(words.Extent("factor"))),
        Entry("batchnorm", "batchnorm", _ => new BatchNormalisation()),
        Entry("layernorm", "layernorm", _ => new LayerNormalisation()),
        Entry("groupnorm", "groupnorm 8: so many groups of channels", words => new GroupNormalisation(words.Number("groups"))),
        Entry("dropout", "dropout 0.3 [spatial]", words =>
            new DropoutLayer(words.Share("rate")) { IsSpatial = words.Has("spatial") }),
        Entry("lstm", "lstm 64 [sequence] [both] [initial]", words => Recurrent(words, new Lstm(words.Number("units")))),
        Entry("gru", "gru 64 [sequence] [both] [initial] [resetfirst]", words =>
            Recurrent(words, new Gru(words.Number("units")) { ResetsFirst = words.Has("resetfirst") })),
        Entry("attention", "attention 32 [deviation]", words =>
            new AttentionPooling(words.Number("units")) { HasDeviation = words.Has("deviation") }),
        Entry("selfattention", "selfattention 4: so many heads", words => new SelfAttention(words.Number("heads"))),
        Entry("statistics", "statistics: mean and deviation over all positions", _ => new StatisticsPooling()),
        Entry("crop", "crop 100: so many steps, from anywhere in training", words => new Crop(words.Number("steps"))),
        Entry("flatten", "flatten", _ => new Flatten()),
        Entry("image", "image: a series as a grid of one channel", _ => new AsImage()),
        Entry("series", "series: a grid as a series of its rows", _ => new AsSeries()),
        Entry("shape", "shape 16x8x1: rows x columns x channels", words => new AsShape(words.Grid("shape"))),
        Entry("gaussian", "gaussian [0.001]: a latent layer; the weight of its divergence, default 1", words =>
            new GaussianSampling(words.Share("weight", 1))),
        Entry("relu", "relu", _ => new Relu()),
        Entry("leakyrelu", "leakyrelu [0.3]", words => new LeakyRelu(words.Share("slope", 0.3))),
        Entry("elu", "elu", _ => new Elu()),
        Entry("gelu", "gelu", _ => new Gelu()),
        Entry("silu", "silu", _ => new Silu()),
        Entry("tanh", "tanh", _ => new Tanh()),
        Entry("sigmoid", "sigmoid", _ => new Sigmoid()));

    /// <summary>Reads one layer; <c>residual(…)</c> holds a list of them.</summary>
    /// <exception cref="InvalidInputException">There is no such layer, or its words are wrong.</exception>
    public static Layer Read(string text)
    {
        string trimmed = text.Trim();
        if (trimmed.StartsWith("residual(", StringComparison.Ordinal) && trimmed.EndsWith(')'))
        {
            return Branches.Residual([.. CommaList.Split(trimmed["residual(".Length..^1]).Select(Read)]);
        }

        LayerArguments words = new(trimmed);
        Layer layer = Known.Get(words.Name).Create()(words);
        words.End();
        return layer;
    }

    private static CatalogueEntry<Func<LayerArguments, Layer>> Entry(
        string word, string form, Func<LayerArguments, Layer> read) => new(word, form, () => read);

    private static Convolution Convolution(LayerArguments words) =>
        new(words.Number("channels"), words.Extent("kernel"))
        {
            Stride = words.After("stride", Extent.One),
            Dilation = words.After("dilation", Extent.One),
            Groups = words.After("groups", Extent.One).Columns,
            Padding = words.Has("valid") ? Padding.Valid : Padding.Same,
            HasBias = !words.Has("nobias"),
        };

    private static Pooling Pool(LayerArguments words, PoolingKind kind) => new(kind, words.OptionalExtent())
    {
        Stride = words.After("stride", default) is { Rows: > 0 } stride ? stride : null,
        Padding = words.Has("same") ? Padding.Same : Padding.Valid,
    };

    private static Layer Recurrent(LayerArguments words, Recurrent layer)
    {
        layer = layer with { GivesSequence = words.Has("sequence"), LearnsInitialState = words.Has("initial") };
        return words.Has("both") ? Branches.Bidirectional(layer) : layer;
    }
}
