// Which rows are found: a byte per row, from conditions that all must hold.
import { quantiles } from 'explorer/measures';

/**
 * The tests of a question.
 * @param library The rows.
 * @param asked { conditions: from query.mjs, ranges: Map(key → [min, max]), labels: Set or null, group, fold, only: Set of ids or null }
 * @returns Functions from id to whether it holds, cheap ones first.
 */
export function testsOf(library, asked) {
  const tests = [];
  for (const [key, [min, max]] of asked.ranges ?? []) {
    const column = library.column(key);
    if (column) tests.push((id) => column[id] >= min && column[id] <= max);
  }

  if (asked.only) tests.push((id) => asked.only.has(id));
  if (asked.labels) tests.push((id) => asked.labels.has(library.label[id]));
  if (asked.group !== undefined && asked.group !== null) tests.push((id) => library.group[id] === asked.group);
  if (asked.fold !== undefined && asked.fold !== null) tests.push((id) => library.at('fold', id) === asked.fold);
  for (const condition of asked.conditions ?? []) tests.push(testOf(library, condition));
  return tests;
}

function testOf(library, condition) {
  switch (condition.kind) {
    case 'not': {
      const tests = condition.of.map((each) => testOf(library, each));
      return (id) => !tests.every((test) => test(id));
    }

    case 'text': return (id) => library.lower(id).includes(condition.part);
    case 'class': return (id) => library.label[id] === condition.label;
    case 'limit': {
      const column = library.column(condition.measure.key);
      const { min = -Infinity, max = Infinity } = condition;
      return (id) => column[id] >= min && column[id] <= max;
    }

    default: {
      const column = library.column(condition.measure.key);
      const bound = boundOf(library, condition);
      return condition.side === 'low' ? (id) => column[id] <= bound : (id) => column[id] >= bound;
    }
  }
}

/** The value at which a word's share of the library begins or ends; NaN for other conditions. */
export function boundOf(library, condition) {
  if (condition.kind !== 'measure') return NaN;
  return quantiles(library, condition.measure.key, [condition.side === 'low' ? condition.share : 1 - condition.share])[0];
}

/** A byte per row: 1 where every test holds, and how many. */
export function found(library, asked) {
  const tests = testsOf(library, asked);
  const mask = new Uint8Array(library.count);
  let count = 0;
  for (let id = 0; id < library.count; id++) {
    if (library.alive[id] && tests.every((test) => test(id))) {
      mask[id] = 1;
      count++;
    }
  }

  return { mask, count };
}

/** Ids, what fits words best first: by their places in the order of each word, squared, so that all words count and not one alone. */
export function byMatch(library, ids, conditions) {
  const places = new Float64Array(library.count);
  for (const { measure: { key }, side } of conditions) {
    sorted(library, ids, { key, descending: side === 'high' }).forEach((id, place) => { places[id] += place * place; });
  }

  return ids.sort((a, b) => places[a] - places[b] || a - b);
}

/** Ids in the order of a column of numbers or of texts; rows without a value come last. */
export function sorted(library, ids, { key, descending }) {
  const column = library.column(key);
  const order = Array.from(ids);
  const sign = descending ? -1 : 1;
  if (column) {
    return order.sort((a, b) => {
      const [x, y] = [column[a], column[b]];
      if (Number.isNaN(x) || Number.isNaN(y)) return Number(Number.isNaN(x)) - Number(Number.isNaN(y)) || a - b;
      return sign * (x - y) || a - b;
    });
  }

  const text = { label: library.label, trueLabel: library.trueLabel, mayBe: library.mayBe, group: library.group }[key] ?? library.path;
  return order.sort((a, b) => sign * (text[a] < text[b] ? -1 : text[a] > text[b] ? 1 : 0) || a - b);
}
