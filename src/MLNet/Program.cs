using SerLab.Cli;
using SerLab.Evaluation.Running;
using SerLab.MLNet.Learners;

return await SerLabCommandLine.RunAsync(
    args, Catalogues.BuiltIn with { Learners = MLNetLearners.Catalogue }, "dotnet run -c Release --project src/MLNet --");
