// What the colours of the points mean: a ramp with its ends, or a dot for each kind.
import { byId, el, fill } from 'explorer/dom';
import { rangeOf } from 'explorer/measures';
import { kindsOf } from 'explorer/points';

const mostKinds = 10;

export function showLegend(app, plane) {
  const box = byId('legend');
  app.on('rows tint theme layout', () => {
    const parts = [...colours(app, plane.tint)];
    if (app.library.column('familiarity')) parts.push(el('span', { className: 'paler' }, 'paler: strange to the model'));
    fill(box, ...parts);
    box.hidden = parts.length === 0;
  });
}

function colours(app, tint) {
  const kinds = app.layout.kind === 'classes' && tint === 'label' ? [] : kindsOf(app.library, tint);
  if (kinds) {
    const shown = kinds.slice(0, mostKinds).map((kind, i) => el('span', {}, el('i', { className: `dot kind-${i % 10}` }), kind));
    return kinds.length > mostKinds ? [...shown, el('span', {}, 'and others')] : shown;
  }

  const measure = app.measures.find(({ key }) => key === tint);
  const range = measure && rangeOf(app.library, measure.key);
  if (!range) return [];
  const ramp = el('i', { className: 'ramp' });
  ramp.style.background = `linear-gradient(to right, ${app.theme.ramp.join(', ')})`;
  const [low, high] = measure.poles.map((pole, end) => `${pole} ${measure.format(range[end])}`);
  return [el('span', {}, low, ramp, high)];
}
