// Meyda's features of raw float32 clips at 44.1 kHz, one after the other in the file that is the argument: frames of 1,024
// samples, hop 512, and the mean and the standard deviation of each over the frames. Meyda is looked for in NODE_PATH.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createInterface } from 'node:readline';

const require = createRequire(import.meta.url);
const Meyda = require('meyda');
const version = require('meyda/package.json').version;
const features = [
  'rms', 'zcr', 'spectralRolloff', 'spectralCentroid', 'spectralSpread', 'spectralSkewness', 'spectralKurtosis',
  'spectralFlatness', 'mfcc', 'chroma', 'loudness', 'energy', 'perceptualSharpness', 'spectralSlope',
];
const [size, hop, length] = [1024, 512, 6 * 44100];
const bytes = readFileSync(process.argv[2]);
const samples = new Float32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4);
Meyda.bufferSize = size;
Meyda.sampleRate = 44100;

function moments(rows) {
  return rows[0].map((_, j) => {
    const mean = rows.reduce((sum, row) => sum + row[j], 0) / rows.length;
    return [mean, Math.sqrt(rows.reduce((sum, row) => sum + (row[j] - mean) ** 2, 0) / rows.length)];
  });
}

function extract(clip) {
  const rows = [];
  for (let start = 0; start + size <= length; start += hop) {
    const values = Meyda.extract(features, clip.subarray(start, start + size));
    rows.push(features.flatMap((name) => (name === 'loudness' ? values.loudness.total : values[name])));
  }

  return moments(rows);
}

process.stdout.write(`Meyda ${version}\n`);
for await (const line of createInterface({ input: process.stdin })) {
  const start = performance.now();
  for (let clip = 0; clip < samples.length; clip += length) {
    extract(samples.subarray(clip, clip + length));
  }

  process.stdout.write(`${(performance.now() - start) / 1000}\n`);
}
