// The page: makes the parts and joins them, follows what comes.
import { announce } from 'explorer/announce';
import { App } from 'explorer/app';
import { showCard } from 'explorer/card';
import { Curve } from 'explorer/curve';
import { Details } from 'explorer/details';
import { takeIn } from 'explorer/drop';
import { Find } from 'explorer/find';
import { Head } from 'explorer/head';
import { listenToKeys } from 'explorer/keys';
import { showLegend } from 'explorer/legend';
import { Peaks } from 'explorer/peaks';
import { Plane } from 'explorer/plane';
import { Player } from 'explorer/player';
import { record } from 'explorer/recorder';
import { Table } from 'explorer/table';
import { Take } from 'explorer/take';
import { teacher } from 'explorer/teach';
import { showViews } from 'explorer/views';

/** Opens the page on a source, its state and its first rows. */
export function open(source, state, rows) {
  const app = new App(source, state);
  app.player = new Player(source);
  const peaks = new Peaks(source);
  const teach = teacher(app);
  announce(app);
  const head = new Head(app);
  const plane = new Plane(app, teach);
  const curve = new Curve(app);
  new Details(app, peaks, { along: (id) => curve.open(id), teach });
  const find = new Find(app);
  const table = new Table(app);
  new Take(app);
  showCard(app, plane, peaks);
  showLegend(app, plane);
  const { upload } = takeIn(app);
  if (state.abilities.upload) record(app, upload);
  const views = showViews(app, plane, table, find);
  listenToKeys(app, {
    ...views,
    step: (key, extend) => plane.step(key, extend),
    like: (id) => state.abilities.similar && app.findLike(id).catch((error) => app.alert(error.message)),
    along: (id) => state.abilities.windows && curve.open(id),
    zoom: (factor) => plane.zoomBy(factor),
    whole: () => plane.whole(),
  });
  app.take(rows);
  if (app.library.count === 0) app.find();
  follow(app, head, rows.revision);
  // Where tests and the console find the parts.
  globalThis.explorer = { app, plane, table, curve };
  document.body.dataset.ready = 'true';
}

/** Fetches rows as they are predicted: one question at a time, the next when there is something new. */
function follow(app, head, revision) {
  let [known, asking] = [revision, false];
  const { shown } = app.state.progress;
  const update = async (progress) => {
    // Another page chose what of the run is shown.
    if (progress.shown !== shown) location.reload();
    app.state.progress = progress;
    head.progress(progress);
    if (asking || progress.revision === known) return;
    asking = true;
    try {
      const rows = await app.source.clips(known);
      known = rows.revision;
      app.take(rows);
    } catch (error) {
      app.alert(error.message);
    } finally {
      asking = false;
    }
  };
  app.source.watch(update, (lost) => head.connected(!lost));
}
