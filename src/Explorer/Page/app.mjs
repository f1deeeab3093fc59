// What the parts of the page share: the rows, what is asked for, which sound is current. Parts tell each other by events only.
import { boundOf, byMatch, found, sorted } from 'explorer/filter';
import { Library } from 'explorer/library';
import { measuresOf } from 'explorer/measures';
import { naturalLayout } from 'explorer/layout';
import { parse } from 'explorer/query';
import { Selection } from 'explorer/selection';
import { inWords } from 'explorer/words';
import { themes } from 'explorer/palette';

export class App extends EventTarget {
  constructor(source, state) {
    super();
    this.source = source;
    this.state = state;
    this.library = new Library(state.model);
    this.selection = new Selection();
    this.current = -1;
    this.hover = -1;
    this.mode = 'move';
    this.text = '';
    this.asked = { conditions: [], ranges: new Map(), labels: null, group: null, fold: null, only: null, like: null };
    this.order = null;
    this.gap = 0;
    this.mask = new Uint8Array(0);
    this.foundCount = 0;
    this.listed = null;
    this.measures = measuresOf(this.library);
    this.layout = naturalLayout(state.model, this.measures);
    this.dark = matchMedia('(prefers-color-scheme: dark)');
    this.dark.addEventListener('change', () => this.tell('theme'));
    this.still = matchMedia('(prefers-reduced-motion: reduce)');
    this.selection.addEventListener('change', () => this.tell('selection'));
  }

  get theme() {
    return this.dark.matches ? themes.dark : themes.light;
  }

  tell(event) {
    this.dispatchEvent(new Event(event));
  }

  on(events, listener) {
    for (const event of events.split(' ')) this.addEventListener(event, listener);
  }

  /** Takes over rows that came. */
  take(columns) {
    const first = this.library.count === 0;
    const at = columns.gone?.includes(this.current) ? this.list().indexOf(this.current) : -1;
    const ids = this.library.apply(columns);
    if (ids.length === 0 && (columns.gone ?? []).length === 0) return ids;
    this.measures = measuresOf(this.library);
    this.asked.conditions = parse(this.text, this.measures, this.state.model.classes);
    if (first) this.layout = naturalLayout(this.state.model, this.measures);
    if (this.current >= 0 && !this.library.has(this.current)) {
      this.gap = Math.max(0, at);
      this.setCurrent(-1);
    }

    this.tell('rows');
    this.find();
    return ids;
  }

  isFound(id) {
    return this.mask[id] === 1;
  }

  /** Changes what is asked for and finds it. */
  ask(change) {
    Object.assign(this.asked, change);
    this.gap = 0;
    this.find();
  }

  setText(text) {
    this.text = text;
    this.order = null;
    this.ask({ conditions: parse(text, this.measures, this.state.model.classes) });
  }

  find() {
    ({ mask: this.mask, count: this.foundCount } = found(this.library, this.asked));
    this.listed = null;
    this.tell('found');
  }

  /**
   * What the list is ordered by: a column that somebody chose; else likeness, where that is asked for; else how well words fit, where
   * there are any; else the path.
   */
  get ordered() {
    if (this.order) return this.order;
    if (this.asked.like) return { key: 'like' };
    return this.#wordsAsked().length > 0 ? { key: 'match' } : { key: 'path', descending: false };
  }

  #wordsAsked() {
    return this.asked.conditions.filter(({ kind }) => kind === 'measure');
  }

  /** The ids that are found, in the order of the list. */
  list() {
    if (this.listed) return this.listed;
    const ids = [];
    for (let id = 0; id < this.library.count; id++) {
      if (this.mask[id]) ids.push(id);
    }

    const { ordered } = this;
    const rank = (id) => this.asked.like.rank.get(id) ?? Infinity;
    this.listed = ordered.key === 'like' ? ids.sort((a, b) => rank(a) - rank(b))
      : ordered.key === 'match' ? byMatch(this.library, ids, this.#wordsAsked())
        : sorted(this.library, ids, ordered);
    return this.listed;
  }

  /** The row so many places after the current one in the list, or after the gap that it left; -1 where the list ends. */
  after(steps) {
    const rows = this.list();
    const at = rows.indexOf(this.current);
    const gap = steps > 0 ? this.gap - 1 : this.gap;
    return rows[(at >= 0 ? at : this.current < 0 ? gap : -1) + steps] ?? -1;
  }

  setOrder(key, descending) {
    this.order = { key, descending };
    this.listed = null;
    this.tell('order');
  }

  bound(condition) {
    return boundOf(this.library, condition);
  }

  setCurrent(id, { play = false } = {}) {
    const changed = id !== this.current;
    this.current = id;
    if (changed) this.tell('current');
    if (play && id >= 0) this.player?.play(id);
  }

  setHover(id) {
    if (id === this.hover) return;
    this.hover = id;
    this.tell('hover');
  }

  setMode(mode) {
    this.mode = mode;
    this.tell('mode');
  }

  setLayout(layout) {
    this.layout = layout;
    this.tell('layout');
  }

  /** Shows only what sounds like a row, nearest first. */
  async findLike(id, count = 50) {
    const near = await this.source.similar(id, count);
    const rank = new Map([[id, 0], ...near.id.map((other, i) => [other, i + 1])]);
    this.order = null;
    this.ask({ only: new Set(rank.keys()), like: { id, rank } });
  }

  forgetLike() {
    this.ask({ only: null, like: null });
  }

  /** A row in a few words. */
  describe(id) {
    const { library, state } = this;
    const targets = state.model.targets.map((target) => inWords(target, library.at(`value:${target.name}`, id)));
    const label = library.label[id];
    const share = library.at(`p:${label}`, id);
    return label ? `${label}${Number.isNaN(share) ? '' : `, ${Math.round(100 * share)} %`}` : targets.join(', ');
  }

  /** The path for other programs: absolute where the folder is known. */
  fullPath(id) {
    const root = this.state.root ?? '';
    const path = this.library.path[id];
    if (!root) return path;
    const parts = root.includes('\\') ? '\\' : '/';
    return root.replace(/[\\/]$/, '') + parts + path.replaceAll('/', parts);
  }

  announce(text) {
    this.said = text;
    this.tell('say');
  }

  /** Takes away the sentence that is shown. */
  dismiss() {
    this.tell('dismiss');
  }

  /** Shows a sentence that must be seen: an error, or what was done. */
  alert(text, good = false) {
    this.alerted = { text, good };
    this.tell('alert');
  }
}
