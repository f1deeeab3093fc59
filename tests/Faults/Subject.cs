namespace SerLab.Faults;

/// <summary>A command with all that it needs, and what comes of it where nothing disturbs it.</summary>
internal sealed class Subject
{
    private readonly Scene template;
    private readonly string folder;
    private int scenes;

    /// <summary>Makes what the command reads, and runs it twice.</summary>
    /// <param name="command">The command.</param>
    /// <param name="folder">Where scenes are laid out.</param>
    public Subject(AttackedCommand command, string folder)
    {
        Command = command;
        this.folder = Path.Combine(folder, command.Name);
        template = Scene.Make(Path.Combine(this.folder, "template"));
        foreach ((string name, string text) in command.Given)
        {
            string path = Path.Combine(template.Work, name);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, text);
        }

        foreach (string line in command.Before)
        {
            Require(template.Run(line), line);
        }

        // What was heard to prepare is not yet known: the command hears anew.
        Directory.Delete(template.Cache, recursive: true);
        using Scene scene = NewScene();
        Before = scene.Files();
        Duration = Require(scene.Run(command.Line), command.Line).Duration;
        Undisturbed = scene.Files();
        Expected = Judged(scene);
    }

    /// <summary>The command.</summary>
    public AttackedCommand Command { get; }

    /// <summary>What is there before it runs.</summary>
    public SceneFiles Before { get; }

    /// <summary>What is there after it.</summary>
    public SceneFiles Undisturbed { get; }

    /// <summary>What is there after it and what it is judged by.</summary>
    public SceneFiles Expected { get; }

    /// <summary>How long it takes.</summary>
    public TimeSpan Duration { get; private set; }

    /// <summary>A scene in which the command can run.</summary>
    /// <param name="path">Where; none: in a folder of its own.</param>
    public Scene NewScene(string? path = null) => template.CopyTo(path ?? Path.Combine(folder, $"{++scenes}"));

    /// <summary>Whether all that the command does can be seen to be done.</summary>
    public bool IsDone(SceneFiles files) => Command.After is null && files.IsSameAs(Undisturbed);

    /// <summary>Runs what the command is judged by, and reads what is there.</summary>
    public SceneFiles Judged(Scene scene)
    {
        if (Command.After is { } after)
        {
            Require(scene.Run(after), after);
        }

        return scene.Files();
    }

    /// <summary>
    /// Runs the command again, as a user would after it was stopped, and tells what is then not as it should be.
    /// </summary>
    public IEnumerable<string> AfterRerun(Scene scene)
    {
        Ending again = scene.Run(Command.Line);
        if (!again.IsSuccess)
        {
            return [$"run again, it ends with exit code {again.ExitCode}: {again.Errors}"];
        }

        SceneFiles files = Judged(scene);
        IEnumerable<string> differences = files.DifferencesFrom(Expected);
        return files.Runs == Expected.Runs
            ? differences
            : differences.Append($"{files.Runs} run folders are there instead of {Expected.Runs}");
    }

    private static Ending Require(Ending ending, string line) => ending.IsSuccess
        ? ending
        : throw new InvalidOperationException($"'{line}' fails undisturbed: {ending.Errors}");
}
