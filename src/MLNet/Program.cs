using SerLab.Cli;
using SerLab.Cli.Rendering;
using SerLab.MLNet.Learners;

Workbench workbench = new() { Catalogue = MLNetLearners.Catalogue, Invocation = "dotnet run -c Release --project src/MLNet --" };
return await SerLabCommandLine.RunAsync(args, Terminal.ForProcess(), workbench);
