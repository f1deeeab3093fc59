// The whole of what an app needs: a model file in, the emotion of a sound out. No feature code: that is inside the model.
import * as ort from './node_modules/onnxruntime-web/dist/ort.wasm.bundle.min.mjs';

ort.env.wasm.numThreads = 1; // more need a server that sends cross-origin isolation headers

/** Opens a model that SerLab wrote with `train --input waveform`. */
export async function openModel(url) {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`There is no model at ${url} (${response.status}).`);
  const bytes = new Uint8Array(await response.arrayBuffer());
  const session = await ort.InferenceSession.create(bytes);
  if (session.inputNames[0] !== 'samples') throw new Error('The model takes features. Export one with --input waveform.');
  return { session, sampleRate: sampleRateOf(bytes) };
}

/** Decodes a sound file with the browser: mono, at the model's sample rate. */
export async function decode(file, sampleRate) {
  const sound = await new OfflineAudioContext(1, 1, sampleRate).decodeAudioData(await file.arrayBuffer());
  const samples = new Float32Array(sound.length);
  for (let c = 0; c < sound.numberOfChannels; c++) {
    sound.getChannelData(c).forEach((value, i) => { samples[i] += value / sound.numberOfChannels; });
  }

  return samples;
}

/** The model's answers to mono samples, by name: numbers, or for a model of classes the label. */
export async function predict(model, samples) {
  const outputs = await model.session.run({ samples: new ort.Tensor('float32', samples, [1, samples.length]) });
  return Object.fromEntries(Object.entries(outputs).filter(([, t]) => t.data.length === 1).map(([name, t]) => [name, t.data[0]]));
}

// The runtime does not show a model's metadata; in the file they are key, field tag 0x12, length, value.
function sampleRateOf(bytes) {
  const found = /sample_rate\x12[\x01-\x07](\d+)/.exec(new TextDecoder('latin1').decode(bytes));
  if (!found) throw new Error('The model does not say its sample rate: SerLab did not write it.');
  return Number(found[1]);
}
