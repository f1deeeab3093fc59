// What can be measured of every sound here: the model's targets, what the sound itself says, and what is known of the answers.
import { poles, capital } from 'explorer/words';

/** Number as text with a true minus sign. */
export function number(value, digits = 2) {
  return Number.isFinite(value) ? value.toFixed(digits).replace('-', '−') : '–';
}

/** Seconds as people say them. */
export function duration(seconds) {
  if (!Number.isFinite(seconds)) return '–';
  if (seconds < 59.95) return `${seconds < 9.95 ? seconds.toFixed(1) : Math.round(seconds)} s`;
  const whole = Math.round(seconds);
  const [hours, minutes, rest] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  const two = (value) => String(value).padStart(2, '0');
  return hours > 0 ? `${hours}:${two(minutes)}:${two(rest)} h` : `${minutes}:${two(rest)} min`;
}

function frequency(hertz) {
  if (!Number.isFinite(hertz)) return '–';
  return hertz < 1000 ? `${Math.round(hertz)} Hz` : `${(hertz / 1000).toFixed(1)} kHz`;
}

const known = [
  { key: 'loudness', name: 'Loudness', poles: ['quiet', 'loud'], format: (value) => `${number(value, 0)} dB` },
  { key: 'seconds', name: 'Duration', poles: ['short', 'long'], log: true, format: duration },
  { key: 'brightness', name: 'Brightness', poles: ['dark', 'bright'], log: true, format: frequency },
  { key: 'familiarity', name: 'Familiarity', poles: ['strange', 'familiar'], format: (value) => number(value) },
  { key: 'interval', name: 'Doubt', poles: ['sure', 'doubtful'], format: (value) => `±${number(value / 2)}` },
  { key: 'error', name: 'Error', poles: ['right', 'wrong'], format: (value) => number(value) },
];

/** The measures that a library has: { key, name, poles: [low, high], log, format, low?, high? }. */
export function measuresOf(library) {
  const targets = library.model.targets.map((target) => ({
    key: `value:${target.name}`,
    target: target.name,
    name: capital(target.name),
    poles: poles(target.name),
    low: target.low,
    high: target.high,
    format: (value) => number(value),
  }));
  return [...targets, ...known.filter(({ key }) => library.column(key))];
}

/** Smallest and largest finite value of a column among the rows that are there, or null. */
export function rangeOf(library, key) {
  const column = library.column(key);
  let [low, high] = [Infinity, -Infinity];
  for (let id = 0; column && id < library.count; id++) {
    const value = column[id];
    if (!library.alive[id] || !Number.isFinite(value)) continue;
    if (value < low) low = value;
    if (value > high) high = value;
  }

  return low <= high ? [low, high] : null;
}

/** Values below which the given parts of all rows lie, from a sorted copy. */
export function quantiles(library, key, parts) {
  const column = library.column(key);
  if (!column) return parts.map(() => NaN);
  const values = [];
  for (let id = 0; id < library.count; id++) {
    if (library.alive[id] && Number.isFinite(column[id])) values.push(column[id]);
  }

  const sorted = Float64Array.from(values).sort();
  return parts.map((part) => sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))] ?? NaN);
}

/** How many rows fall into each of equal steps from low to high. */
export function histogram(library, measure, [low, high], bins) {
  const counts = new Uint32Array(bins);
  const column = library.column(measure.key);
  const scale = scaleOf(measure);
  const [from, to] = [scale.forth(low), scale.forth(high)];
  for (let id = 0; column && id < library.count; id++) {
    if (!library.alive[id] || !Number.isFinite(column[id])) continue;
    const bin = Math.floor(((scale.forth(column[id]) - from) / (to - from || 1)) * bins);
    counts[Math.max(0, Math.min(bins - 1, bin))]++;
  }

  return counts;
}

/** The scale on which a measure is laid out: logarithmic where the ear hears ratios. */
export function scaleOf(measure) {
  return measure.log
    ? { forth: (value) => Math.log(Math.max(value, 1e-3)), back: Math.exp }
    : { forth: (value) => value, back: (value) => value };
}
