using SerLab.Features.Dsp;
using SerLab.Onnx;

namespace SerLab.Features.Waveform;

/// <summary>Filter banks as matrices of a graph.</summary>
internal static class FilterBankOperators
{
    /// <summary>Applies a bank to spectra: [batch, frames, bins] → [batch, frames, bands], float32.</summary>
    public static OnnxValue Apply(OnnxGraph graph, FilterBank bank, OnnxValue spectra) =>
        graph.MatrixProduct(spectra, Matrix(graph, bank));

    // Nearly all weights of a bank of triangles are zero: the file keeps the others, which a runtime puts in place as it loads.
    private static OnnxValue Matrix(OnnxGraph graph, FilterBank bank)
    {
        (int bins, int bands) = (bank.InputCount, bank.BandCount);
        float[] dense = new float[bins * bands];
        for (int band = 0; band < bands; band++)
        {
            float[] row = bank.Row(band);
            for (int bin = 0; bin < bins; bin++)
            {
                dense[(bin * bands) + band] = row[bin];
            }
        }

        int[] filled = [.. Enumerable.Range(0, dense.Length).Where(i => dense[i] != 0)];
        int scatteredSize = filled.Length * (sizeof(float) + sizeof(long));
        if (scatteredSize >= dense.Length * sizeof(float))
        {
            return graph.Constant(dense, bins, bands);
        }

        OnnxValue scattered = graph.Apply(
            "ScatterElements",
            [
                graph.Apply("ConstantOfShape", [graph.Integers([dense.Length], 1)]),
                graph.Integers([.. filled.Select(i => (long)i)], filled.Length),
                graph.Constant([.. filled.Select(i => dense[i])], filled.Length),
            ]);
        return graph.Reshape(scattered, bins, bands);
    }
}
