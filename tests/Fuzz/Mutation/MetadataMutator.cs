using System.Text;
using Google.Protobuf;
using SerLab.Core;
using SerLab.Onnx.Protocol;

namespace SerLab.Fuzz.Mutation;

/// <summary>Changes what a model file says of itself: its metadata, its inputs and its outputs, not what it computes.</summary>
internal sealed class MetadataMutator(TextMutator text) : IMutator
{
    private readonly JsonMutator json = new(text);

    /// <inheritdoc/>
    public byte[] Mutate(byte[] bytes, byte[] donor, SeededRandom random)
    {
        ModelProto model = ModelProto.Parser.ParseFrom(bytes);
        if (random.OnceIn(4))
        {
            ValueInfoProto[] ports = [.. model.Graph.Input, .. model.Graph.Output];
            ChangePort(random.Of(ports), ports, random);
        }
        else if (model.MetadataProps.Count > 0)
        {
            StringStringEntryProto entry = random.Of(model.MetadataProps);
            switch (random.NextInt(8))
            {
                case 0:
                    model.MetadataProps.Remove(entry);
                    break;
                case 1:
                    entry.Key = random.Of(model.MetadataProps).Key;
                    break;
                case 2:
                    entry.Value = random.Of(model.MetadataProps).Value;
                    break;
                default:
                    byte[] value = Encoding.UTF8.GetBytes(entry.Value);
                    byte[] other = Encoding.UTF8.GetBytes(random.Of(model.MetadataProps).Value);
                    entry.Value = Encoding.UTF8.GetString(json.Mutate(value, other, random));
                    break;
            }
        }

        return model.ToByteArray();
    }

    private void ChangePort(ValueInfoProto port, ValueInfoProto[] ports, SeededRandom random)
    {
        switch (random.NextInt(4))
        {
            case 0:
                port.Name = random.OnceIn(2) ? random.Of(ports).Name : text.Value(random);
                break;
            case 1:
                port.Type = null;
                break;
            case 2 when port.Type?.TensorType?.Shape is { } shape:
                shape.Dim.Add(new TensorShapeProto.Types.Dimension { DimValue = random.Border() });
                break;
            default:
                foreach (TensorShapeProto.Types.Dimension dimension in port.Type?.TensorType?.Shape?.Dim ?? [])
                {
                    dimension.DimValue = random.Border();
                }

                break;
        }
    }
}
