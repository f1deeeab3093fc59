using SerLab.Core;
using SerLab.Datasets.Tables;

namespace SerLab.Datasets.Corpora;

/// <summary>Which columns of a table are to be predicted.</summary>
/// <param name="Ratings">Columns of numbers.</param>
/// <param name="Label">The column of classes, or none.</param>
internal sealed record TargetColumns(IReadOnlyList<string> Ratings, string? Label)
{
    private const int Shown = 10;

    // The dimensions of common corpora and of ISO/TS 12913-3.
    private static readonly string[] RatingNames =
    [
        "valence", "arousal", "dominance", "activation", "pleasure", "liking", "tension", "expectation", "expectancy",
        "pleasantness", "eventfulness", "isopleasant", "isoeventful", "annoyance", "emoval", "emoact", "emodom",
    ];

    private static readonly string[] ClassNames = ["emotion", "label", "class", "mood", "category"];

    /// <summary>Recognises columns by their names; ratings and a class may both be there.</summary>
    /// <param name="csv">The table.</param>
    /// <param name="columns">Its columns that have no other meaning.</param>
    /// <exception cref="InvalidInputException">
    /// No column has the name of a rating or class, or several have that of a class; the message lists what there is to choose
    /// from.
    /// </exception>
    public static TargetColumns Recognise(CsvDocument csv, IReadOnlyList<string> columns)
    {
        // The eight words of the circumplex are ratings together; one alone may be a class or a feature.
        string[] circumplex = Circumplex.Qualities.All(columns.Contains) ? [.. Circumplex.Qualities] : [];
        string[] ratings = [.. columns.Where(c => (IsRatingName(c) || circumplex.Contains(c)) && IsNumeric(csv, c))];
        string[] labels = LabelsAmong(csv, columns);
        return labels.Length > 1 ? throw Ambiguous(csv, columns, $"{string.Join(" and ", labels)} are all columns of classes")
            : ratings.Length + labels.Length == 0 ? throw Ambiguous(csv, columns, "no column has the name of a rating or a class")
            : new TargetColumns(ratings, labels.FirstOrDefault());
    }

    /// <summary>Takes the columns that somebody named.</summary>
    /// <param name="csv">The table.</param>
    /// <param name="names">
    /// Columns of numbers, or one column of classes. The words emotion, label, class, mood and category stand for the one column
    /// of classes where no column has that name.
    /// </param>
    /// <param name="label">The column that is known to hold classes, or none.</param>
    /// <exception cref="InvalidInputException">There is no such column, or one of several holds no numbers.</exception>
    public static TargetColumns Named(CsvDocument csv, IReadOnlyList<string> names, string? label = null)
    {
        if (names is [string word] && IsClassName(word) && !csv.Header.Contains(word)
            && (label is null ? LabelsAmong(csv, csv.Header) : [label]) is [string column])
        {
            return new TargetColumns([], column);
        }

        // Whoever names a target names it on the command line, so a slip there is theirs, not the file's.
        if (names.FirstOrDefault(name => !csv.Header.Contains(name)) is { } unknown)
        {
            throw NearestName.Unknown($"column in '{csv.Path}' called", unknown, csv.Header);
        }

        string[] texts = [.. names.Where(name => !IsNumeric(csv, name))];
        bool isLabel =
            names is [string only] && (only == label || texts.Length > 0 || (IsClassName(only) && HoldsClasses(csv, only)));
        return isLabel ? new TargetColumns([], names[0])
            : texts.Length == 0 ? new TargetColumns(names, null)
            : throw new InvalidInputException(
                $"The column '{texts[0]}' of '{csv.Path}' does not hold numbers; --targets takes columns of numbers, "
                    + "or one column of classes.");
    }

    /// <summary>Whether a column of that name is a class or a rating rather than what clips share.</summary>
    public static bool IsTargetName(string column) => IsRatingName(column) || IsClassName(column);

    /// <summary>Whether a column of that name holds classes.</summary>
    public static bool IsClassName(string column) => ClassNames.Contains(column, StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// A column counts as numbers if most of it is: a stray blank or word is then reported as an error, not taken for a group.
    /// </summary>
    public static bool IsNumeric(CsvDocument csv, string column)
    {
        int position = csv.Column(column);
        return 2 * csv.Rows.Count(row => CsvDocument.TryNumber(row.Fields[position], out _)) > csv.Rows.Count;
    }

    // Valence, VALENCE, valence_mean, EmoVal…
    private static bool IsRatingName(string column)
    {
        string letters = string.Concat(column.Where(char.IsLetter)).ToLowerInvariant();
        return RatingNames.Contains(letters)
            || (letters.EndsWith("mean", StringComparison.Ordinal) && RatingNames.Contains(letters[..^4]));
    }

    private static string[] LabelsAmong(CsvDocument csv, IEnumerable<string> columns) =>
        [.. columns.Where(column => IsClassName(column) && HoldsClasses(csv, column))];

    // Words or whole numbers; a fraction is a measure, whatever its column is called.
    private static bool HoldsClasses(CsvDocument csv, string column)
    {
        int position = csv.Column(column);
        return !csv.Rows.Any(
            row => CsvDocument.TryNumber(row.Fields[position], out double number) && number != Math.Floor(number));
    }

    private static InvalidInputException Ambiguous(CsvDocument csv, IReadOnlyList<string> columns, string reason)
    {
        if (columns.Count == 0)
        {
            return new InvalidInputException(
                $"'{csv.Path}' has nothing to predict: add a column of ratings, such as valence, or of classes, "
                    + "such as emotion.");
        }

        ILookup<bool, string> candidates = columns.ToLookup(column => IsNumeric(csv, column));
        IEnumerable<string> kinds =
            from kind in new[] { (IsNumeric: true, Name: "numbers"), (IsNumeric: false, Name: "words") }
            where candidates[kind.IsNumeric].Any()
            select $"{ListOf([.. candidates[kind.IsNumeric]])} ({kind.Name})";
        return new InvalidInputException(
            $"It is not clear what to predict of '{csv.Path}', since {reason}; "
            + $"name columns of numbers or one of classes with --targets, out of {string.Join(" and ", kinds)}.");
    }

    private static string ListOf(string[] columns) => columns.Length <= Shown
        ? string.Join(", ", columns)
        : $"{string.Join(", ", columns.Take(Shown))} and {columns.Length - Shown} more";
}
