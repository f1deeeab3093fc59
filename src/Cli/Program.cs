using SerLab.Cli;
using SerLab.Cli.Hosting;

return await SerLabCommandLine.RunAsync(args, Terminal.ForProcess());
