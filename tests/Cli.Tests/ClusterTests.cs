using SerLab.Cli.Cluster;
using SerLab.Cli.Hosting;
using Xunit;
using YamlDotNet.Serialization;

namespace SerLab.Cli.Tests;

public sealed class ClusterTests : IDisposable
{
    /// <summary>
    /// The fields of what the manifests use, by the kind of object, as the API reference of Kubernetes 1.34 lists them
    /// (kubernetes.io/docs/reference/kubernetes-api: Job v1 batch, PodSpec and Container v1 core, PersistentVolumeClaim v1 core).
    /// A field leads to the kind of what it holds; an empty kind is a plain value, a list of such or a map of names.
    /// </summary>
    private static readonly Dictionary<string, Dictionary<string, string>> Schema = new()
    {
        ["Job"] = Fields("apiVersion kind metadata:ObjectMeta spec:JobSpec status"),
        ["JobSpec"] = Fields(
            "activeDeadlineSeconds backoffLimit backoffLimitPerIndex completionMode completions managedBy manualSelector "
            + "maxFailedIndexes parallelism podFailurePolicy podReplacementPolicy selector successPolicy suspend "
            + "template:PodTemplateSpec ttlSecondsAfterFinished"),
        ["PodTemplateSpec"] = Fields("metadata:ObjectMeta spec:PodSpec"),
        ["PodSpec"] = Fields(
            "activeDeadlineSeconds affinity automountServiceAccountToken containers:Container dnsConfig dnsPolicy "
            + "enableServiceLinks ephemeralContainers hostAliases hostIPC hostNetwork hostPID hostUsers hostname "
            + "hostnameOverride imagePullSecrets initContainers:Container nodeName nodeSelector os overhead preemptionPolicy "
            + "priority priorityClassName readinessGates resourceClaims resources restartPolicy runtimeClassName schedulerName "
            + "schedulingGates securityContext serviceAccount serviceAccountName setHostnameAsFQDN shareProcessNamespace "
            + "subdomain terminationGracePeriodSeconds tolerations topologySpreadConstraints volumes:Volume"),
        ["Container"] = Fields(
            "args command env envFrom image imagePullPolicy lifecycle livenessProbe name ports readinessProbe resizePolicy "
            + "resources:ResourceRequirements restartPolicy restartPolicyRules securityContext startupProbe stdin stdinOnce "
            + "terminationMessagePath terminationMessagePolicy tty volumeDevices volumeMounts:VolumeMount workingDir"),
        ["ResourceRequirements"] = Fields("claims limits requests"),
        ["VolumeMount"] = Fields("mountPath mountPropagation name readOnly recursiveReadOnly subPath subPathExpr"),
        ["Volume"] = Fields("name persistentVolumeClaim:ClaimSource configMap emptyDir hostPath nfs secret"),
        ["ClaimSource"] = Fields("claimName readOnly"),
        ["PersistentVolumeClaim"] = Fields("apiVersion kind metadata:ObjectMeta spec:PersistentVolumeClaimSpec status"),
        ["PersistentVolumeClaimSpec"] = Fields(
            "accessModes dataSource dataSourceRef resources:ResourceRequirements selector storageClassName "
            + "volumeAttributesClassName volumeMode volumeName"),
        ["ObjectMeta"] = Fields("annotations generateName labels name namespace"),
    };

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_script_for_Slurm_is_an_array_of_shares()
    {
        Assert.Equal(
            """
            #!/bin/bash
            #SBATCH --job-name=serlab-it-s-mine
            #SBATCH --array=0-7
            #SBATCH --ntasks=1
            #SBATCH --cpus-per-task=2
            #SBATCH --requeue
            #SBATCH --open-mode=append
            #SBATCH --output=/plans/It's\ mine/slurm-%a.log
            exec serlab work '/plans/It'\''s mine' --threads "$SLURM_CPUS_PER_TASK"

            """.ReplaceLineEndings("\n"),
            SlurmScript.Text("serlab", "/plans/It's mine", 8, 2).Replace("mine\\slurm", "mine/slurm", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Manifests_have_only_fields_that_Kubernetes_knows()
    {
        await CommandLine.RunAsync(
            "train", "--dataset", TinyCorpus.Write(folder), "--models", "mean", "--kfold", "3",
            "--plan", Path.Combine("cluster-test", Path.GetRandomFileName(), "Voice_1"));
        string plan = Directory.GetDirectories("cluster-test").Select(path => Path.Combine(path, "Voice_1")).Last();
        CommandResult result =
            await CommandLine.RunAsync("cluster", "kubernetes", plan, "--nodes", "8", "--image", "registry/serlab:1.0");
        Directory.Delete("cluster-test", recursive: true);

        Assert.Equal(ExitCode.Success, result.ExitCode);
        Dictionary<object, object>[] documents =
        [
            .. result.Output.Split("---\n").Select(
                text => new DeserializerBuilder().Build().Deserialize<Dictionary<object, object>>(text)),
        ];
        Assert.Equal(["PersistentVolumeClaim", "Job", "Job"], documents.Select(document => $"{document["kind"]}"));
        Assert.Equal(["v1", "batch/v1", "batch/v1"], documents.Select(document => $"{document["apiVersion"]}"));
        foreach (Dictionary<object, object> document in documents)
        {
            Check(document, $"{document["kind"]}");
        }

        Dictionary<object, object> job = Below(documents[1], "spec");
        Assert.Equal(("Indexed", "8", "8"), ($"{job["completionMode"]}", $"{job["completions"]}", $"{job["parallelism"]}"));
        Dictionary<object, object> pod = Below(Below(job, "template"), "spec");
        Assert.Equal("OnFailure", pod["restartPolicy"]);
        Dictionary<object, object> container = (Dictionary<object, object>)((List<object>)pod["containers"])[0];
        Assert.Equal(
            ["work", "/work/" + plan.Replace('\\', '/'), "--of", "8", "--threads", "4", "--quiet"],
            (List<object>)container["args"]);
        Assert.Equal("serlab-voice-1", Below(documents[1], "metadata")["name"]);
    }

    [Theory]
    [InlineData("cluster slurm nowhere --nodes 8", ExitCode.Failed, "There is no plan")]
    [InlineData("cluster slurm nowhere", ExitCode.Usage, "--nodes")]
    [InlineData("cluster kubernetes nowhere --nodes 8", ExitCode.Usage, "--image")]
    public async Task What_is_missing_is_said(string command, int code, string expected)
    {
        CommandResult result = await CommandLine.RunAsync(command.Split(' '));

        Assert.Equal(code, result.ExitCode);
        Assert.Contains(expected, result.Error, StringComparison.Ordinal);
    }

    private static Dictionary<string, string> Fields(string names) => names.Split(' ').Select(name => name.Split(':'))
        .ToDictionary(parts => parts[0], parts => parts.Length > 1 ? parts[1] : "");

    private static Dictionary<object, object> Below(Dictionary<object, object> of, string name) =>
        (Dictionary<object, object>)of[name];

    private static void Check(object value, string kind)
    {
        if (kind.Length == 0)
        {
            return;
        }

        foreach (Dictionary<object, object> item in value is List<object> list
            ? list.Cast<Dictionary<object, object>>()
            : [(Dictionary<object, object>)value])
        {
            foreach ((object name, object below) in item)
            {
                Assert.True(Schema[kind].TryGetValue($"{name}", out string? next), $"{kind} has no field '{name}'.");
                Check(below, next!);
            }
        }
    }
}
