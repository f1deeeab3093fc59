using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;

namespace SerLab.Core;

/// <summary>
/// Checks options against the ranges that their <see cref="RangeAttribute"/>s document, and choices against those that exist.
/// </summary>
public static class OptionsValidation
{
    /// <summary>
    /// Returns the options if every property that carries a <see cref="RangeAttribute"/> lies in its range and every enumeration
    /// has a value with a name.
    /// </summary>
    /// <param name="options">The options record; a property that is <see langword="null"/> counts as in range.</param>
    /// <exception cref="ArgumentOutOfRangeException">
    /// A property is out of range or not a number; the message names it.
    /// </exception>
    public static T Check<T>(T options)
        where T : class
    {
        foreach (PropertyInfo property in options.GetType().GetProperties())
        {
            object? value = property.GetValue(options);
            if (value is Enum choice && !Enum.IsDefined(choice.GetType(), choice))
            {
                string known = string.Join(", ", Enum.GetNames(choice.GetType()));
                throw new ArgumentOutOfRangeException(
                    property.Name, value, $"{property.Name} is {value}; expected one of {known}.");
            }

            if (property.GetCustomAttribute<RangeAttribute>() is { } range && !range.IsValid(value))
            {
                string above = range.MinimumIsExclusive ? "above " : "";
                string below = range.MaximumIsExclusive ? "below " : "";
                throw new ArgumentOutOfRangeException(
                    property.Name,
                    value,
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"{property.Name} is {value}; expected {above}{range.Minimum} to {below}{range.Maximum}."));
            }
        }

        return options;
    }
}
