// The card beside the pointer: what the sound under it is called, what the model says, and how it looks over time.
import { byId, el, fill, fitCanvas } from 'explorer/dom';
import { duration, number } from 'explorer/measures';
import { drawPeaks } from 'explorer/peaks';

const [width, height] = [208, 36];

export function showCard(app, plane, peaks) {
  const card = byId('card');
  const canvas = el('canvas', { className: 'wave' });
  app.on('hover', async () => {
    const id = app.hover;
    card.hidden = id < 0;
    if (id < 0) return;
    const { library } = app;
    fill(card,
      el('strong', {}, library.name(id)),
      library.folder(id) && el('span', { className: 'soft' }, library.folder(id)),
      el('span', {}, app.describe(id)),
      el('span', { className: 'soft figures' }, figures(app, id)),
      canvas);
    place(card, plane.where(id));
    const context = fitCanvas(canvas, width, height).context;
    context.clearRect(0, 0, width, height);
    const pairs = await peaks.of(id);
    if (app.hover === id) drawPeaks(context, pairs, width, height, { color: app.theme.soft, done: app.theme.soft });
  });

  function place(element, at) {
    if (!at) return;
    const box = byId('plane').getBoundingClientRect();
    const [x, y] = [box.left + at[0], box.top + at[1]];
    const { offsetWidth: wide, offsetHeight: high } = element;
    const left = x + 18 + wide > innerWidth - 8 ? x - 18 - wide : x + 18;
    const top = Math.max(8, Math.min(innerHeight - high - 8, y - high / 2));
    element.style.transform = `translate(${Math.round(Math.max(8, left))}px, ${Math.round(top)}px)`;
  }
}

function figures(app, id) {
  const { library, state } = app;
  const parts = state.model.targets.map(({ name }) => {
    const [low, high] = [library.at(`low:${name}`, id), library.at(`high:${name}`, id)];
    const interval = Number.isNaN(low) ? '' : ` (${number(low)} to ${number(high)})`;
    const truth = library.at(`truth:${name}`, id);
    return `${name} ${number(library.at(`value:${name}`, id))}${interval}${Number.isNaN(truth) ? '' : `, truth ${number(truth)}`}`;
  });
  if (library.mayBe[id]) parts.push(`may be ${library.mayBe[id]}`);
  if (library.column('familiarity')) parts.push(`familiarity ${number(library.at('familiarity', id))}`);
  if (library.trueLabel[id] !== undefined) parts.push(`truth ${library.trueLabel[id]}`);
  return [...parts, duration(library.at('seconds', id))].filter((part) => part !== '–').join(' · ');
}
