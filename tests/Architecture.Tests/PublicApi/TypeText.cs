using System.Reflection;
using System.Runtime.CompilerServices;

namespace SerLab.Architecture.Tests.PublicApi;

/// <summary>Types as C# spells them.</summary>
internal static class TypeText
{
    private static readonly Dictionary<Type, string> Keywords = new()
    {
        [typeof(void)] = "void",
        [typeof(bool)] = "bool",
        [typeof(byte)] = "byte",
        [typeof(sbyte)] = "sbyte",
        [typeof(short)] = "short",
        [typeof(ushort)] = "ushort",
        [typeof(int)] = "int",
        [typeof(uint)] = "uint",
        [typeof(long)] = "long",
        [typeof(ulong)] = "ulong",
        [typeof(float)] = "float",
        [typeof(double)] = "double",
        [typeof(decimal)] = "decimal",
        [typeof(char)] = "char",
        [typeof(string)] = "string",
        [typeof(object)] = "object",
    };

    /// <summary>A type with its nullability and the names of its tuples' elements, as they stand where it is declared.</summary>
    public static string Of(Type type, NullabilityInfo? nullability, ICustomAttributeProvider declared) => Spell(
        type,
        nullability,
        new(declared.GetCustomAttributes(false).OfType<TupleElementNamesAttribute>().SelectMany(names => names.TransformNames)));

    /// <summary>A type by itself.</summary>
    public static string Of(Type type) => Spell(type, null, []);

    private static string Spell(Type type, NullabilityInfo? nullability, Queue<string?> tupleNames)
    {
        if (type.IsByRef)
        {
            return Spell(type.GetElementType()!, nullability, tupleNames);
        }

        if (Nullable.GetUnderlyingType(type) is { } value)
        {
            NullabilityInfo? inner = value.IsGenericType ? nullability?.GenericTypeArguments.FirstOrDefault() : null;
            return Spell(value, inner ?? nullability, tupleNames) + "?";
        }

        // Whether an open T may be null is up to who closes it.
        bool mayBeNull = nullability?.ReadState == NullabilityState.Nullable && !type.IsValueType && !type.IsGenericParameter;
        string name = type.IsArray ? SpellArray(type, nullability, tupleNames) : SpellName(type, nullability, tupleNames);
        return name + (mayBeNull ? "?" : "");
    }

    private static string SpellArray(Type type, NullabilityInfo? nullability, Queue<string?> tupleNames) =>
        $"{Spell(type.GetElementType()!, nullability?.ElementType, tupleNames)}[{new string(',', type.GetArrayRank() - 1)}]";

    private static string SpellName(Type type, NullabilityInfo? nullability, Queue<string?> tupleNames)
    {
        if (type.FullName?.StartsWith("System.ValueTuple`", StringComparison.Ordinal) == true)
        {
            string?[] names = [.. type.GetGenericArguments().Select(_ => tupleNames.TryDequeue(out string? name) ? name : null)];
            IEnumerable<string> elements = Arguments(type, nullability, tupleNames)
                .Zip(names, (element, name) => name is null ? element : $"{element} {name}");
            return $"({string.Join(", ", elements)})";
        }

        string owner = type.IsNested && !type.IsGenericParameter ? $"{type.DeclaringType!.Name.Split('`')[0]}." : "";
        string plain = Keywords.GetValueOrDefault(type) ?? owner + type.Name.Split('`')[0];
        return type.IsGenericType ? $"{plain}<{string.Join(", ", Arguments(type, nullability, tupleNames))}>" : plain;
    }

    private static string[] Arguments(Type type, NullabilityInfo? nullability, Queue<string?> tupleNames) =>
    [
        .. type.GetGenericArguments().Select(
            (argument, i) => Spell(argument, nullability?.GenericTypeArguments.ElementAtOrDefault(i), tupleNames)),
    ];
}
