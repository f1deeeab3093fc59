// What is said: to screen readers quietly, and to all in a line that goes away.
import { byId } from 'explorer/dom';
import { duration } from 'explorer/measures';

export function announce(app) {
  const [live, toast] = [byId('live'), byId('toast')];
  let timer;
  app.on('say', () => { live.textContent = app.said; });
  app.on('current', () => {
    const id = app.current;
    if (id < 0) return;
    const chosen = app.selection.has(id) ? ', selected' : '';
    live.textContent = `${app.library.name(id)}: ${app.describe(id)}, ${duration(app.library.at('seconds', id))}${chosen}`;
  });
  const put = () => {
    clearTimeout(timer);
    toast.hidden = true;
  };
  // A complaint is about what was current.
  app.on('current', () => { if (toast.className === 'bad') put(); });
  app.on('dismiss', put);
  toast.addEventListener('click', put);
  app.on('alert', () => {
    clearTimeout(timer);
    live.textContent = '';
    toast.textContent = app.alerted.text;
    toast.className = app.alerted.good ? 'good' : 'bad';
    toast.hidden = false;
    timer = setTimeout(put, app.alerted.good ? 4000 : 12_000);
  });
}
