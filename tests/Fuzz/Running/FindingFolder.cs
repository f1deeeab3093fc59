using System.Globalization;
using SerLab.Fuzz.Targets;

namespace SerLab.Fuzz.Running;

/// <summary>
/// Keeps of every kind of fault the first file that shows it, as it was and made smaller, and a note with the command that
/// repeats it.
/// </summary>
internal static class FindingFolder
{
    /// <summary>Writes a finding.</summary>
    /// <returns>One line about it.</returns>
    public static string Write(FuzzPlan plan, FuzzTarget target, long number, FuzzCase made, FuzzFault fault, byte[] smaller)
    {
        Directory.CreateDirectory(plan.Folder);
        string name = string.Create(CultureInfo.InvariantCulture, $"{target.Name}-{plan.Seed}-{number}");
        string stem = Path.Combine(plan.Folder, name);
        string command = string.Create(
            CultureInfo.InvariantCulture,
            $"dotnet run -c Release --project tests/Fuzz -- {target.Name} --seed {plan.Seed} --case {number}");
        File.WriteAllBytes(stem + Path.GetExtension(made.Seed.File), made.Bytes);
        File.WriteAllBytes(stem + ".min" + Path.GetExtension(made.Seed.File), smaller);
        File.WriteAllText(stem + ".txt", $"{fault.Signature}\nin place of {made.Seed.File}\n{command}\n\n{fault.Details}\n");
        string sizes = string.Create(CultureInfo.InvariantCulture, $"{made.Bytes.Length} bytes, {smaller.Length} made smaller");
        return $"{name}: {fault.Signature} ({sizes}): {command}";
    }
}
