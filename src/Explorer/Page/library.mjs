// The rows of the library in columns: a clip's id is its row. Numbers lie in typed arrays that grow by doubling.

/** What a row is known by besides numbers. */
const texts = ['path', 'group', 'label', 'trueLabel'];

export class Library {
  constructor(model) {
    this.model = model;
    this.count = 0;
    this.capacity = 0;
    this.alive = new Uint8Array(0);
    this.numbers = new Map();
    this.path = [];
    this.group = [];
    this.label = [];
    this.trueLabel = [];
    this.mayBe = [];
    this.set = [];
    this.taught = new Map();
    this.brought = new Set();
    this.failed = [];
    this.searchable = [];
  }

  /** The column of numbers under a key such as `seconds` or `value:valence`, or undefined. NaN where a row has none. */
  column(key) {
    return this.numbers.get(key);
  }

  /** One number. */
  at(key, id) {
    return this.numbers.get(key)?.[id] ?? NaN;
  }

  has(id) {
    return id >= 0 && id < this.count && this.alive[id] === 1;
  }

  name(id) {
    const path = this.path[id];
    return path.slice(path.lastIndexOf('/') + 1);
  }

  folder(id) {
    const path = this.path[id];
    return path.slice(0, Math.max(0, path.lastIndexOf('/')));
  }

  /** The path in small letters, made when it is first asked for: nobody searches while 100,000 rows arrive. */
  lower(id) {
    return (this.searchable[id] ??= this.path[id].toLowerCase());
  }

  /** The ids that are there, in order. */
  ids() {
    const ids = [];
    for (let id = 0; id < this.count; id++) {
      if (this.alive[id]) ids.push(id);
    }

    return ids;
  }

  /** Takes over columns as the server sends them; says which ids they were. */
  apply(columns) {
    const ids = columns.id ?? [];
    let top = this.count;
    for (const id of ids) top = Math.max(top, id + 1);
    this.#reserve(top);
    this.count = top;
    for (const [key, values] of flat(columns)) this.#store(key, ids, values);
    for (const text of texts) {
      const values = columns[text];
      if (!values) continue;
      for (let i = 0; i < ids.length; i++) this[text][ids[i]] = values[i];
    }

    for (const [i, classes] of (columns.mayBe ?? []).entries()) {
      this.mayBe[ids[i]] = classes.join(', ');
      this.set[ids[i]] = classes.join('|');
    }

    for (const id of ids) {
      this.alive[id] = 1;
      this.searchable[id] = undefined;
    }

    for (const id of columns.gone ?? []) {
      if (id < this.count) this.alive[id] = 0;
    }

    for (const id of columns.brought ?? []) this.brought.add(id);
    for (const [id, lesson] of Object.entries(columns.taught ?? {})) this.taught.set(Number(id), lesson);
    if (columns.failed) this.failed = merged(this.failed, columns.failed);
    if (columns.truth || columns.trueLabel) this.#measureErrors(ids);
    if (columns.low) this.#measureIntervals(ids);
    return ids;
  }

  #reserve(rows) {
    if (rows <= this.capacity) return;
    this.capacity = Math.max(rows, 2 * this.capacity, 256);
    const alive = new Uint8Array(this.capacity);
    alive.set(this.alive);
    this.alive = alive;
    for (const [key, values] of this.numbers) {
      const longer = new Float64Array(this.capacity).fill(NaN);
      longer.set(values);
      this.numbers.set(key, longer);
    }
  }

  #store(key, ids, values) {
    let column = this.numbers.get(key);
    if (!column) this.numbers.set(key, (column = new Float64Array(this.capacity).fill(NaN)));
    for (let i = 0; i < ids.length; i++) column[ids[i]] = values[i] ?? NaN;
  }

  /** The distance from truth to prediction over all targets; for classes what is missing to certainty of the true one. */
  #measureErrors(ids) {
    const pairs = this.model.targets.map(({ name }) => [this.column(`value:${name}`), this.column(`truth:${name}`)])
      .filter(([value, truth]) => value && truth);
    this.#store('error', ids, ids.map((id) => {
      if (pairs.length > 0) return Math.hypot(...pairs.map(([value, truth]) => value[id] - truth[id]));
      const probability = this.at(`p:${this.trueLabel[id]}`, id);
      return Number.isNaN(probability) ? Number(this.label[id] !== this.trueLabel[id]) : 1 - probability;
    }));
  }

  /** How wide the widest interval of a row is: the whole scale for a sound so strange that nothing is known of it. */
  #measureIntervals(ids) {
    const whole = Math.max(...this.model.targets.map(({ low, high }) => high - low));
    const pairs = this.model.targets.map(({ name }) => [this.column(`low:${name}`), this.column(`high:${name}`)])
      .filter(([low, high]) => low && high);
    this.#store('interval', ids, ids.map((id) => (
      this.at('familiarity', id) < this.model.doubts.unfamiliar ? whole : Math.max(...pairs.map(([low, high]) => high[id] - low[id])))));
  }
}

/** Columns of numbers under one key each. */
function* flat(columns) {
  for (const key of ['seconds', 'loudness', 'brightness', 'familiarity', 'fold']) {
    if (columns[key]) yield [key, columns[key]];
  }

  for (const [prefix, group] of [['value', 'values'], ['low', 'low'], ['high', 'high'], ['truth', 'truth'], ['p', 'probabilities']]) {
    for (const [name, values] of Object.entries(columns[group] ?? {})) yield [`${prefix}:${name}`, values];
  }
}

function merged(before, after) {
  const byPath = new Map(before.map((failure) => [failure.path, failure]));
  for (const failure of after) byPath.set(failure.path, failure);
  return [...byPath.values()];
}
