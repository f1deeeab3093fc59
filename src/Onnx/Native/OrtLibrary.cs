using System.Runtime.InteropServices;

namespace SerLab.Onnx.Native;

/// <summary>
/// The functions of ONNX Runtime's C interface that are used here, bound at run time: the library is optional.
/// </summary>
/// <remarks>
/// The interface is a table of function pointers, OrtApi, to which versions only append; entries and signatures are those of
/// onnxruntime_c_api.h (github.com/microsoft/onnxruntime, include/onnxruntime/core/session), all of version 1.
/// </remarks>
internal sealed unsafe class OrtLibrary
{
    /// <summary>The oldest version that is taken: older ones lack operators of networks that are met today.</summary>
    public static Version Oldest { get; } = new(1, 14);

    private const int Errors = 3;
    private const int NoArena = 0;

    private readonly nint* api;
    private readonly nint environment;
    private readonly nint memory;

    private OrtLibrary(nint* api, string version)
    {
        this.api = api;
        Version = version;
        nint created;
        fixed (byte* name = "serlab"u8)
        {
            Check(((delegate* unmanaged<int, byte*, nint*, nint>)At(Entry.CreateEnv))(Errors, name, &created));
        }

        environment = created;
        Check(((delegate* unmanaged<int, int, nint*, nint>)At(Entry.CreateCpuMemoryInfo))(NoArena, 0, &created));
        memory = created;
    }

    // Positions in OrtApi.
    private enum Entry
    {
        GetErrorMessage = 2,
        CreateEnv = 3,
        CreateSessionFromArray = 8,
        Run = 9,
        CreateSessionOptions = 10,
        DisableMemPattern = 17,
        SetIntraOpNumThreads = 24,
        SetInterOpNumThreads = 25,
        CreateTensorWithDataAsOrtValue = 49,
        GetTensorMutableData = 51,
        GetTensorElementType = 60,
        GetDimensionsCount = 61,
        GetDimensions = 62,
        GetTensorTypeAndShape = 65,
        CreateCpuMemoryInfo = 69,
        ReleaseStatus = 93,
        ReleaseSession = 95,
        ReleaseValue = 96,
        ReleaseTensorTypeAndShapeInfo = 99,
        ReleaseSessionOptions = 100,
    }

    /// <summary>Its version, e.g. <c>1.27.0</c>.</summary>
    public string Version { get; }

    /// <summary>Loads a library.</summary>
    /// <param name="name">A file, or a name that the system looks for.</param>
    /// <param name="problem">Why not, as the end of a sentence that begins with the name; none where it is not there.</param>
    public static OrtLibrary? TryLoad(string name, out string? problem)
    {
        problem = null;
        if (!NativeLibrary.TryLoad(name, out nint library))
        {
            problem = File.Exists(name) ? "is no library that this system can load" : null;
            return null;
        }

        if (!NativeLibrary.TryGetExport(library, "OrtGetApiBase", out nint getBase))
        {
            problem = "is a library, but not ONNX Runtime";
            return null;
        }

        // OrtApiBase: GetApi, GetVersionString. A table that is not there is not asked for: the library would write of it to the
        // console.
        nint* start = ((delegate* unmanaged<nint*>)getBase)();
        string version = Text(((delegate* unmanaged<byte*>)start[1])());
        bool isKnown = System.Version.TryParse(version.Split('-', '+')[0], out Version? number) && number >= Oldest
            && number.Major == Oldest.Major;
        nint table = isKnown ? ((delegate* unmanaged<uint, nint>)start[0])((uint)Oldest.Minor) : 0;
        if (table == 0)
        {
            problem = $"is ONNX Runtime {version}, and version {Oldest} or a newer {Oldest.Major} is needed";
            return null;
        }

        try
        {
            return new OrtLibrary((nint*)table, version);
        }
        catch (OrtException error)
        {
            problem = $"does not start: {error.Message}";
            return null;
        }
    }

    /// <summary>Makes a session of a model: operators one after the other, each on the thread that asks.</summary>
    /// <exception cref="OrtException">The library refuses the model.</exception>
    public nint CreateSession(ReadOnlySpan<byte> model)
    {
        nint options;
        Check(((delegate* unmanaged<nint*, nint>)At(Entry.CreateSessionOptions))(&options));
        try
        {
            Check(((delegate* unmanaged<nint, int, nint>)At(Entry.SetIntraOpNumThreads))(options, 1));
            Check(((delegate* unmanaged<nint, int, nint>)At(Entry.SetInterOpNumThreads))(options, 1));

            // A plan of memory is kept for every shape that was ever met, and sounds have many lengths.
            Check(((delegate* unmanaged<nint, nint>)At(Entry.DisableMemPattern))(options));
            nint session;
            fixed (byte* bytes = model)
            {
                Check(((delegate* unmanaged<nint, byte*, nuint, nint, nint*, nint>)At(Entry.CreateSessionFromArray))(
                    environment, bytes, (nuint)model.Length, options, &session));
            }

            return session;
        }
        finally
        {
            Release(Entry.ReleaseSessionOptions, options);
        }
    }

    /// <summary>A tensor over bytes that stay where they are until it is released.</summary>
    /// <exception cref="OrtException">The bytes do not fill the shape.</exception>
    public nint CreateTensor(byte* bytes, long length, OnnxElement element, ReadOnlySpan<long> shape)
    {
        nint value;
        fixed (long* sizes = shape)
        {
            Check(((delegate* unmanaged<nint, byte*, nuint, long*, nuint, int, nint*, nint>)
                At(Entry.CreateTensorWithDataAsOrtValue))(
                memory, bytes, (nuint)length, sizes, (nuint)shape.Length, (int)element, &value));
        }

        return value;
    }

    /// <summary>Computes the outputs of a session.</summary>
    /// <exception cref="OrtException">The graph cannot take the tensors.</exception>
    public void Run(
        nint session,
        ReadOnlySpan<nint> inputNames,
        ReadOnlySpan<nint> inputs,
        ReadOnlySpan<nint> outputNames,
        Span<nint> outputs)
    {
        fixed (nint* takes = inputNames, given = inputs, gives = outputNames, answers = outputs)
        {
            Check(((delegate* unmanaged<nint, nint, nint*, nint*, nuint, nint*, nuint, nint*, nint>)At(Entry.Run))(
                session, 0, takes, given, (nuint)inputs.Length, gives, (nuint)outputs.Length, answers));
        }
    }

    /// <summary>The element type and the shape of a tensor.</summary>
    public (OnnxElement Element, long[] Shape) Describe(nint value)
    {
        nint info;
        Check(((delegate* unmanaged<nint, nint*, nint>)At(Entry.GetTensorTypeAndShape))(value, &info));
        try
        {
            int element;
            nuint rank;
            Check(((delegate* unmanaged<nint, int*, nint>)At(Entry.GetTensorElementType))(info, &element));
            Check(((delegate* unmanaged<nint, nuint*, nint>)At(Entry.GetDimensionsCount))(info, &rank));
            long[] shape = new long[rank];
            fixed (long* sizes = shape)
            {
                Check(((delegate* unmanaged<nint, long*, nuint, nint>)At(Entry.GetDimensions))(info, sizes, rank));
            }

            return ((OnnxElement)element, shape);
        }
        finally
        {
            Release(Entry.ReleaseTensorTypeAndShapeInfo, info);
        }
    }

    /// <summary>The elements of a tensor of numbers.</summary>
    public byte* Data(nint value)
    {
        byte* data;
        Check(((delegate* unmanaged<nint, byte**, nint>)At(Entry.GetTensorMutableData))(value, &data));
        return data;
    }

    /// <summary>Gives a tensor back.</summary>
    public void ReleaseTensor(nint value) => Release(Entry.ReleaseValue, value);

    /// <summary>Gives a session back.</summary>
    public void ReleaseSession(nint session) => Release(Entry.ReleaseSession, session);

    private static string Text(byte* text) => (Marshal.PtrToStringUTF8((nint)text) ?? "").Trim().TrimEnd('.');

    private nint At(Entry entry) => api[(int)entry];

    private void Release(Entry entry, nint released)
    {
        if (released != 0)
        {
            ((delegate* unmanaged<nint, void>)At(entry))(released);
        }
    }

    private void Check(nint status)
    {
        if (status != 0)
        {
            string message = Text(((delegate* unmanaged<nint, byte*>)At(Entry.GetErrorMessage))(status));
            Release(Entry.ReleaseStatus, status);
            throw new OrtException(message);
        }
    }
}
