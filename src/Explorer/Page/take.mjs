// Taking along: the selection, what is found, or all, as a table, a playlist, a zip or paths.
import { byId, el, fill } from 'explorer/dom';
import { copyPath } from 'explorer/details';

export class Take {
  #app;

  constructor(app) {
    this.#app = app;
    app.on('selection found rows', () => this.#show());
    this.#show();
  }

  /** What would be taken: { ids, words }. */
  #what() {
    const { selection, foundCount, library } = this.#app;
    const all = library.alive.subarray(0, library.count).reduce((sum, alive) => sum + alive, 0);
    const text = (count) => count.toLocaleString('en');
    if (selection.size > 0) {
      const others = foundCount < all ? ', whatever else is found' : '';
      return { ids: () => selection.ids(), count: selection.size, words: `Only the ${text(selection.size)} selected${others}` };
    }

    if (foundCount < all) return { ids: () => this.#app.list(), count: foundCount, words: `${text(foundCount)} found` };
    return { ids: () => 'all', count: all, words: `all ${text(all)}` };
  }

  #show() {
    const app = this.#app;
    const { ids, count, words } = this.#what();
    const button = (what, label) => el('button', {
      type: 'button', 'data-take': what, disabled: count === 0,
      onclick: () => {
        const chosen = ids();
        app.source.take(what, chosen, (sentence) => app.alert(sentence), app.library);
        const added = what === 'playlist' && (chosen === 'all' ? app.library.ids() : chosen).filter((id) => app.library.brought.has(id)).length;
        if (added > 0 && added < count) app.alert(`Without ${added} added here, which ${added === 1 ? 'is' : 'are'} not kept.`, true);
      },
    }, label);
    const focused = byId('take').contains(document.activeElement) ? document.activeElement.dataset.take : '';
    fill(byId('take'),
      el('h2', {}, 'Take along'),
      el('p', { className: 'soft', id: 'taken' }, words,
        app.selection.size > 0 && el('button', { type: 'button', className: 'link', id: 'unselect', onclick: () => app.selection.clear() }, 'Unselect')),
      el('div', { className: 'row wrap' },
        button('table', 'CSV'),
        button('playlist', 'M3U'),
        app.state.abilities.zip && button('zip', 'Zip'),
        el('button', {
          type: 'button', 'data-take': 'paths', disabled: count === 0,
          onclick: () => copyPath(app, ids() === 'all' ? app.library.ids() : ids()),
        }, 'Paths')),
      app.source.elsewhere && el('p', { className: 'soft hint' },
        `This page plays the sounds in ${app.source.elsewhere}: where it moves, they must move along.`),
      app.selection.size === 0 && el('p', { className: 'soft hint' }, 'Shift-click points or draw a lasso to select.'));
    if (focused) byId('take').querySelector(`[data-take="${focused}"]`)?.focus();
  }
}
