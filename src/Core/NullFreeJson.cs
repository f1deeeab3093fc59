using System.Collections;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace SerLab.Core;

/// <summary>
/// Reads JSON in which no null stands where none may be. The serializer itself refuses one where a property may not be null; one
/// within a list or dictionary is refused here, too: no file of SerLab's has any.
/// </summary>
internal static class NullFreeJson
{
    /// <summary>Adds the refusal to options, which are changed.</summary>
    public static JsonSerializerOptions Refusing(JsonSerializerOptions options)
    {
        options.RespectNullableAnnotations = true;
        options.RespectRequiredConstructorParameters = true;
        options.TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { CheckLists } };
        return options;
    }

    /// <summary>Reads a value.</summary>
    /// <param name="text">The text.</param>
    /// <param name="options">Options that refuse nulls.</param>
    /// <exception cref="JsonException">The text is not of the form of the value.</exception>
    public static T Read<T>(string text, JsonSerializerOptions options)
        where T : class =>
        JsonSerializer.Deserialize<T>(text, options) is { } value && !HoldsNull(value)
            ? value
            : throw new JsonException("There is null where a value was expected.");

    private static void CheckLists(JsonTypeInfo type)
    {
        JsonPropertyInfo[] lists =
        [
            .. type.Properties.Where(property => property.Get is not null && property.PropertyType != typeof(string)
                && typeof(IEnumerable).IsAssignableFrom(property.PropertyType)),
        ];
        if (lists.Length > 0)
        {
            type.OnDeserialized = value =>
            {
                if (Array.Find(lists, list => HoldsNull(list.Get!(value))) is { } wrong)
                {
                    throw new JsonException($"'{wrong.Name}' holds null where a value was expected.");
                }
            };
        }
    }

    private static bool HoldsNull(object? list) => list switch
    {
        null or string => false,
        IDictionary pairs => HoldsNull(pairs.Values),
        Array items when items.GetType().GetElementType()!.IsValueType => false,
        IEnumerable items => items.Cast<object?>().Any(item => item is null || HoldsNull(item)),
        _ => false,
    };
}
