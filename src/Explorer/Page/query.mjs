// What people type: "tense, quiet", "rain", "pleasant under 10 s", "-music". Each term becomes a condition that says what it means.
import { capital, corners, synonyms } from 'explorer/words';

const units = { s: 1, sec: 1, second: 1, seconds: 1, m: 60, min: 60, minute: 60, minutes: 60, h: 3600, hour: 3600, hours: 3600 };
const numerals = ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten', 'eleven', 'twelve'];
const tens = { fifteen: 15, twenty: 20, thirty: 30, forty: 40, fifty: 50, sixty: 60, ninety: 90, half: 0.5, a: 1, an: 1 };
const span = /^(under|below|less than|shorter than|up to|at most|over|above|more than|longer than|at least|<=?|>=?)\s*([\d.]+|[a-z]+)\s*([a-z]+)?$/;
const isBelow = /^(under|below|less|shorter|up|at most|<)/;

/** The shares of a library that a word stands for: "calm" is its calmest third, "very calm" its calmest tenth. */
export const shares = { plain: 1 / 3, very: 0.1 };

/**
 * Conditions from text.
 * @param text What was typed.
 * @param measures The measures of the library, see measures.mjs.
 * @param classes The model's classes.
 * @returns [{ kind: 'measure', measure, side: 'low'|'high', share, text } | { kind: 'limit', measure, min?, max?, text } |
 *   { kind: 'class', label, text } | { kind: 'text', part, not, text }]
 */
export function parse(text, measures, classes = []) {
  return terms(text).flatMap(({ term, quoted }) => (quoted ? [asText(term)] : condition(term, measures, classes)));
}

/** Terms: between commas, or single words where the words before and after do not make one term. */
function terms(text) {
  const found = [];
  for (const piece of text.toLowerCase().match(/-?"[^"]*"?|[^,;"]+/g) ?? []) {
    const trimmed = piece.trim();
    if (trimmed.includes('"')) {
      const part = trimmed.replaceAll('"', '').trim();
      if (part && part !== '-') found.push({ term: part, quoted: true });
    } else {
      found.push(...split(trimmed).map((term) => ({ term, quoted: false })));
    }
  }

  return found;
}

const limits = /(?:under|below|less than|shorter than|up to|at most|over|above|more than|longer than|at least|<=?|>=?)\s*(?:[\d.]+\s*[a-z]*|[a-z]+\s+[a-z]+)/g;

function split(text) {
  const cut = [];
  const rest = text.replace(limits, (limit) => {
    if (!limitOf(limit.trim())) return limit;
    cut.push(limit.trim());
    return ' ';
  });
  const words = rest.split(/\s+/).filter((word) => word && word !== 'and' && word !== '-');
  for (let i = 0; i < words.length; i++) {
    const takesNext = /^-?(very|not)$/.test(words[i]) && i + 1 < words.length;
    cut.push(takesNext ? `${words[i]} ${words[++i]}` : words[i]);
  }

  return cut;
}

function condition(term, measures, classes) {
  const limit = limitOf(term);
  const seconds = measures.find(({ key }) => key === 'seconds');
  if (limit && seconds) return [{ kind: 'limit', measure: seconds, ...limit, text: term }];
  if (/^(-|not )/.test(term)) return [{ ...asText(term.replace(/^(-|not )/, '')), not: true }];
  const share = term.startsWith('very ') ? shares.very : shares.plain;
  const word = term.replace(/^very /, '');
  const label = classes.find((name) => name.toLowerCase() === word);
  if (label !== undefined) return [{ kind: 'class', label, text: term }];
  const asked = corners.get(word) ?? [synonyms.get(word) ?? word];
  const ends = asked.map((end) => endOf(end, measures));
  if (ends.every(Boolean)) return ends.map((end) => ({ kind: 'measure', ...end, share, text: term }));
  return [asText(term)];
}

function limitOf(term) {
  const [, comparison, amount, unit] = span.exec(term) ?? [];
  const value = /^[\d.]+$/.test(amount ?? '') ? Number(amount) : numerals.includes(amount) ? numerals.indexOf(amount) : tens[amount];
  const factor = unit === undefined ? (/^[\d.]+$/.test(amount ?? '') ? 1 : undefined) : units[unit];
  if (!Number.isFinite(value) || factor === undefined) return null;
  return isBelow.test(comparison) ? { max: value * factor } : { min: value * factor };
}

function endOf(word, measures) {
  for (const measure of measures) {
    const side = measure.poles.indexOf(word);
    if (side >= 0) return { measure, side: side === 0 ? 'low' : 'high' };
  }

  return null;
}

function asText(term) {
  const not = term.startsWith('-');
  const part = not ? term.slice(1).trim() : term;
  return { kind: 'text', part, not, text: part };
}

/** Every word that means something here, for the row of suggestions. */
export function vocabulary(measures) {
  return measures.filter(({ target, key }) => target || ['loudness', 'seconds', 'brightness'].includes(key))
    .flatMap(({ poles: [low, high] }) => [low, high]).filter((word) => !word.includes(' '));
}

/** What a condition with its bound means, as a sentence for its chip. */
export function meaning(condition, bound) {
  switch (condition.kind) {
    case 'text': return condition.not ? `no “${condition.part}” in the path` : `“${condition.part}” in the path`;
    case 'class': return `the model says ${condition.label}`;
    case 'limit': return condition.max !== undefined
      ? `${capital(condition.measure.name)} up to ${condition.measure.format(condition.max)}`
      : `${capital(condition.measure.name)} from ${condition.measure.format(condition.min)}`;
    default: {
      const end = condition.measure.poles[condition.side === 'low' ? 0 : 1];
      const part = condition.share === shares.very ? 'tenth' : 'third';
      return `${end}: the ${condition.side === 'low' ? 'lowest' : 'highest'} ${part} in ${condition.measure.name.toLowerCase()}, `
        + `${condition.side === 'low' ? 'to' : 'from'} ${condition.measure.format(bound)}`;
    }
  }
}
