using System.Collections;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using SerLab.Core;

namespace SerLab.Fuzz.Mutation;

/// <summary>
/// Changes the fields of a protobuf message, its inner messages included: numbers at the borders of their types, texts that stand
/// elsewhere, parts that are missing, repeated, exchanged or within each other.
/// </summary>
/// <param name="parser">Reads the message.</param>
/// <param name="words">Texts that mean something in it.</param>
internal sealed class MessageMutator(MessageParser parser, IReadOnlyList<string> words) : IMutator
{
    private static readonly double[] Numbers =
        [0, -0.0, 1, -1, 0.5, double.NaN, double.PositiveInfinity, float.MaxValue, double.MaxValue, float.Epsilon];

    /// <inheritdoc/>
    public byte[] Mutate(byte[] bytes, byte[] donor, SeededRandom random)
    {
        if (random.OnceIn(8) || TryParse(bytes) is not { } message)
        {
            return ByteMutator.Instance.Mutate(bytes, donor, random);
        }

        List<IMessage> parts = [];
        Collect(message, parts);
        IMessage part = random.Of(parts);
        FieldDescriptor field = random.Of<FieldDescriptor>([.. part.Descriptor.Fields.InFieldNumberOrder()]);
        if (random.OnceIn(8) && TryParse(donor) is { } other)
        {
            Collect(other, parts);
        }

        if (field.IsRepeated)
        {
            ChangeList((IList)field.Accessor.GetValue(part), field, parts, random);
        }
        else if (random.OnceIn(6))
        {
            field.Accessor.Clear(part);
        }
        else if (Value(field, field.Accessor.GetValue(part), parts, random) is { } value)
        {
            field.Accessor.SetValue(part, value);
        }

        byte[] changed = message.ToByteArray();
        return changed.Length <= ByteMutator.LargestFile ? changed : bytes;
    }

    private void ChangeList(IList list, FieldDescriptor field, List<IMessage> parts, SeededRandom random)
    {
        int at = random.NextInt(list.Count + 1);
        if (list.Count > 0 && random.OnceIn(2))
        {
            at = random.NextInt(list.Count);
            if (random.OnceIn(3))
            {
                list.RemoveAt(at);
            }
            else if (Value(field, list[at], parts, random) is { } other)
            {
                list[at] = other;
            }
        }
        else if (Value(field, list.Count > 0 ? list[0] : null, parts, random) is { } added)
        {
            list.Insert(at, added);
        }
    }

    private object? Value(
        FieldDescriptor field, object? before, List<IMessage> parts, SeededRandom random) => field.FieldType switch
        {
            FieldType.Int64 or FieldType.SInt64 or FieldType.SFixed64 => random.OnceIn(3) && before is long near
                ? near + random.NextInt(5) - 2
                : random.OnceIn(2) ? random.NextInt(9) - 2L : random.Border(),
            FieldType.Int32 or FieldType.SInt32 or FieldType.SFixed32 =>
                random.OnceIn(2) ? random.NextInt(20) : (int)random.Border(),
            FieldType.UInt64 or FieldType.Fixed64 => (ulong)random.Border(),
            FieldType.UInt32 or FieldType.Fixed32 => (uint)random.Border(),
            FieldType.Float => (float)random.Of(Numbers),
            FieldType.Double => random.Of(Numbers),
            FieldType.Bool => random.OnceIn(2),
            FieldType.Enum => random.NextInt(24),
            FieldType.String => random.OnceIn(2) ? random.Of(words) : TextOf(random.Of(parts), random),
            FieldType.Bytes => ByteString.CopyFrom(ByteMutator.Instance.Mutate(
                before is ByteString { Length: > 0 } old ? old.ToByteArray() : [0], [0, 1, 2], random)),
            FieldType.Message => Clone(field.MessageType, parts, random),
            _ => null,
        };

    private static string TextOf(IMessage part, SeededRandom random)
    {
        string[] texts =
        [
            .. part.Descriptor.Fields.InFieldNumberOrder().Where(field => field.FieldType == FieldType.String)
                .SelectMany(field => field.IsRepeated
                    ? ((IList)field.Accessor.GetValue(part)).Cast<string>()
                    : [(string)field.Accessor.GetValue(part)]),
        ];
        return texts.Length > 0 ? random.Of(texts) : "";
    }

    private static IMessage Clone(MessageDescriptor type, List<IMessage> parts, SeededRandom random)
    {
        IMessage[] alike = [.. parts.Where(part => part.Descriptor == type)];
        return type.Parser.ParseFrom(alike.Length > 0 ? random.Of(alike).ToByteArray() : []);
    }

    private static void Collect(IMessage message, List<IMessage> parts)
    {
        parts.Add(message);
        foreach (FieldDescriptor field in message.Descriptor.Fields.InFieldNumberOrder()
            .Where(field => field.FieldType == FieldType.Message))
        {
            object? value = field.Accessor.GetValue(message);
            foreach (IMessage inner in (field.IsRepeated ? (IList)value! : new[] { value }).OfType<IMessage>())
            {
                Collect(inner, parts);
            }
        }
    }

    private IMessage? TryParse(byte[] bytes)
    {
        try
        {
            return parser.ParseFrom(bytes);
        }
        catch (InvalidProtocolBufferException)
        {
            return null;
        }
    }
}
