using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using SerLab.Benchmarks;
using SerLab.Benchmarks.Peers;

// Measurements that BenchmarkDotNet does not make: the peak of memory, processor time on a machine that others use too, and
// files.
switch (args)
{
    case ["memory"]:
        PeakMemory.Measure(Console.Out);
        break;
    case ["speed"]:
        ProcessorTime.Measure(Console.Out);
        break;
    case ["runtimes"]:
        RuntimeRatio.Measure(Console.Out);
        break;
    case ["deep"]:
        DeepNetworks.Measure(Console.Out);
        break;
    case ["onnx", string folder]:
        OnnxBenchmarks.Measure(folder, Console.Out);
        break;
    case ["corpus", string folder, .. string[] sets]:
        CorpusExtraction.Measure(folder, sets, Console.Out);
        break;
    case ["peers", .. string[] names]:
        PeerComparison.Measure(names, Console.Out);
        break;
    case ["library", string model, string folder]:
        LibraryRatio.Measure(model, folder, Console.Out);
        break;
    default:
        // Within this process: no project is generated, restored and built for each benchmark.
        IConfig config = DefaultConfig.Instance.AddJob(Job.Default.WithToolchain(InProcessEmitToolchain.Instance));
        BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args, config);
        break;
}
