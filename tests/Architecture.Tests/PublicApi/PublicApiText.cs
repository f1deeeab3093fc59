using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace SerLab.Architecture.Tests.PublicApi;

/// <summary>
/// What an assembly offers to others, a type or member a line. What overrides or is made by the compiler adds nothing to it.
/// </summary>
internal static class PublicApiText
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    /// <summary>The lines: namespaces and types in the order of their names, a type's members indented below it.</summary>
    public static IEnumerable<string> Of(Assembly assembly)
    {
        string? space = null;
        foreach (Type type in assembly.GetExportedTypes().OrderBy(type => type.FullName, StringComparer.Ordinal))
        {
            if (type.Namespace != space)
            {
                yield return $"{(space is null ? "" : "\n")}namespace {type.Namespace}";
                space = type.Namespace;
            }

            yield return $"  {Header(type)}";
            foreach ((_, string text) in Members(type)
                .OrderBy(member => member.Name, StringComparer.Ordinal)
                .ThenBy(member => member.Text, StringComparer.Ordinal))
            {
                yield return $"    {text}";
            }
        }
    }

    // Constructors come first; all else in the order of names.
    private static IEnumerable<(string Name, string Text)> Members(Type type)
    {
        if (type.IsEnum)
        {
            return type.GetFields(Declared).Where(field => field.IsLiteral)
                .Select(field => (field.Name, $"{field.Name} = {field.GetRawConstantValue()}"));
        }

        return IsDelegate(type)
            ? []
            : [
                .. type.GetConstructors(Declared).Where(IsOffered).Select(made => ("", Constructor(made))),
                .. type.GetFields(Declared).Where(field => field.IsPublic || field.IsFamily || field.IsFamilyOrAssembly)
                    .Select(field => (field.Name, Field(field))),
                .. type.GetProperties(Declared).Where(property => property.GetAccessors(true).Any(IsOffered))
                    .Select(property => (property.Name, Property(property))),
                .. type.GetEvents(Declared).Where(e => IsOffered(e.AddMethod!)).Select(e => (e.Name, Event(e))),
                .. type.GetMethods(Declared).Where(method => IsOffered(method) && !IsAccessor(method) && !IsMade(method))
                    .Select(method => (method.Name, Method(method))),
            ];
    }

    private static string Header(Type type)
    {
        if (IsDelegate(type))
        {
            MethodInfo call = type.GetMethod("Invoke")!;
            return $"delegate {Returned(call)} {TypeText.Of(type)}({Parameters(call)}){Constraints(type.GetGenericArguments())}";
        }

        bool isRecord = type.GetMethod("PrintMembers", Declared) is { } print && IsMade(print);
        string kind = (type.IsEnum, type.IsInterface, type.IsValueType, isRecord) switch
        {
            (true, _, _, _) => "enum",
            (_, true, _, _) => "interface",
            (_, _, true, false) => "struct",
            (_, _, true, true) => "record struct",
            (_, _, _, true) => "record",
            _ => "class",
        };
        string modifier = (type.IsAbstract, type.IsSealed, type.IsValueType || type.IsInterface) switch
        {
            (_, _, true) => IsReadOnly(type) ? "readonly " : "",
            (true, true, _) => "static ",
            (true, false, _) => "abstract ",
            (false, true, _) => "sealed ",
            _ => "",
        };
        string bases = string.Join(", ", Bases(type, isRecord).Select(TypeText.Of));
        string declared = $"{modifier}{kind} {TypeText.Of(type)}{(bases.Length == 0 ? "" : " : ")}{bases}";
        return declared + Constraints(type.GetGenericArguments());
    }

    private static IEnumerable<Type> Bases(Type type, bool isRecord)
    {
        if (type.IsEnum)
        {
            return [];
        }

        Type[] inherited = type.BaseType?.GetInterfaces() ?? [];
        Type[] own = [.. type.GetInterfaces().Except(inherited).Where(face => face.IsVisible)];
        return (type.BaseType is { } parent && parent != typeof(object) && parent != typeof(ValueType) ? new[] { parent } : [])
            .Concat(own.Except(own.SelectMany(face => face.GetInterfaces())).OrderBy(face => face.Name, StringComparer.Ordinal))
            .Where(face => !(isRecord && face == typeof(IEquatable<>).MakeGenericType(type)));
    }

    private static string Field(FieldInfo field)
    {
        string modifier = (field.IsLiteral, field.IsStatic, field.IsInitOnly) switch
        {
            (true, _, _) => "const ",
            (_, true, true) => "static readonly ",
            (_, true, false) => "static ",
            (_, false, true) => "readonly ",
            _ => "",
        };
        string value = field.IsLiteral ? $" = {Value(field.GetRawConstantValue())}" : "";
        return $"{modifier}{TypeText.Of(field.FieldType, new NullabilityInfoContext().Create(field), field)} {field.Name}{value}";
    }

    private static string Constructor(ConstructorInfo constructor) =>
        $"{(constructor.IsFamily ? "protected " : "")}{constructor.DeclaringType!.Name.Split('`')[0]}({Parameters(constructor)})";

    private static string Event(EventInfo declared) =>
        $"{Modifier(declared.AddMethod!)}event "
        + $"{TypeText.Of(declared.EventHandlerType!, new NullabilityInfoContext().Create(declared), declared)} {declared.Name}";

    private static string Property(PropertyInfo property)
    {
        MethodInfo first = property.GetAccessors(true).First(IsOffered);
        string type = TypeText.Of(property.PropertyType, new NullabilityInfoContext().Create(property), property);
        string required = property.IsDefined(typeof(RequiredMemberAttribute)) ? "required " : "";
        ParameterInfo[] index = property.GetIndexParameters();
        string name = index.Length == 0 ? property.Name : $"this[{string.Join(", ", index.Select(Parameter))}]";
        string get = property.GetMethod is { } getter && IsOffered(getter) ? "get; " : "";
        string set = property.SetMethod is { } setter && IsOffered(setter) ? IsInit(setter) ? "init; " : "set; " : "";
        return $"{required}{Modifier(first)}{type} {name} {{ {get}{set}}}";
    }

    private static string Method(MethodInfo method)
    {
        Type[] generic = method.GetGenericArguments();
        string arguments = generic.Length == 0 ? "" : $"<{string.Join(", ", generic.Select(TypeText.Of))}>";
        return $"{Modifier(method)}{Returned(method)} {method.Name}{arguments}({Parameters(method)}){Constraints(generic)}";
    }

    private static string Returned(MethodInfo method) =>
        (method.ReturnType.IsByRef ? "ref " : "")
        + TypeText.Of(method.ReturnType, new NullabilityInfoContext().Create(method.ReturnParameter), method.ReturnParameter);

    private static string Parameters(MethodBase method) =>
        (method.IsDefined(typeof(ExtensionAttribute)) ? "this " : "")
        + string.Join(", ", method.GetParameters().Select(Parameter));

    private static string Parameter(ParameterInfo parameter)
    {
        string passing = (parameter.ParameterType.IsByRef, parameter.IsOut, parameter.IsIn) switch
        {
            (true, true, _) => "out ",
            (true, _, true) => "in ",
            (true, _, _) => "ref ",
            _ when parameter.IsDefined(typeof(ParamArrayAttribute)) => "params ",
            _ when parameter.IsDefined(typeof(ParamCollectionAttribute)) => "params ",
            _ => "",
        };
        string type = TypeText.Of(parameter.ParameterType, new NullabilityInfoContext().Create(parameter), parameter);
        return $"{passing}{type} {parameter.Name}{(parameter.HasDefaultValue ? $" = {Value(parameter.DefaultValue)}" : "")}";
    }

    private static string Value(object? value) => value switch
    {
        null => "default",
        string text => $"\"{text}\"",
        bool truth => truth ? "true" : "false",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };

    private static string Constraints(Type[] generic) => string.Concat(
        from argument in generic
        let kinds = argument.GenericParameterAttributes
        let types = argument.GetGenericParameterConstraints().Where(type => type != typeof(ValueType)).Select(TypeText.Of)
        let special = kinds.HasFlag(GenericParameterAttributes.NotNullableValueTypeConstraint) ? "struct"
            : kinds.HasFlag(GenericParameterAttributes.ReferenceTypeConstraint) ? "class" : null
        let isMade = kinds.HasFlag(GenericParameterAttributes.DefaultConstructorConstraint)
        let constructor = isMade && special != "struct" ? "new()" : null
        let all = new[] { special }.Concat(types).Append(constructor).OfType<string>().ToArray()
        where all.Length > 0
        select $" where {argument.Name} : {string.Join(", ", all)}");

    private static string Modifier(MethodInfo method) => method switch
    {
        _ when method.IsDefined(typeof(PreserveBaseOverridesAttribute)) => "override ",
        { IsStatic: true, IsAbstract: true } => "static abstract ",
        { IsStatic: true } => "static ",
        { DeclaringType.IsInterface: true, IsAbstract: false } => "virtual ",
        { DeclaringType.IsInterface: true } => "",
        { IsAbstract: true } => "abstract ",
        { IsVirtual: true, IsFinal: false } => "virtual ",
        _ => "",
    } is var modifier && method.IsFamily ? $"protected {modifier}" : modifier;

    // What can be called from outside and is new here.
    private static bool IsOffered(MethodBase method) =>
        (method.IsPublic || ((method.IsFamily || method.IsFamilyOrAssembly) && !method.DeclaringType!.IsSealed))
        && !(method is ConstructorInfo && (IsMade(method) || method.IsStatic))
        && (method is not MethodInfo overriding || overriding.GetBaseDefinition() == overriding)
        && method.Name != "get_EqualityContract";

    private static bool IsAccessor(MethodInfo method) =>
        method.IsSpecialName && !method.Name.StartsWith("op_", StringComparison.Ordinal);

    private static bool IsMade(MethodBase method) => method.IsDefined(typeof(CompilerGeneratedAttribute));

    private static bool IsInit(MethodInfo setter) =>
        setter.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit));

    private static bool IsReadOnly(Type type) => type.IsValueType && !type.IsEnum && type.IsDefined(typeof(IsReadOnlyAttribute));

    private static bool IsDelegate(Type type) => type.IsSubclassOf(typeof(MulticastDelegate));
}
