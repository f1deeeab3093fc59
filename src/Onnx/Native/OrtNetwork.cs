using System.Runtime.InteropServices;
using Google.Protobuf;
using SerLab.Core;
using SerLab.Onnx.Protocol;
using SerLab.Onnx.Runtime;

namespace SerLab.Onnx.Native;

/// <summary>A network that ONNX Runtime computes. Thread-safe.</summary>
internal sealed unsafe class OrtNetwork : SafeHandle, IOnnxNetwork
{
    private readonly OrtLibrary library;
    private readonly string name;

    private OrtNetwork(OrtLibrary library, byte[] bytes, string name) : base(0, ownsHandle: true)
    {
        this.library = library;
        this.name = name;
        ModelProto model = ModelProto.Parser.ParseFrom(bytes);
        GraphProto graph = model.Graph
            ?? throw new InvalidInputException($"'{name}' is not an ONNX model: it has no graph.");
        TensorReader.RequireInside(model);
        Inputs = OnnxPort.InputsOf(graph);
        Outputs = OnnxPort.OutputsOf(graph);
        SetHandle(library.CreateSession(bytes));
    }

    /// <inheritdoc/>
    public IReadOnlyList<OnnxPort> Inputs { get; }

    /// <inheritdoc/>
    public IReadOnlyList<OnnxPort> Outputs { get; }

    /// <inheritdoc/>
    public override bool IsInvalid => handle == 0;

    /// <summary>Reads a model from the bytes of its file.</summary>
    /// <exception cref="InvalidInputException">The bytes are no model, or one that the library does not run.</exception>
    public static OrtNetwork Parse(OrtLibrary library, byte[] bytes, string name)
    {
        try
        {
            return new OrtNetwork(library, bytes, name);
        }
        catch (Exception error) when (error is InvalidProtocolBufferException or OrtException)
        {
            throw new InvalidInputException(
                $"'{name}' is not an ONNX model that ONNX Runtime {library.Version} runs: {error.Message}", error);
        }
    }

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, Tensor> Run(IReadOnlyDictionary<string, Tensor> inputs)
    {
        Tensor[] given = [.. Inputs.Select(input => input.Take(inputs))];
        nint[] inputNames = [.. Inputs.Select(input => Marshal.StringToCoTaskMemUTF8(input.Name))];
        nint[] outputNames = [.. Outputs.Select(output => Marshal.StringToCoTaskMemUTF8(output.Name))];
        nint[] outputs = new nint[Outputs.Count];
        bool isHeld = false;
        try
        {
            DangerousAddRef(ref isHeld);
            RunPinned(given, [], session => library.Run(handle, inputNames, session, outputNames, outputs));
            return Outputs.Select((output, i) => (output.Name, Read(outputs[i]))).ToDictionary();
        }
        catch (OrtException error)
        {
            throw new InvalidInputException($"'{name}' cannot be computed by ONNX Runtime: {error.Message}.", error);
        }
        finally
        {
            Array.ForEach(outputs, library.ReleaseTensor);
            Array.ForEach([.. inputNames, .. outputNames], Marshal.FreeCoTaskMem);
            if (isHeld)
            {
                DangerousRelease();
            }
        }
    }

    /// <inheritdoc/>
    protected override bool ReleaseHandle()
    {
        library.ReleaseSession(handle);
        return true;
    }

    // The inputs stay where they are while the library reads them: one more is pinned at each level.
    private void RunPinned(ReadOnlySpan<Tensor> left, nint[] pinned, Action<nint[]> run)
    {
        if (left.IsEmpty)
        {
            run(pinned);
            return;
        }

        Tensor tensor = left[0];
        fixed (byte* first = &MemoryMarshal.GetArrayDataReference(tensor.Buffer))
        {
            nint value = library.CreateTensor(
                first, Size(tensor.Element, tensor.Length), tensor.Element, [.. tensor.Shape.Select(size => (long)size)]);
            try
            {
                RunPinned(left[1..], [.. pinned, value], run);
            }
            finally
            {
                library.ReleaseTensor(value);
            }
        }
    }

    private Tensor Read(nint value)
    {
        (OnnxElement element, long[] shape) = library.Describe(value);
        int length = Tensor.Count([.. shape.Select(size => checked((int)size))]);
        return TensorReader.Read(new TensorProto
        {
            DataType = (int)element,
            Dims = { shape },
            RawData = ByteString.CopyFrom(new ReadOnlySpan<byte>(library.Data(value), Size(element, length))),
        });
    }

    private static int Size(OnnxElement element, int length) => Elements.BytesOf(element) is { } bytes
        ? checked(bytes * length)
        : throw new OrtException($"tensors are {Elements.Name(element)}, which is not handed on");
}
