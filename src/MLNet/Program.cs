using SerLab.Cli;
using SerLab.Cli.Commands;
using SerLab.Evaluation.Running;
using SerLab.MLNet.Learners;

return await SerLabCommandLine.RunAsync(
    args, Catalogues.BuiltIn with { Learners = MLNetLearners.Catalogue }, MLNetProgram.Invocation);
