using System.CommandLine;
using System.Globalization;
using SerLab.Faults;

(string Name, string About, Attack Attack)[] attacks =
[
    ("kills", "Kill commands at random moments and run them again.", KillAttack.Run),
    ("disk", "Run commands on disks that are too small, and again on one that is not.", FullDiskAttack.Run),
    ("pairs", "Run two of a command at once on the same output.", PairAttack.Run),
    ("surroundings", "Run commands in other languages, time zones and on other numbers of processors.", SurroundingsAttack.Run),
];
Option<string[]> names = new("--command")
{
    Description = $"Which commands, of {string.Join(", ", AttackedCommands.All.Select(command => command.Name))}. Default: all.",
    AllowMultipleArgumentsPerToken = true,
};
Option<int> rounds = new("--rounds") { Description = "How often each.", DefaultValueFactory = _ => 20 };
Option<int> seed = new("--seed") { Description = "Decides all that is random.", DefaultValueFactory = _ => 1 };
RootCommand root = new("Breaks into commands of SerLab's that write, and looks whether what they promise holds.");
foreach ((string name, string about, Attack? attack) in attacks.Append(("all", "All of these.", null!)))
{
    Command command = new(name, about) { names, rounds, seed };
    command.SetAction(given => Run(
        attack is null ? attacks.Select(each => (each.Name, each.Attack)) : [(name, attack)],
        given.GetValue(names) is { Length: > 0 } some ? some : [.. AttackedCommands.All.Select(each => each.Name)],
        given.GetValue(rounds),
        given.GetValue(seed)));
    root.Add(command);
}

return root.Parse(args).Invoke();

static int Run(IEnumerable<(string Name, Attack Attack)> attacks, string[] names, int rounds, int seed)
{
    string folder = Directory.CreateTempSubdirectory("serlab-faults-").FullName;
    int findings = 0;
    foreach (AttackedCommand command in names.Select(name => AttackedCommands.All.Single(each => each.Name == name)))
    {
        Subject subject = new(command, folder);
        foreach ((string name, Attack attack) in attacks)
        {
            AttackReport report = attack(subject, rounds, seed);
            Console.WriteLine($"{name} {command.Name}: {report.Done}, {report.Findings.Count} findings");
            foreach (string finding in report.Findings)
            {
                Console.WriteLine($"  {finding.TrimEnd()}");
            }

            findings += report.Findings.Count;
        }
    }

    Directory.Delete(folder, recursive: true);
    Console.WriteLine(findings == 0
        ? "All held."
        : string.Create(CultureInfo.InvariantCulture, $"{findings} findings, with seed {seed}."));
    return findings == 0 ? 0 : 1;
}
