using System.CommandLine;
using System.Diagnostics;
using SerLab.Cli.Cluster;
using SerLab.Cli.Hosting;
using SerLab.Core;
using SerLab.Evaluation.Sharing;

namespace SerLab.Cli.Commands;

/// <summary><c>cluster</c>: writes what Slurm and Kubernetes need to do a plan.</summary>
internal static class ClusterCommand
{
    public static Command Create(Terminal terminal) => new("cluster", CommonOptions.WithExamples(
        "Write what the scheduler of a cluster needs to work on a plan.",
        "cluster slurm plans/voice --nodes 8 --submit",
        "cluster kubernetes plans/voice --nodes 8 --image REGISTRY/serlab:1.0"))
    {
        CreateSlurm(terminal),
        CreateKubernetes(terminal),
    };

    private static Command CreateSlurm(Terminal terminal)
    {
        Argument<string> folder = PlanCommands.Folder();
        Option<int> nodes = Nodes();
        Option<int> processors = Processors();
        Option<string> program = new("--program")
        {
            Description = "The command that starts SerLab on the nodes.",
            HelpName = "COMMAND",
            DefaultValueFactory = _ => ProgramText.OfThisProcess(),
        };
        Option<bool> submit = new("--submit") { Description = "Pass the script to sbatch instead of printing it." };
        Command command = new("slurm", CommonOptions.WithExamples(
            "Print a script for sbatch. It is a job array with a task for each share of a plan. Options of sbatch itself, such "
            + "as a partition, are given to sbatch.",
            "cluster slurm plans/voice --nodes 8",
            "cluster slurm plans/voice --nodes 8 | sbatch --partition long --time 2:00:00",
            "cluster slurm plans/voice --nodes 8 --submit"))
        {
            folder, nodes, processors, program, submit,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            PlanFolder plan = PlanFolder.Open(Path.GetFullPath(parsed.GetValue(folder)!));
            string script = SlurmScript.Text(
                parsed.GetValue(program)!,
                plan.Path,
                RangeCheck.AtLeast(1, parsed.GetValue(nodes), "--nodes"),
                RangeCheck.AtLeast(1, parsed.GetValue(processors), "--cpus"));
            if (parsed.GetValue(submit))
            {
                return await SubmitAsync(script, terminal, cancellationToken).ConfigureAwait(false);
            }

            terminal.Output.Profile.Out.Writer.Write(script);
            return ExitCode.Success;
        });
        return command;
    }

    private static Command CreateKubernetes(Terminal terminal)
    {
        Argument<string> folder = PlanCommands.Folder();
        Option<int> nodes = Nodes();
        Option<int> processors = Processors();
        Option<string> image = new("--image")
        {
            Description = "The image with SerLab, see deploy/Dockerfile.",
            HelpName = "IMAGE",
            Required = true,
        };
        Option<string> claim = new("--claim")
        {
            Description = "Name of the claim to the volume that all nodes share, with the folder in which the plan was made.",
            HelpName = "NAME",
            DefaultValueFactory = _ => "serlab",
        };
        Command command = new("kubernetes", CommonOptions.WithExamples(
            "Print manifests for kubectl. They are a claim to a volume that all nodes share, an Indexed Job with a pod for each "
            + "share of a plan, and a job that waits for these and merges.",
            "cluster kubernetes plans/voice --nodes 8 --image REGISTRY/serlab:1.0 | kubectl apply -f -"))
        {
            folder, nodes, processors, image, claim,
        };
        command.SetAction(parsed =>
        {
            PlanFolder plan = PlanFolder.Open(Path.GetFullPath(parsed.GetValue(folder)!));
            string root = Path.GetFullPath(plan.Command.Folder, plan.Path);
            string inside = Path.GetRelativePath(root, plan.Path).Replace('\\', '/');
            if (inside.StartsWith("..", StringComparison.Ordinal) || Path.IsPathRooted(inside))
            {
                throw new InvalidInputException(
                    $"The plan in '{plan.Path}' lies outside of '{root}', where it was made; make it in a folder of the volume "
                    + "that all nodes share, from its uppermost folder.");
            }

            terminal.Output.Profile.Out.Writer.Write(new KubernetesManifest
            {
                Name = JobName.Of(plan.Path),
                Image = parsed.GetValue(image)!,
                Plan = inside,
                Nodes = RangeCheck.AtLeast(1, parsed.GetValue(nodes), "--nodes"),
                Processors = RangeCheck.AtLeast(1, parsed.GetValue(processors), "--cpus"),
                Claim = parsed.GetValue(claim)!,
            }.Text());
            return ExitCode.Success;
        });
        return command;
    }

    private static async Task<int> SubmitAsync(string script, Terminal terminal, CancellationToken cancellationToken)
    {
        Process? started = null;
        try
        {
            started = Process.Start(new ProcessStartInfo("sbatch")
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            });
        }
        catch (System.ComponentModel.Win32Exception)
        {
        }

        using Process sbatch = started ?? throw new InvalidInputException(
            "There is no program 'sbatch' here; submit on a machine of the cluster, or print the script and submit it there.");
        await sbatch.StandardInput.WriteAsync(script.AsMemory(), cancellationToken).ConfigureAwait(false);
        sbatch.StandardInput.Close();
        Task<string> output = sbatch.StandardOutput.ReadToEndAsync(cancellationToken);
        Task<string> problem = sbatch.StandardError.ReadToEndAsync(cancellationToken);
        await sbatch.WaitForExitAsync(cancellationToken).ConfigureAwait(false);
        terminal.Output.Profile.Out.Writer.Write(await output.ConfigureAwait(false));
        return sbatch.ExitCode == 0
            ? ExitCode.Success
            : throw new InvalidInputException($"sbatch refused the script: {(await problem.ConfigureAwait(false)).Trim()}");
    }

    private static Option<int> Nodes() => new("--nodes", "-n")
    {
        Description = "Number of shares, which run at the same time where there is room.",
        HelpName = "N",
        Required = true,
    };

    private static Option<int> Processors() => new("--cpus")
    {
        Description = "Processors for each share.",
        HelpName = "N",
        DefaultValueFactory = _ => 4,
    };
}
