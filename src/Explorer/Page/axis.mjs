// An axis of the plane: between the values of a measure and places from 0 to 1.
import { rangeOf, scaleOf } from 'explorer/measures';

const room = 0.04;

/** So much of its scale a rating may lie outside and still have its own place: one strange sound must not squeeze all others. */
const beyond = 0.25;

/** The axis of a measure: over the target's scale, or what the rows reach, whichever is wider; what lies far off is at the edge. */
export function axisOf(library, measure) {
  const scale = scaleOf(measure);
  const [least, most] = rangeOf(library, measure.key) ?? [0, 1];
  const margin = beyond * (measure.high - measure.low);
  const within = (value) => (Number.isFinite(margin) ? Math.max(measure.low - margin, Math.min(measure.high + margin, value)) : value);
  let low = scale.forth(Math.min(measure.low ?? Infinity, within(least)));
  let high = scale.forth(Math.max(measure.high ?? -Infinity, within(most)));
  if (high - low < 1e-9) [low, high] = [low - 0.5, high + 0.5];
  const size = (high - low) / (1 - 2 * room);
  return {
    measure,
    place: (value) => room + (scale.forth(within(value)) - low) / size,
    value: (place) => scale.back(low + (place - room) * size),
    /** Round values between two places, never beyond the scale. */
    ticks: (from, to) => {
      const value = (place) => Math.max(low, Math.min(high, low + (place - room) * size));
      return measure.log ? logarithmic(scale.back(value(from)), scale.back(value(to))) : linear(value(from), value(to));
    },
  };
}

function linear(low, high) {
  const raw = Math.max((high - low) / 4, 1e-9);
  const base = 10 ** Math.floor(Math.log10(raw));
  const step = base * ([1, 2, 2.5, 5, 10].find((factor) => factor * base >= raw * 0.999) ?? 10);
  const [first, last] = [Math.ceil(low / step - 1e-9), Math.floor(high / step + 1e-9)];
  return Array.from({ length: last - first + 1 }, (_, k) => (first + k) * step);
}

function logarithmic(low, high) {
  const ticks = [];
  for (let power = Math.floor(Math.log10(low)); power <= Math.log10(high); power++) {
    for (const factor of [1, 3]) {
      const tick = factor * 10 ** power;
      if (tick >= low && tick <= high) ticks.push(tick);
    }
  }

  return ticks;
}
