using System.Collections.Concurrent;

namespace SerLab.Features.FeatureSets;

/// <summary>
/// Remembers the results of a pure function, such as the filter banks of a sample rate, for all threads. Because the function is
/// pure it never matters for a result whether it was remembered; when the cache is full it is emptied, so that it stays small
/// however many different keys there are.
/// </summary>
internal sealed class BoundedCache<TKey, TValue>(Func<TKey, TValue> compute, int capacity)
    where TKey : notnull
{
    private readonly ConcurrentDictionary<TKey, TValue> values = new();

    /// <summary>The value of a key; several threads may compute it at first.</summary>
    public TValue this[TKey key]
    {
        get
        {
            if (values.TryGetValue(key, out TValue? known))
            {
                return known;
            }

            if (values.Count >= capacity)
            {
                values.Clear();
            }

            return values.GetOrAdd(key, compute);
        }
    }
}
