// Runs models in onnxruntime-node (native) and onnxruntime-web (WebAssembly).
//   node run.mjs REQUEST.json > answers.json
// The request: { "models": [{ "path": "model.onnx", "batches": [{ "dims": [2, 3], "data": "<base64 of float32>" }] }] }
// A batch for several inputs: { "inputs": { "NAME": { "dims", "data" }, "TEXTS": { "type": "string", "dims", "data": ["a", "b"] } } }
// The answers: { "runtimes": [{ "name", "version", "models": [[{ "outputs": {...} } or { "error": "..." }]] }] }, one entry per batch.
// Floats travel as base64, since JSON has neither NaN nor infinities.
import { readFile } from 'node:fs/promises';
import * as native from 'onnxruntime-node';
import * as web from 'onnxruntime-web';

web.env.wasm.numThreads = 1;
web.env.logLevel = 'error';

const request = JSON.parse(await readFile(process.argv[2], 'utf8'));

function floats(base64) {
  const bytes = Buffer.from(base64, 'base64');
  return new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length));
}

function describe(tensor) {
  const data = tensor.type === 'string'
    ? [...tensor.data]
    : Buffer.from(tensor.data.buffer, tensor.data.byteOffset, tensor.data.byteLength).toString('base64');
  return { type: tensor.type, dims: [...tensor.dims], data };
}

function tensor(ort, { type = 'float32', dims, data }) {
  return new ort.Tensor(type, type === 'string' ? data : floats(data), dims);
}

async function answer(ort, session, batch) {
  try {
    const inputs = Object.entries(batch.inputs ?? { [session.inputNames[0]]: batch });
    const outputs = await session.run(Object.fromEntries(inputs.map(([name, given]) => [name, tensor(ort, given)])));
    return { outputs: Object.fromEntries(Object.entries(outputs).map(([name, tensor]) => [name, describe(tensor)])) };
  } catch (error) {
    return { error: String(error.message ?? error) };
  }
}

async function run(ort, provider, model) {
  const bytes = await readFile(model.path);
  let session;
  try {
    session = await ort.InferenceSession.create(new Uint8Array(bytes), { executionProviders: [provider], logSeverityLevel: 3 });
  } catch (error) {
    return model.batches.map(() => ({ error: String(error.message ?? error) }));
  }

  const answers = [];
  for (const batch of model.batches) {
    answers.push(await answer(ort, session, batch));
  }

  await session.release();
  return answers;
}

const runtimes = [];
// Providers by name: the packages share a registry of backends, and without a name either could answer for the other.
for (const [name, ort, provider] of [['onnxruntime-node', native, 'cpu'], ['onnxruntime-web', web, 'wasm']]) {
  const { version } = JSON.parse(await readFile(new URL(`./node_modules/${name}/package.json`, import.meta.url), 'utf8'));
  const models = [];
  for (const model of request.models) {
    models.push(await run(ort, provider, model));
  }

  runtimes.push({ name, version, models });
}

process.stdout.write(JSON.stringify({ runtimes }));
