using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using SerLab.Core;

namespace SerLab.Fuzz.Mutation;

/// <summary>
/// Changes the tree of a JSON text: values that are of another kind, missing, repeated, misnamed, beyond their range or taken
/// from elsewhere. Sometimes, and where it is no JSON any more, the text itself.
/// </summary>
internal sealed class JsonMutator(TextMutator text) : IMutator
{
    private static readonly JsonSerializerOptions Layout =
        new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, MaxDepth = 2000 };

    /// <inheritdoc/>
    public byte[] Mutate(byte[] bytes, byte[] donor, SeededRandom random)
    {
        if (!random.OnceIn(4))
        {
            try
            {
                return Mutate(bytes, random);
            }
            catch (Exception error) when (error is JsonException or ArgumentException or InvalidOperationException)
            {
                // It is no JSON any more, or has a name twice or text that is none, which shows when it is asked for.
            }
        }

        return text.Mutate(bytes, donor, random);
    }

    private byte[] Mutate(byte[] bytes, SeededRandom random)
    {
        JsonNode root = JsonNode.Parse(bytes) ?? throw new JsonException("There is nothing but null.");
        List<JsonNode> nodes = [];
        Collect(root, nodes);
        JsonNode chosen = random.Of(nodes);
        if (chosen.Parent is null)
        {
            return Bytes(Value(random, nodes));
        }

        Change(chosen, nodes, random);
        return Bytes(root);
    }

    private void Change(JsonNode chosen, List<JsonNode> nodes, SeededRandom random)
    {
        switch (random.NextInt(5), chosen.Parent)
        {
            case (0, JsonObject parent):
                parent.Remove(chosen.GetPropertyName());
                break;
            case (0, JsonArray parent):
                parent.RemoveAt(chosen.GetElementIndex());
                break;
            case (1, JsonObject parent):
                string name = chosen.GetPropertyName();
                parent.Remove(name);
                parent[random.OnceIn(2) ? name.ToUpperInvariant() : text.Value(random)] = chosen;
                break;
            case (1, JsonArray parent):
                parent.Insert(chosen.GetElementIndex(), chosen.DeepClone());
                break;
            default:
                chosen.ReplaceWith(Value(random, nodes));
                break;
        }
    }

    private JsonNode? Value(SeededRandom random, List<JsonNode> nodes) => random.NextInt(9) switch
    {
        0 => null,
        1 => JsonValue.Create(random.OnceIn(2)),
        2 => JsonValue.Create(random.Border()),
        3 => JsonNode.Parse(random.Of<string>(["1e308", "-1e308", "1e-400", "0.5", "-0", "1E400", "12345678901234567890123"])),
        4 => new JsonArray(),
        5 => new JsonObject(),
        6 => Nested(1 + random.Length(500)),
        7 => JsonValue.Create(text.Value(random)),
        _ => random.Of(nodes).DeepClone(),
    };

    private static JsonNode Nested(int depth)
    {
        JsonNode node = new JsonArray();
        for (int i = 0; i < depth; i++)
        {
            node = i % 2 == 0 ? new JsonArray(node) : new JsonObject { [i.ToString(CultureInfo.InvariantCulture)] = node };
        }

        return node;
    }

    private static void Collect(JsonNode node, List<JsonNode> nodes)
    {
        nodes.Add(node);
        IEnumerable<JsonNode?> inner = node switch
        {
            JsonObject parent => parent.Select(pair => pair.Value),
            JsonArray parent => parent,
            _ => [],
        };
        foreach (JsonNode child in inner.OfType<JsonNode>())
        {
            Collect(child, nodes);
        }
    }

    private static byte[] Bytes(JsonNode? node) => Encoding.UTF8.GetBytes(node?.ToJsonString(Layout) ?? "null");
}
