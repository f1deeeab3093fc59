using SerLab.Fuzz;

return FuzzCommand.Run(args);
