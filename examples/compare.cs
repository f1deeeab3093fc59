#:project ../src/Workbench/SerLab.Workbench.csproj
#:property PublishAot=false

// Compares models of arousal and valence in one file; see notebooks/01-thesis.ipynb for the same with charts.
// From the root of the repository: dotnet run -c Release --file examples/compare.cs
using SerLab;

var corpus = Lab.Open();
var study = corpus.Compare(["svr", "mlp", "ridge", "mean"], protocols: ["thesis", "random", "grouped"]);
Console.WriteLine(study.Leaks());
Console.WriteLine(study);
