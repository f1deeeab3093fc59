using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using SerLab.Core;

namespace SerLab.Training.Catalogue;

/// <summary>
/// One setting of a learner that a user may change by name (<c>--set svr.C=10</c>, a key in an experiment file): a property of
/// its options record. Names are the property's in camel case and match without regard to case.
/// </summary>
public sealed class LearnerSetting
{
    private readonly PropertyInfo property;

    internal LearnerSetting(PropertyInfo property, object defaults)
    {
        this.property = property;
        Name = char.ToLowerInvariant(property.Name[0]) + property.Name[1..];
        Default = Format(property.GetValue(defaults));
        RangeAttribute? range = property.GetCustomAttribute<RangeAttribute>();
        Range = range is null ? null : Describe(range);
    }

    /// <summary>The setting's name, in camel case.</summary>
    public string Name { get; }

    /// <summary>The default, as a user would write it.</summary>
    public string Default { get; }

    /// <summary>The documented range, or <see langword="null"/> where any value of the type will do.</summary>
    public string? Range { get; }

    /// <summary>The settings of an options record.</summary>
    /// <param name="defaults">An instance that holds the defaults.</param>
    internal static IReadOnlyList<LearnerSetting> Of(object defaults) =>
        [.. defaults.GetType().GetProperties().Where(p => p.SetMethod is not null).Select(p => new LearnerSetting(p, defaults))];

    /// <summary>Reads <paramref name="text"/> into the property of <paramref name="options"/>.</summary>
    /// <exception cref="InvalidInputException">The text is not of the property's type or outside its range.</exception>
    internal void Apply(object options, string owner, string text)
    {
        object? value;
        try
        {
            value = Parse(property.PropertyType, text);
        }
        catch (Exception error) when (error is FormatException or OverflowException or ArgumentException)
        {
            throw new InvalidInputException(
                $"'{text}' is not a value for {owner}.{Name}; expected {Describe(property.PropertyType)}, e.g. {Default}.",
                error);
        }

        if (property.GetCustomAttribute<RangeAttribute>() is { } range && !range.IsValid(value))
        {
            throw new InvalidInputException($"{owner}.{Name} is {text}; expected {Range}.");
        }

        property.SetValue(options, value);
    }

    // A range up to the largest number has no upper end that a reader needs.
    private static string Describe(RangeAttribute range) => range.Maximum switch
    {
        double.MaxValue or int.MaxValue when range.MinimumIsExclusive => $"more than {Format(range.Minimum)}",
        double.MaxValue or int.MaxValue => $"{Format(range.Minimum)} or more",
        _ => $"{Format(range.Minimum)} to {Format(range.Maximum)}",
    };

    private static object? Parse(Type type, string text)
    {
        if (Nullable.GetUnderlyingType(type) is { } underlying)
        {
            return text is "" or "none" or "null" ? null : Parse(underlying, text);
        }

        if (type == typeof(string))
        {
            return text;
        }

        if (type.IsEnum)
        {
            // Enum.Parse would accept numbers that name no member.
            return Enum.TryParse(type, text, ignoreCase: true, out object? member) && Enum.IsDefined(type, member)
                ? member
                : throw new FormatException();
        }

        if (type == typeof(bool))
        {
            return bool.Parse(text);
        }

        if (ElementType(type) is { } element)
        {
            IReadOnlyList<string> parts = CommaList.Split(text.Trim('[', ']'));
            Array items = Array.CreateInstance(element, parts.Count);
            for (int i = 0; i < parts.Count; i++)
            {
                items.SetValue(Parse(element, parts[i]), i);
            }

            return items;
        }

        MethodInfo parse = type.GetMethod("Parse", [typeof(string), typeof(IFormatProvider)])
            ?? throw new ArgumentException($"{type} cannot be read from text.");
        try
        {
            return parse.Invoke(null, [text, CultureInfo.InvariantCulture]);
        }
        catch (TargetInvocationException error) when (error.InnerException is InvalidInputException wrong)
        {
            // A type that is a small language of its own says best what is wrong.
            throw new InvalidInputException(wrong.Message, error);
        }
        catch (TargetInvocationException error)
        {
            throw new FormatException(error.InnerException?.Message, error.InnerException);
        }
    }

    private static Type? ElementType(Type type) =>
        type.IsArray ? type.GetElementType()
        : type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>) ? type.GetGenericArguments()[0]
        : null;

    private static string Describe(Type type) =>
        type.IsEnum ? "one of " + string.Join(", ", Enum.GetNames(type).Select(n => n.ToLowerInvariant()))
        : type == typeof(int) || type == typeof(long) ? "a whole number"
        : type == typeof(double) || type == typeof(float) ? "a number"
        : type == typeof(bool) ? "true or false"
        : ElementType(type) is { } element ? "a list, each " + Describe(element)
        : "a " + type.Name.ToLowerInvariant();

    private static string Format(object? value) => value switch
    {
        null => "none",
        string text => text,
        bool flag => flag ? "true" : "false",
        Enum member => member.ToString().ToLowerInvariant(),
        System.Collections.IEnumerable items => string.Join(",", items.Cast<object>().Select(Format)),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };
}
