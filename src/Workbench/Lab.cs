using SerLab.Datasets.Catalogue;
using SerLab.Datasets.Corpora;
using SerLab.Datasets.Synthetic;
using SerLab.Models;

namespace SerLab;

/// <summary>The front door of the library: open a corpus, compare models on it, take one along, ask it about a sound.</summary>
/// <example>
/// <code>
/// using SerLab;
///
/// var ravdess = Lab.Open("ravdess");
/// var study = ravdess.Compare(["svc", "forest"], protocols: ["grouped"]);
/// Console.WriteLine(study);
/// var model = study.Export("svc", "emotion");
/// Console.WriteLine(model.Predict("angry.wav"));
/// </code>
/// </example>
public static class Lab
{
    /// <summary>Opens a corpus.</summary>
    /// <param name="name">
    /// A name of the catalogue (<c>data list</c>), or the path of a corpus of one's own; none: Emo-Soundscapes where it lies in
    /// the data folder, else generated soundscapes.
    /// </param>
    /// <param name="data">The folder that holds corpora, or the corpus itself; default <c>data</c>.</param>
    /// <exception cref="Core.InvalidInputException">There is no such corpus, or its data is not there or damaged.</exception>
    public static Corpus Open(string? name = null, string data = "data") =>
        name is null && !CorpusLibrary.HasDefault(data) ? SyntheticSoundscapes.Create() : CorpusLibrary.Load(name, data);

    /// <summary>Opens a model file that SerLab wrote.</summary>
    /// <param name="path">The ONNX file.</param>
    /// <exception cref="Core.InvalidInputException">The file is missing, damaged or not one of SerLab's.</exception>
    public static EmotionModel Load(string path) => EmotionModel.Load(path);
}
