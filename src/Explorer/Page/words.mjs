// The words for what numbers mean: axes by their ends, sounds by a sentence.

const ends = {
  valence: ['unpleasant', 'pleasant'],
  pleasantness: ['unpleasant', 'pleasant'],
  arousal: ['calm', 'stirring'],
  eventfulness: ['uneventful', 'eventful'],
  dominance: ['weak', 'dominant'],
  energy: ['gentle', 'energetic'],
  danceability: ['still', 'danceable'],
};

export function capital(text) {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}

/** The words at the low and at the high end of a target. */
export function poles(target) {
  const name = target.toLowerCase();
  for (const [known, pair] of Object.entries(ends)) {
    if (name === known || name.startsWith(`${known} `) || name.endsWith(`_${known}`) || name.startsWith(`${known}_`)) return pair;
  }

  return [`little ${target}`, `much ${target}`];
}

/** Other words that people use for an end. */
export const synonyms = new Map(Object.entries({
  positive: 'pleasant', good: 'pleasant', nice: 'pleasant', beautiful: 'pleasant',
  negative: 'unpleasant', ugly: 'unpleasant', annoying: 'unpleasant',
  exciting: 'stirring', aroused: 'stirring', excited: 'stirring', intense: 'stirring', active: 'stirring',
  relaxed: 'calm', relaxing: 'calm', soothing: 'calm', still: 'calm', tranquil: 'calm',
  soft: 'quiet', silent: 'quiet', noisy: 'loud',
  brief: 'short', dull: 'dark', muffled: 'dark', sharp: 'bright',
}));

/** Words for the corners of the plane: each is two ends at once. */
export const corners = new Map(Object.entries({
  tense: ['unpleasant', 'stirring'], frightening: ['unpleasant', 'stirring'], angry: ['unpleasant', 'stirring'], scary: ['unpleasant', 'stirring'],
  happy: ['pleasant', 'stirring'], joyful: ['pleasant', 'stirring'], lively: ['pleasant', 'stirring'], cheerful: ['pleasant', 'stirring'],
  sad: ['unpleasant', 'calm'], gloomy: ['unpleasant', 'calm'], bleak: ['unpleasant', 'calm'],
  serene: ['pleasant', 'calm'], peaceful: ['pleasant', 'calm'],
}));

/** Where a value lies on its scale, in words: "very pleasant", "rather calm", "neither calm nor stirring". */
export function inWords(target, value) {
  if (!Number.isFinite(value)) return 'no answer';
  const [low, high] = poles(target.name);
  const middle = (target.low + target.high) / 2;
  const at = (value - middle) / ((target.high - target.low) / 2 || 1);
  if (Math.abs(at) < 0.1) return `neither ${low} nor ${high}`;
  const degree = Math.abs(at) > 0.6 ? 'very ' : Math.abs(at) < 0.3 ? 'slightly ' : '';
  return degree + (at < 0 ? low : high);
}
