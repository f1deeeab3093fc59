// Times the files that `dotnet run -c Release --project benchmarks -- onnx FOLDER` wrote in ONNX Runtime, on one thread:
//   node benchmarks/onnx-runtime.mjs FOLDER
// Needs `npm ci` in tests/Onnx.Node. Prints predictions per second of processor time: the best of ten rounds.
import { createRequire } from 'node:module';
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const require = createRequire(new URL('../tests/Onnx.Node/package.json', import.meta.url));
const native = require('onnxruntime-node');
const web = await import(pathToFileURL(require.resolve('onnxruntime-web').replace('ort.node.min.js', 'ort.node.min.mjs')));
web.env.wasm.numThreads = 1;

// Providers by name: the packages share a registry of backends, and without a name either could answer for the other.
const runtimes = [['onnxruntime-node', native, 'cpu'], ['onnxruntime-web', web, 'wasm']];

const features = 74;
const clips = 1213;

function tensor(ort, rows) {
  const data = Float32Array.from({ length: rows * features }, (_, i) => Math.sin(i * i));
  return new ort.Tensor('float32', data, [rows, features]);
}

async function best(repeats, action) {
  let least = Infinity;
  for (let round = 0; round < 10; round++) {
    const before = process.cpuUsage().user;
    for (let i = 0; i < repeats; i++) {
      await action();
    }

    least = Math.min(least, (process.cpuUsage().user - before) / 1e6 / repeats);
  }

  return least;
}

const folder = process.argv[2];
for (const file of (await readdir(folder)).filter((name) => name.endsWith('.onnx')).sort()) {
  for (const [name, ort, provider] of runtimes) {
    const session = await ort.InferenceSession.create(new Uint8Array(await readFile(join(folder, file))), {
      executionProviders: [provider],
      intraOpNumThreads: 1,
      interOpNumThreads: 1,
    });
    const all = tensor(ort, clips);
    const one = tensor(ort, 1);
    const together = await best(5, () => session.run({ features: all }));
    const alone = await best(500, () => session.run({ features: one }));
    console.log(`${file} in ${name}: ${Math.round(clips / together)} clips/s together, ${Math.round(1 / alone)} one by one`);
    await session.release();
  }
}
