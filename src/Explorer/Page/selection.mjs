// The chosen rows, in the order in which they were chosen.

export class Selection extends EventTarget {
  #ids = new Set();

  get size() {
    return this.#ids.size;
  }

  has(id) {
    return this.#ids.has(id);
  }

  ids() {
    return [...this.#ids];
  }

  toggle(id) {
    if (!this.#ids.delete(id)) this.#ids.add(id);
    this.#changed();
  }

  add(ids) {
    for (const id of ids) this.#ids.add(id);
    this.#changed();
  }

  set(ids) {
    this.#ids = new Set(ids);
    this.#changed();
  }

  clear() {
    if (this.#ids.size > 0) this.set([]);
  }

  #changed() {
    this.dispatchEvent(new Event('change'));
  }
}
