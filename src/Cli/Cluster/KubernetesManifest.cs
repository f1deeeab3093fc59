using System.Globalization;

namespace SerLab.Cli.Cluster;

/// <summary>
/// What Kubernetes needs to do a plan: a volume that all nodes share, an Indexed Job with one pod for each share, and a job that
/// waits for them and merges.
/// </summary>
internal sealed record KubernetesManifest
{
    /// <summary>The folder of the shared volume in a container: the one in which the plan was made.</summary>
    public const string Mount = "/work";

    /// <summary>Name of the jobs.</summary>
    public required string Name { get; init; }

    /// <summary>The image.</summary>
    public required string Image { get; init; }

    /// <summary>The plan, as seen from the shared volume.</summary>
    public required string Plan { get; init; }

    /// <summary>Number of shares, at least 1.</summary>
    public required int Nodes { get; init; }

    /// <summary>Processors of each, at least 1.</summary>
    public required int Processors { get; init; }

    /// <summary>Name of the claim to the shared volume.</summary>
    public required string Claim { get; init; }

    /// <summary>The manifests as YAML.</summary>
    public string Text() => string.Create(CultureInfo.InvariantCulture, $"""
        apiVersion: v1
        kind: PersistentVolumeClaim
        metadata:
          name: {Claim}
        spec:
          accessModes: [ReadWriteMany]
          resources:
            requests:
              storage: 100Gi
        ---
        apiVersion: batch/v1
        kind: Job
        metadata:
          name: {Name}
        spec:
          completionMode: Indexed
          completions: {Nodes}
          parallelism: {Nodes}
          backoffLimit: {6 * Nodes}
        {Template($"[work, {Path}, --of, \"{Nodes}\", --threads, \"{Processors}\", --quiet]")}
        ---
        apiVersion: batch/v1
        kind: Job
        metadata:
          name: {Name}-merge
        spec:
          backoffLimit: 6
        {Template($"[merge, {Path}, --wait]")}

        """).ReplaceLineEndings("\n");

    private string Path => $"\"{Mount}/{Plan.Replace("\"", "\\\"", StringComparison.Ordinal)}\"";

    private string Template(string args) => string.Create(CultureInfo.InvariantCulture, $"""
          template:
            spec:
              restartPolicy: OnFailure
              containers:
                - name: serlab
                  image: "{Image}"
                  args: {args}
                  workingDir: {Mount}
                  resources:
                    requests:
                      cpu: "{Processors}"
                  volumeMounts:
                    - name: shared
                      mountPath: {Mount}
              volumes:
                - name: shared
                  persistentVolumeClaim:
                    claimName: {Claim}
        """);
}
