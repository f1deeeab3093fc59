using SerLab.TestSupport;
using Xunit;

namespace SerLab.Onnx.Tests;

public class OperatorTableTests
{
    private const string Update = "SERLAB_UPDATE_API";

    [Fact]
    public void The_documentation_lists_the_operators_of_the_catalogue()
    {
        string path = Path.Combine(ReferenceData.RepositoryRoot, "docs", "onnx-operators.md");
        if (Environment.GetEnvironmentVariable(Update) == "1")
        {
            File.WriteAllText(path, OperatorTable.Write());
        }

        Assert.True(
            File.Exists(path) && File.ReadAllText(path) == OperatorTable.Write(),
            $"docs/onnx-operators.md is not what the catalogue says: run this test with {Update}=1 and look at the difference.");
    }
}
