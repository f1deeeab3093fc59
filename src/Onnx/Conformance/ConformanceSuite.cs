using SerLab.Core;

namespace SerLab.Onnx.Conformance;

/// <summary>
/// Tests of models in the layout of the ONNX project's own: <c>NAME/model.onnx</c> and, in <c>NAME/test_data_set_N</c>,
/// <c>input_K.pb</c> with the <c>output_K.pb</c> that they must give.
/// </summary>
public static class ConformanceSuite
{
    /// <summary>Runs all tests of a folder, in the order of their names, each when it is asked for.</summary>
    /// <param name="folder">A folder of tests, or the folder of one.</param>
    /// <exception cref="InvalidInputException">The folder is not there, or holds no tests.</exception>
    public static IEnumerable<ConformanceResult> Run(string folder)
    {
        if (!Directory.Exists(folder))
        {
            throw new InvalidInputException($"There is no folder '{folder}'.");
        }

        string[] tests = ConformanceCase.IsIn(folder)
            ? [folder]
            : [.. Directory.EnumerateDirectories(folder).Where(ConformanceCase.IsIn).Order(StringComparer.Ordinal)];
        return tests.Length > 0
            ? tests.Select(test => new ConformanceCase(test).Run())
            : throw new InvalidInputException(
                $"'{folder}' holds no tests: expected folders with {ConformanceCase.ModelFile} and test_data_set_0 in them.");
    }
}
