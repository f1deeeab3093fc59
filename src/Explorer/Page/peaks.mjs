// Small waveforms: fetched once per sound, the last few hundred kept, drawn mirrored about the middle.

const kept = 400;

export class Peaks {
  #source;
  #known = new Map();

  constructor(source) {
    this.#source = source;
  }

  /** Pairs of lowest and highest sample over 128 equal parts; empty where there are none. */
  of(id) {
    let peaks = this.#known.get(id);
    if (peaks === undefined) {
      peaks = this.#source.peaks(id).catch(() => []);
      this.#known.set(id, peaks);
      if (this.#known.size > kept) this.#known.delete(this.#known.keys().next().value);
    }

    return peaks;
  }
}

/** Draws pairs of peaks over a width and height; the part before the playhead in the stronger colour. */
export function drawPeaks(context, peaks, width, height, { color, done, share = 0 }) {
  context.clearRect(0, 0, width, height);
  const pairs = peaks.length / 2;
  const middle = height / 2;
  // A quiet sound shows its shape too: drawn at its own height, up to eight times enlarged.
  const most = Math.max(1 / 8, ...peaks.map(Math.abs));
  for (let i = 0; i < pairs; i++) {
    const [low, high] = [peaks[2 * i] / most, peaks[2 * i + 1] / most];
    const top = middle - Math.max(high, 0) * (middle - 1);
    const bottom = middle - Math.min(low, 0) * (middle - 1);
    context.fillStyle = (i + 0.5) / pairs <= share ? done : color;
    context.fillRect((i * width) / pairs, top - 0.5, Math.max(1, width / pairs - 0.6), bottom - top + 1);
  }
}
