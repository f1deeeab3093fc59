using SerLab.Cli;
using SerLab.Cli.Rendering;

return await SerLabCommandLine.RunAsync(args, Terminal.ForProcess());
