// Keys, and the page that lists them.
import { byId, el, fill } from 'explorer/dom';
import { copyPath } from 'explorer/details';

const list = [
  ['← ↑ → ↓', 'walk to the nearest sound and hear it; in the list up and down'],
  ['Shift with an arrow', 'walk and select'],
  ['Enter', 'play'],
  ['Space', 'stop, or play again'],
  ['N, P', 'next, previous in the list'],
  ['S', 'select or unselect the sound'],
  ['F or /', 'find'],
  ['M', 'more that sounds like this'],
  ['T', 'along time, for long recordings'],
  ['C', 'copy the path'],
  ['L', 'draw a lasso'],
  ['+ − 0', 'zoom in, out, whole'],
  ['W', 'worst first, in a run'],
  ['Esc', 'back: tool, dialog, what was asked'],
  ['?', 'this list'],
];

/** Listens to keys. @param does What each does, by name: step, play, toggle, select, find, like, along, lasso, zoom, whole, worst, back. */
export function listenToKeys(app, does) {
  const help = () => {
    const dialog = byId('keys');
    fill(dialog,
      el('h2', { id: 'keys-title' }, 'Keys'),
      el('dl', { className: 'keys' }, ...list.flatMap(([key, what]) => [el('dt', {}, el('kbd', {}, key)), el('dd', {}, what)])),
      el('p', { className: 'soft' }, 'Shift-click selects a point, shift-drag draws a lasso. Drag a point, or the name of the sound, into another program.'),
      el('form', { method: 'dialog' }, el('button', {}, 'Close')));
    dialog.showModal();
  };
  byId('help').addEventListener('click', help);

  const next = (steps) => {
    const to = app.after(steps);
    if (to >= 0) app.setCurrent(to, { play: true });
  };

  // In the list, or where there is no plane to walk over, up and down follow the list.
  const inList = (target) => target.closest('#list') || byId('plane').offsetParent === null;

  addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || document.querySelector('dialog[open]')) return;
    const { target, key } = event;
    const typing = target.matches('input:not([type=checkbox]), select, textarea');
    if (typing) {
      if (key === 'Escape') target.blur();
      return;
    }

    const inButton = target.matches('button, input[type=checkbox], summary, a');
    const id = app.current;
    const rows = inList(target) && { ArrowDown: 1, ArrowUp: -1 }[key];
    const action = rows ? () => next(rows) : {
      ArrowLeft: () => does.step(key, event.shiftKey), ArrowRight: () => does.step(key, event.shiftKey),
      ArrowUp: () => does.step(key, event.shiftKey), ArrowDown: () => does.step(key, event.shiftKey),
      Enter: !inButton && (() => id >= 0 && app.player.play(id)),
      ' ': !inButton && (() => app.player.toggle(id)),
      n: () => next(1), p: () => next(-1),
      s: () => id >= 0 && app.selection.toggle(id),
      f: does.find, '/': does.find,
      m: () => id >= 0 && does.like(id),
      t: () => id >= 0 && does.along(id),
      c: () => id >= 0 && copyPath(app, [id]),
      l: () => app.setMode(app.mode === 'lasso' ? 'move' : 'lasso'),
      '+': () => does.zoom(1.5), '=': () => does.zoom(1.5), '-': () => does.zoom(1 / 1.5), '0': does.whole,
      w: does.worst, '?': help, Escape: does.back,
    }[key.length === 1 ? key.toLowerCase() : key];
    if (!action) return;
    event.preventDefault();
    action();
  });
}
