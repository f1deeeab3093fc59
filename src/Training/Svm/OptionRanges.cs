using System.ComponentModel.DataAnnotations;
using System.Reflection;

namespace SerLab.Training.Svm;

/// <summary>Holds options to the ranges that their properties declare.</summary>
internal static class OptionRanges
{
    /// <summary>Checks every property that carries a <see cref="RangeAttribute"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A value lies outside its range; the message names both.</exception>
    public static T Check<T>(T options)
        where T : notnull
    {
        foreach (PropertyInfo property in typeof(T).GetProperties())
        {
            object? value = property.GetValue(options);
            if (property.GetCustomAttribute<RangeAttribute>() is { } range && !range.IsValid(value))
            {
                throw new ArgumentOutOfRangeException(property.Name, value, range.FormatErrorMessage(property.Name));
            }
        }

        return options;
    }
}
