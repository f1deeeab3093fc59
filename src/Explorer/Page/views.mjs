// Which parts are shown, and which tool is in the hand.
import { byId, el, fill, press } from 'explorer/dom';

export function showViews(app, plane, table, find) {
  const [views, modes, tabs, tint] = [byId('views'), byId('modes'), byId('tabs'), byId('tint')];
  const { abilities, model, kind } = app.state;

  const setView = (view) => {
    document.body.dataset.view = view;
    press(views, 'view', view);
    table.draw();
    plane.draw();
  };
  views.addEventListener('click', ({ target }) => { if (target.dataset.view) setView(target.dataset.view); });
  tabs.addEventListener('click', ({ target }) => { if (target.dataset.tab) setTab(target.dataset.tab); });
  const setTab = (tab) => {
    document.body.dataset.tab = tab;
    press(tabs, 'tab', tab);
    table.draw();
  };

  modes.addEventListener('click', ({ target }) => { if (target.dataset.mode) app.setMode(target.dataset.mode); });
  modes.querySelector('[data-mode=teach]').hidden = !abilities.teach;
  app.on('mode', () => {
    press(modes, 'mode', app.mode);
    byId('plane').dataset.mode = app.mode;
    if (app.mode === 'teach') setTab('sound');
  });

  byId('zoom-in').addEventListener('click', () => plane.zoomBy(1.5));
  byId('zoom-out').addEventListener('click', () => plane.zoomBy(1 / 1.5));
  byId('fit').addEventListener('click', () => plane.fit());
  byId('whole').addEventListener('click', () => plane.whole());
  byId('worst').hidden = kind !== 'run';
  byId('worst').addEventListener('click', () => worst());

  let choices = '';
  app.on('rows', () => {
    const { library, measures } = app;
    const tints = [['plain', 'One colour']];
    if (model.classes.length > 0) tints.push(['label', 'Emotion']);
    if (library.trueLabel.length > 0) tints.push(['trueLabel', 'Truth']);
    if (new Set(library.group.slice(0, 5000)).size > 1) tints.push(['group', 'Group']);
    tints.push(...measures.map(({ key, name }) => [key, name]));
    const sign = tints.join();
    if (sign === choices) return;
    const first = choices === '';
    choices = sign;
    fill(tint, ...tints.map(([key, name]) => el('option', { value: key }, name)));
    if (first && model.classes.length > 0) plane.tint = 'label';
    tint.value = plane.tint;
    if (first) app.tell('tint');
  });
  tint.addEventListener('change', () => {
    plane.tint = tint.value;
    app.tell('tint');
  });

  app.on('found', () => {
    const empty = byId('empty');
    byId('tint-label').hidden = app.library.count === 0;
    const nothing = app.library.count === 0 ? (app.state.progress.working ? 'The first sounds are being predicted …' : 'No sounds here yet. What is put into the folder appears by itself; or drop sounds on this page.')
      : app.foundCount === 0 ? 'No sound is all of this at once. Take a word or a slider back.' : '';
    empty.hidden = nothing === '';
    empty.textContent = nothing;
  });

  /** Sorts by error and plays the worst; the table shows the rest. */
  function worst() {
    if (!app.library.column('error')) return;
    app.setOrder('error', true);
    if (document.body.dataset.view === 'plane') setView('both');
    setTab('list');
    app.setCurrent(app.list()[0] ?? -1, { play: true });
  }

  return {
    worst,
    find: () => {
      setTab('find');
      find.focus();
    },
    back: () => {
      if (app.mode !== 'move') app.setMode('move');
      else if (!byId('curve').hidden) byId('curve-close').click();
      else if (app.asked.like) app.forgetLike();
      else if (app.selection.size > 0) app.selection.clear();
      else app.player.stop();
    },
  };
}
