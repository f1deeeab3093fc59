// What people type: "tense, quiet", "rain", "pleasant under 10 s", "between 2 and 4 s", "not loud". Each term becomes a condition
// that says what it means.
import { capital, corners, synonyms } from 'explorer/words';

/** The shares of a library that a word stands for: "calm" is its calmest third, "very calm" its calmest tenth. */
export const shares = { plain: 1 / 3, very: 0.1 };

const units = { ms: ['seconds', 0.001], s: ['seconds', 1], min: ['seconds', 60], h: ['seconds', 3600], hz: ['brightness', 1], khz: ['brightness', 1000], db: ['loudness', 1] };
const unitNames = { msec: 'ms', millisecond: 'ms', milliseconds: 'ms', sec: 's', secs: 's', second: 's', seconds: 's', m: 'min', mins: 'min',
  minute: 'min', minutes: 'min', hour: 'h', hours: 'h' };
const numerals = { zero: 0, one: 1, two: 2, three: 3, four: 4, five: 5, six: 6, seven: 7, eight: 8, nine: 9, ten: 10, eleven: 11, twelve: 12,
  fifteen: 15, twenty: 20, thirty: 30, forty: 40, fifty: 50, sixty: 60, ninety: 90, half: 0.5, a: 1, an: 1 };

const anyOf = (names) => names.sort((a, b) => b.length - a.length).join('|');
const clock = String.raw`\d+:\d\d(?::\d\d)?`;
const digits = String.raw`[-−]?(?:\d+\.?\d*|\.\d+)`;
const unit = `(?:${anyOf([...Object.keys(units), ...Object.keys(unitNames)])})\\b`;
const measured = `(?:${clock}|${digits}\\s*${unit}|(?:${anyOf(Object.keys(numerals))})\\s+${unit})`;
const amount = `(?:${measured}|${digits}(?![\\w.:]))`;
const below = 'under|below|less than|shorter than|no longer than|up to|at most|<=?';
const above = 'over|above|more than|longer than|at least|>=?';

/** How limits are written, ranges first, and which of the amounts in them is the least and which the most. */
const forms = [
  [`\\b(?:between|from)\\s+(${amount}|[\\w.]+)\\s+(?:and|to)\\s+(${measured}|${digits})`, (low, high) => ({ low, high })],
  [`(${amount})\\s*(?:to|-|–)\\s*(${measured})`, (low, high) => ({ low, high })],
  [`(?:\\b|(?=<))(?:${below})\\s*(${amount})`, (high) => ({ high })],
  [`(?:\\b|(?=>))(?:${above})\\s*(${amount})`, (low) => ({ low })],
  [`(${measured})\\s+or\\s+(?:less|shorter)\\b`, (high) => ({ high })],
  [`(${measured})\\s+or\\s+(?:more|longer)\\b`, (low) => ({ low })],
].map(([form, read]) => [new RegExp(form, 'g'), read]);

/**
 * Conditions from text.
 * @param text What was typed.
 * @param measures The measures of the library, see measures.mjs.
 * @param classes The model's classes.
 * @returns [{ kind: 'measure', measure, side: 'low'|'high', share } | { kind: 'limit', measure, min?, max? } | { kind: 'class', label } |
 *   { kind: 'text', part } | { kind: 'not', of: [conditions] }]
 */
export function parse(text, measures, classes = []) {
  const conditions = [];
  for (const piece of text.toLowerCase().match(/-?"[^"]*"?|[^,;"]+/g) ?? []) {
    const trimmed = piece.trim();
    if (trimmed.includes('"')) {
      const part = trimmed.replace(/^-/, '').replaceAll('"', '').trim();
      if (part) conditions.push(...negated(trimmed.startsWith('-'), [{ kind: 'text', part }]));
    } else {
      const { rest, limits } = withoutLimits(trimmed, measures);
      conditions.push(...limits, ...termsOf(rest).flatMap((term) => conditionsOf(term, measures, classes)));
    }
  }

  return conditions;
}

/** Takes limits out of a text. */
function withoutLimits(text, measures) {
  const limits = [];
  let rest = text;
  for (const [form, read] of forms) {
    rest = rest.replace(form, (whole, ...parts) => {
      const limit = limitOf(read(...parts), measures);
      if (!limit) return whole;
      limits.push(limit);
      return ' ';
    });
  }

  return { rest, limits };
}

/** Single words, with "not" and "very" before them. */
function termsOf(text) {
  const words = text.split(/\s+/).filter((word) => !['', 'and', 'but', 'with', '-'].includes(word));
  const terms = [];
  for (let i = 0; i < words.length; i++) {
    let term = words[i];
    while (/(^|[\s-])(not|very)$/.test(term) && i + 1 < words.length) term += ` ${words[++i]}`;
    terms.push(term);
  }

  return terms;
}

function conditionsOf(term, measures, classes) {
  const [, not, very, word] = /^(-|not )?(very )?(.+)$/.exec(term);
  const label = classes.find((name) => name.toLowerCase() === word);
  if (label !== undefined) return negated(not, [{ kind: 'class', label }]);
  const ends = (corners.get(word) ?? [synonyms.get(word) ?? word]).map((end) => endOf(end, measures));
  if (!ends.every(Boolean)) return negated(not, [{ kind: 'text', part: word }]);
  return negated(not, ends.map((end) => ({ kind: 'measure', ...end, share: very ? shares.very : shares.plain })));
}

function negated(not, of) {
  return not ? [{ kind: 'not', of }] : of;
}

/** A limit from amounts in words; null where they are none, or not of one measure that is here. */
function limitOf({ low, high }, measures) {
  const [least, most] = [low, high].map((text) => (text === undefined ? {} : quantity(text)));
  const key = least.key ?? most.key ?? 'seconds';
  const measure = measures.find((each) => each.key === key);
  if (!measure || (most.key ?? key) !== key) return null;
  // "Between 2 and 4 s": both are seconds.
  const value = ({ value: number, factor }) => number * (factor ?? least.factor ?? most.factor ?? 1);
  const limit = { kind: 'limit', measure };
  if (low !== undefined) limit.min = value(least);
  if (high !== undefined) limit.max = value(most);
  return [limit.min, limit.max].some(Number.isNaN) ? null : limit;
}

/** { value, and of amounts with a unit key and factor }. */
function quantity(text) {
  if (text.includes(':')) {
    return { value: text.split(':').reduce((sum, part) => 60 * sum + Number(part), 0), key: 'seconds', factor: 1 };
  }

  const [, amountText, unitText] = /^([-−]?[\d.]+|[a-z]+)\s*([a-z]*)$/.exec(text.trim()) ?? [];
  const [key, factor] = units[unitNames[unitText] ?? unitText] ?? [];
  return { value: numerals[amountText] ?? Number(amountText?.replace('−', '-')), key, factor };
}

function endOf(word, measures) {
  for (const measure of measures) {
    const side = measure.poles.indexOf(word);
    if (side >= 0) return { measure, side: side === 0 ? 'low' : 'high' };
  }

  return null;
}

/** Words that mean something here, for the row of suggestions: one for each corner of the plane, then the ends of measures. */
export function vocabulary(measures) {
  const ofCorners = new Map();
  for (const [word, ends] of corners) {
    if (!ofCorners.has(ends.join()) && ends.every((end) => endOf(end, measures))) ofCorners.set(ends.join(), word);
  }

  const ofEnds = measures.filter(({ target, key }) => target || ['loudness', 'seconds', 'brightness'].includes(key))
    .flatMap(({ poles: [low, high] }) => [low, high]).filter((word) => !word.includes(' '));
  return [...ofCorners.values(), ...ofEnds];
}

/** The known word that is nearest to another, or nothing where none is near: one letter off in short words, two in long ones. */
export function nearest(word, measures, classes = []) {
  const known = [...measures.flatMap(({ poles }) => poles), ...synonyms.keys(), ...corners.keys(), ...classes.map((name) => name.toLowerCase())]
    .filter((each) => conditionsOf(each, measures, classes)[0].kind !== 'text');
  const [best] = known.map((each) => ({ each, far: distance(word, each) })).sort((a, b) => a.far - b.far);
  return best && best.far <= (word.length > 5 ? 2 : 1) ? best.each : undefined;
}

/** How many letters must be put in, left out, exchanged or swapped with the next. */
function distance(a, b) {
  const rows = [Array.from({ length: b.length + 1 }, (_, j) => j)];
  for (let i = 1; i <= a.length; i++) {
    rows[i] = [i];
    for (let j = 1; j <= b.length; j++) {
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1] ? rows[i - 2][j - 2] + 1 : Infinity;
      rows[i][j] = Math.min(rows[i - 1][j] + 1, rows[i][j - 1] + 1, rows[i - 1][j - 1] + Number(a[i - 1] !== b[j - 1]), swapped);
    }
  }

  return rows[a.length][b.length];
}

/** What a condition means, as a sentence for its chip. @param boundOf The value at which a word's share begins or ends. */
export function meaning(condition, boundOf) {
  switch (condition.kind) {
    case 'not': return `leaves out: ${condition.of.map((each) => meaning(each, boundOf)).join(' and ')}`;
    case 'text': return `“${condition.part}” in the path`;
    case 'class': return `the model says ${condition.label}`;
    case 'limit': {
      const { measure: { name, format }, min, max } = condition;
      const words = min === undefined ? `up to ${format(max)}` : max === undefined ? `from ${format(min)}` : `from ${format(min)} to ${format(max)}`;
      return `${capital(name)} ${words}`;
    }

    default: {
      const end = condition.measure.poles[condition.side === 'low' ? 0 : 1];
      const part = condition.share === shares.very ? 'tenth' : 'third';
      return `${end}: the ${condition.side === 'low' ? 'lowest' : 'highest'} ${part} in ${condition.measure.name.toLowerCase()}, `
        + `${condition.side === 'low' ? 'to' : 'from'} ${condition.measure.format(boundOf(condition))}`;
    }
  }
}
