// Finding: words, text, sliders, classes, groups, folds. Every condition shows what it means and can be taken away.
import { byId, el, fill, perFrame } from 'explorer/dom';
import { meaning, nearest, vocabulary } from 'explorer/query';
import { Range } from 'explorer/range';

export class Find {
  #app;
  #ranges = new Map();
  #query = byId('query');

  constructor(app) {
    this.#app = app;
    this.#query.addEventListener('input', () => app.setText(this.#query.value));
    this.#query.addEventListener('keydown', ({ key }) => {
      if (key !== 'Enter' || app.foundCount === 0) return;
      byId('plane').focus();
      app.setCurrent(app.list()[0], { play: true });
    });
    const refresh = perFrame(() => this.#refresh());
    app.on('rows theme', refresh);
    app.on('found', () => this.#showFound());
    new ResizeObserver(refresh).observe(byId('ranges'));
  }

  focus() {
    this.#query.focus();
    this.#query.select();
  }

  /** Puts words in the field, or takes them out where they stand. */
  toggle(word) {
    const terms = this.#query.value.split(',').map((term) => term.trim()).filter(Boolean);
    const at = terms.findIndex((term) => term.toLowerCase() === word.toLowerCase());
    if (at >= 0) terms.splice(at, 1);
    else terms.push(word);
    this.#query.value = terms.join(', ');
    this.#app.setText(this.#query.value);
  }

  clear() {
    this.#query.value = '';
    for (const range of this.#ranges.values()) range.reset();
    this.#app.asked = { ...this.#app.asked, ranges: new Map(), labels: null, group: null, fold: null, only: null, like: null };
    this.#app.setText('');
    this.#refresh();
  }

  #refresh() {
    const app = this.#app;
    const keys = app.measures.map(({ key }) => key);
    if (keys.join() !== [...this.#ranges.keys()].join()) {
      this.#ranges = new Map(app.measures.map((measure) => [measure.key, this.#ranges.get(measure.key) ?? new Range(app, measure)]));
      fill(byId('ranges'), ...[...this.#ranges.values()].map(({ element }) => element));
      this.#showWords();
    }

    for (const range of this.#ranges.values()) range.refresh();
    this.#showKinds();
  }

  #showWords() {
    const app = this.#app;
    if (app.state.model.classes.length > 0) this.#query.placeholder = `${app.state.model.classes[0]}, under 10 s`;
    const words = [...vocabulary(app.measures), ...(app.measures.some(({ key }) => key === 'seconds') ? ['under 10 s'] : [])];
    fill(byId('words'), ...words.map((word) => el('button', {
      type: 'button', className: 'word', 'aria-pressed': 'false', 'data-word': word, onclick: () => this.toggle(word),
    }, word)));
  }

  #showKinds() {
    const app = this.#app;
    const { library, asked, state: { model } } = app;
    const parts = [];
    if (model.classes.length > 0) {
      const counts = new Map();
      for (let id = 0; id < library.count; id++) if (library.alive[id]) counts.set(library.label[id], (counts.get(library.label[id]) ?? 0) + 1);
      parts.push(el('fieldset', {}, el('legend', {}, 'Emotion'), ...model.classes.map((label, i) => el('label', { className: 'check' },
        el('input', {
          type: 'checkbox', value: label, checked: asked.labels === null || asked.labels.has(label),
          onchange: (event) => this.#chooseLabel(label, event.target.checked),
        }), el('i', { className: `dot kind-${i % 10}` }), label, el('span', { className: 'soft' }, (counts.get(label) ?? 0).toLocaleString('en'))))));
    }

    const folds = library.column('fold') ? [...new Set(library.ids().map((id) => library.at('fold', id)))].sort((a, b) => a - b) : [];
    const groups = [...new Set(library.group)].filter((group) => group !== undefined).sort();
    for (const [name, key, values, what] of [
      ['Group', 'group', groups, 'Clips that share something, such as a speaker or a place.'],
      ['Fold', 'fold', folds, 'Clips that were tested together, by a model that learnt from the others alone.'],
    ]) {
      if (values.length < 2) continue;
      parts.push(el('label', { className: 'choice' }, el('span', {}, name), el('select', {
        id: `choose-${key}`,
        onchange: (event) => app.ask({ [key]: event.target.selectedIndex === 0 ? null : values[event.target.selectedIndex - 1] }),
        'aria-describedby': `about-${key}`,
      }, el('option', {}, 'all'), ...values.map((value) => el('option', { selected: asked[key] === value }, String(value))))),
      el('p', { className: 'soft hint', id: `about-${key}` }, what));
    }

    const { id, value } = byId('kinds').contains(document.activeElement) ? document.activeElement : {};
    fill(byId('kinds'), ...parts);
    if (value) byId('kinds').querySelector(id ? `#${id}` : `input[value="${CSS.escape(value)}"]`)?.focus();
  }

  /** A condition as a chip; a word that is in no name and means nothing here says so, with the known word that it resembles. */
  #chip(condition) {
    const app = this.#app;
    const part = condition.kind === 'text' ? condition.part : null;
    if (part === null || app.library.count === 0 || app.library.ids().some((id) => app.library.lower(id).includes(part))) {
      return el('li', {}, meaning(condition, (each) => app.bound(each)));
    }

    const near = nearest(part, app.measures, app.state.model.classes);
    const exchange = () => {
      this.#query.value = this.#query.value.replace(new RegExp(part.replace(/[^\w\s]/g, '\\$&'), 'i'), near);
      app.setText(this.#query.value);
    };
    return el('li', { className: 'unknown' }, `“${part}” is in no name, and no word known here. `,
      near && el('button', { type: 'button', className: 'link', onclick: exchange }, `Did you mean ${near}?`));
  }

  /** One found sound after the other. */
  #hear() {
    const app = this.#app;
    const next = app.after(1);
    app.setCurrent(next >= 0 ? next : app.list()[0], { play: true });
    byId('hear').textContent = 'Hear the next';
  }

  #chooseLabel(label, wanted) {
    const { classes } = this.#app.state.model;
    const labels = new Set(this.#app.asked.labels ?? classes);
    if (wanted) labels.add(label);
    else labels.delete(label);
    this.#app.ask({ labels: labels.size === classes.length ? null : labels });
  }

  #showFound() {
    const app = this.#app;
    const { asked, foundCount, library } = app;
    const chips = asked.conditions.map((condition) => this.#chip(condition));
    if (asked.like) {
      chips.push(el('li', {}, `sounds like ${library.name(asked.like.id)}`, el('button', {
        type: 'button', 'aria-label': 'Forget what it should sound like', onclick: () => app.forgetLike(),
      }, '×')));
    }

    fill(byId('chips'), ...chips);
    const all = library.alive.subarray(0, library.count).reduce((sum, alive) => sum + alive, 0);
    const narrowed = asked.conditions.length > 0 || asked.ranges.size > 0 || asked.labels || asked.group !== null || asked.fold !== null || asked.only;
    fill(byId('found'), narrowed
      ? `${foundCount.toLocaleString('en')} of ${all.toLocaleString('en')} sounds${app.ordered.key === 'match' && foundCount > 1 ? ', best match first' : ''}`
      : `${all.toLocaleString('en')} ${all === 1 ? 'sound' : 'sounds'}`,
    ...(narrowed && foundCount > 0 ? [el('button', { type: 'button', className: 'link', id: 'hear', onclick: () => this.#hear() }, 'Hear them')] : []),
    ...(narrowed ? [el('button', { type: 'button', className: 'link', id: 'clear', onclick: () => this.clear() }, 'Show all')] : []));
    const terms = new Set(app.text.toLowerCase().split(',').map((term) => term.trim()));
    for (const button of byId('words').querySelectorAll('button')) button.setAttribute('aria-pressed', String(terms.has(button.dataset.word)));
  }
}
