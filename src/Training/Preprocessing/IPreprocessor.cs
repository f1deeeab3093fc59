using SerLab.Core;
using SerLab.Onnx;

namespace SerLab.Training.Preprocessing;

/// <summary>A change of the features that is learnt from training rows, e.g. a scaler. Immutable and thread-safe.</summary>
public interface IPreprocessor
{
    /// <summary>Short name for tables and files, e.g. <c>standard</c>.</summary>
    string Name { get; }

    /// <summary>Learns the change from training rows only.</summary>
    ITransform Fit(FeatureMatrix rows);
}

/// <summary>A fitted change of the features. Immutable and thread-safe. It writes itself as ONNX operators.</summary>
public interface ITransform : IOnnxExportable
{
    /// <summary>Number of features a row must have.</summary>
    int InputCount { get; }

    /// <summary>Number of features of a changed row.</summary>
    int OutputCount { get; }

    /// <summary>Changes rows, each by itself.</summary>
    FeatureMatrix Apply(FeatureMatrix rows);
}
