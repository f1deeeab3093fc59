using SerLab.Architecture.Tests.Compiled;

namespace SerLab.Architecture.Tests;

/// <summary>Circles among the namespaces of an assembly, which are its folders; the root is a folder like the others.</summary>
internal static class FolderCycles
{
    /// <summary>The shortest circle of every knot of folders: a line for every step, with a pair of types.</summary>
    public static IReadOnlyList<string> Find(CompiledAssembly assembly)
    {
        Dictionary<(string From, string To), (TypeName From, TypeName To)> steps = Steps(assembly);
        ILookup<string, string> next = steps.Keys.ToLookup(step => step.From, step => step.To);
        List<string> found = [];
        HashSet<string> told = [];
        foreach (string[] circle in next
            .Select(from => ShortestCircle(from.Key, next)).OfType<string[]>()
            .OrderBy(circle => circle.Length).ThenBy(circle => circle[0], StringComparer.Ordinal))
        {
            // A knot is told once, by its shortest circle.
            if (!circle.Any(told.Contains))
            {
                IEnumerable<(string From, string To)> way = circle.Zip([.. circle.Skip(1), circle[0]]);
                found.Add(string.Join('\n', way.Select(step => Text(step, steps[step]))));
                told.UnionWith(Reachable(circle[0], next).Where(folder => Reachable(folder, next).Contains(circle[0])));
            }
        }

        return found;
    }

    private static Dictionary<(string From, string To), (TypeName From, TypeName To)> Steps(CompiledAssembly assembly)
    {
        var pairs =
            from type in assembly.Types
            from used in type.Uses
            where used.Assembly == assembly.Name && !used.Name.StartsWith('<') && used.Namespace != type.Name.Namespace
            orderby type.Name.Name, used.Name
            select (type.Name, used);
        return pairs
            .GroupBy(pair => (pair.Name.Namespace, pair.used.Namespace))
            .ToDictionary(group => group.Key, group => group.First());
    }

    private static string[]? ShortestCircle(string start, ILookup<string, string> next)
    {
        Dictionary<string, string> before = [];
        Queue<string> waiting = new([start]);
        while (waiting.TryDequeue(out string? folder))
        {
            foreach (string to in next[folder])
            {
                if (to == start)
                {
                    return [.. Way(folder, before).Reverse()];
                }

                if (before.TryAdd(to, folder))
                {
                    waiting.Enqueue(to);
                }
            }
        }

        return null;
    }

    private static IEnumerable<string> Way(string last, Dictionary<string, string> before)
    {
        for (string? folder = last; folder is not null; folder = before.GetValueOrDefault(folder))
        {
            yield return folder;
        }
    }

    private static HashSet<string> Reachable(string start, ILookup<string, string> next)
    {
        HashSet<string> reached = [start];
        Queue<string> waiting = new([start]);
        while (waiting.TryDequeue(out string? folder))
        {
            foreach (string to in next[folder].Where(reached.Add))
            {
                waiting.Enqueue(to);
            }
        }

        return reached;
    }

    private static string Text((string From, string To) step, (TypeName From, TypeName To) types) =>
        $"{step.From} -> {step.To}  ({types.From.Name} names {types.To.Name})";
}
