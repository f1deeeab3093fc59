// The same rows as a table. Only the rows in sight are in the document, between two spacers that keep the height of all.
import { byId, el, fill, perFrame } from 'explorer/dom';
import { duration } from 'explorer/measures';

const rowHeight = 34;
const spare = 6;

export class Table {
  #app;
  #scroller = el('div', { className: 'scroller', tabIndex: -1 });
  #head = el('tr', {});
  #body = el('tbody', {});
  #above = el('tbody', { className: 'spacer', 'aria-hidden': true }, el('tr', {}, el('td', {})));
  #below = el('tbody', { className: 'spacer', 'aria-hidden': true }, el('tr', {}, el('td', {})));
  #table;
  #shown = '';

  constructor(app) {
    this.#app = app;
    this.#table = el('table', { 'aria-label': 'Sounds' }, el('thead', {}, this.#head), this.#above, this.#body, this.#below);
    this.#scroller.append(this.#table);
    byId('list').append(this.#scroller);
    this.draw = perFrame(() => this.#draw());
    this.#scroller.addEventListener('scroll', this.draw, { passive: true });
    this.#body.addEventListener('keydown', (event) => this.#key(event));
    app.on('rows found order selection taught', () => {
      this.#shown = '';
      this.draw();
    });
    app.on('order', () => { this.#scroller.scrollTop = 0; });
    app.on('current', () => {
      this.#shown = '';
      this.#reveal();
      this.draw();
    });
    new ResizeObserver(() => {
      this.#shown = '';
      this.draw();
    }).observe(this.#scroller);
  }

  /** The columns: { key, name, text(id), numeric }. */
  #columns() {
    const { library, measures, state: { model } } = this.#app;
    const columns = [];
    if (model.classes.length > 0) columns.push({ key: 'label', name: 'Emotion', text: (id) => library.label[id] ?? '–' });
    if (library.trueLabel.length > 0) columns.push({ key: 'trueLabel', name: 'Truth', text: (id) => library.trueLabel[id] ?? '–' });
    if (library.mayBe.length > 0) columns.push({ key: 'mayBe', name: 'May be', text: (id) => library.mayBe[id] ?? '–' });
    for (const measure of measures) {
      columns.push({ key: measure.key, name: measure.name, text: (id) => measure.format(library.at(measure.key, id)), numeric: true });
      if (library.column(`truth:${measure.target}`)) {
        columns.push({ key: `truth:${measure.target}`, name: 'Truth', text: (id) => measure.format(library.at(`truth:${measure.target}`, id)), numeric: true });
      }
    }

    if (library.group.length > 0) columns.push({ key: 'group', name: 'Group', text: (id) => library.group[id] ?? '–' });
    if (library.column('fold')) columns.push({ key: 'fold', name: 'Fold', text: (id) => String(library.at('fold', id)), numeric: true });
    return columns;
  }

  #showHead(columns) {
    const app = this.#app;
    const { key: by, descending } = app.ordered;
    const sign = `${by}${descending}${columns.map(({ key }) => key)}`;
    if (this.#head.dataset.sign === sign) return;
    this.#head.dataset.sign = sign;
    const focused = document.activeElement?.dataset?.sort;
    fill(this.#head, el('th', { scope: 'col' }, el('span', { className: 'hidden' }, 'Selected')),
      ...[{ key: 'path', name: 'Name' }, ...columns].map(({ key, name, numeric }) => el('th', {
        scope: 'col', className: numeric ? 'number' : '', 'aria-sort': key === by ? (descending ? 'descending' : 'ascending') : 'none',
      }, el('button', { type: 'button', 'data-sort': key, onclick: () => app.setOrder(key, key === by && !descending) },
        name, el('span', { className: 'arrow', 'aria-hidden': true }, key === by ? (descending ? ' ↓' : ' ↑') : '')))));
    if (focused) this.#head.querySelector(`[data-sort="${CSS.escape(focused)}"]`)?.focus();
  }

  #draw() {
    const height = this.#scroller.clientHeight;
    if (height === 0) return;
    const rows = this.#app.list();
    const columns = this.#columns();
    this.#showHead(columns);
    const first = Math.max(0, Math.floor(this.#scroller.scrollTop / rowHeight) - spare);
    const last = Math.min(rows.length, Math.ceil((this.#scroller.scrollTop + height) / rowHeight) + spare);
    const sign = `${first}-${last}`;
    if (sign === this.#shown) return;
    this.#shown = sign;
    this.#table.setAttribute('aria-rowcount', String(rows.length + 1));
    this.#head.setAttribute('aria-rowindex', '1');
    this.#above.firstChild.firstChild.style.height = `${first * rowHeight}px`;
    this.#below.firstChild.firstChild.style.height = `${(rows.length - last) * rowHeight}px`;
    const focused = this.#body.contains(document.activeElement) ? document.activeElement : null;
    const [focusedRow, focusedPart] = focused ? [focused.closest('tr').dataset.id, focused.dataset.part] : [];
    fill(this.#body, ...rows.slice(first, last).map((id, i) => this.#row(id, first + i, columns)));
    if (focusedRow) this.#body.querySelector(`tr[data-id="${focusedRow}"] [data-part="${focusedPart}"]`)?.focus({ preventScroll: true });
  }

  #row(id, index, columns) {
    const app = this.#app;
    const { library, selection } = app;
    const name = library.name(id);
    return el('tr', {
      'data-id': id, 'aria-rowindex': index + 2, 'aria-current': id === app.current ? 'true' : undefined,
      className: selection.has(id) ? 'chosen' : '',
      onclick: (event) => { if (!event.target.closest('input')) this.#click(id, event); },
    },
    el('td', {}, el('input', {
      type: 'checkbox', checked: selection.has(id), 'aria-label': `Select ${name}`, 'data-part': 'check', onchange: () => selection.toggle(id),
    })),
    el('th', { scope: 'row' }, el('button', { type: 'button', className: 'sound', 'data-part': 'name', 'aria-label': `Play ${name}` }, name),
      library.folder(id) && el('span', { className: 'soft' }, library.folder(id))),
    ...columns.map(({ text, numeric }) => el('td', { className: numeric ? 'number' : '' }, text(id))));
  }

  #click(id, event) {
    const app = this.#app;
    if (event.shiftKey && app.current >= 0) {
      const rows = app.list();
      const [a, b] = [rows.indexOf(app.current), rows.indexOf(id)].sort((x, y) => x - y);
      if (a >= 0) app.selection.add(rows.slice(a, b + 1));
      app.setCurrent(id);
    } else if (event.ctrlKey || event.metaKey) {
      app.selection.toggle(id);
      app.setCurrent(id);
    } else {
      app.setCurrent(id, { play: true });
    }
  }

  #key(event) {
    const step = { ArrowDown: 1, ArrowUp: -1, PageDown: 10, PageUp: -10 }[event.key];
    if (!step) return;
    event.preventDefault();
    event.stopPropagation();
    const app = this.#app;
    const rows = app.list();
    const own = Number(event.target.closest('tr').dataset.id);
    const next = rows[Math.max(0, Math.min(rows.length - 1, rows.indexOf(own) + step))];
    const part = event.target.dataset.part;
    app.setCurrent(next, { play: true });
    this.#draw();
    this.#body.querySelector(`tr[data-id="${next}"] [data-part="${part}"]`)?.focus({ preventScroll: true });
  }

  #reveal() {
    const { clientHeight: height, scrollTop: top } = this.#scroller;
    if (height === 0 || this.#app.current < 0) return;
    const index = this.#app.list().indexOf(this.#app.current);
    if (index < 0) return;
    const head = this.#head.offsetHeight;
    const at = index * rowHeight;
    if (at < top) this.#scroller.scrollTop = at;
    else if (at + rowHeight + head > top + height) this.#scroller.scrollTop = at + rowHeight + head - height;
  }
}
