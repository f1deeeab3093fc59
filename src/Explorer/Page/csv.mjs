// Tables and playlists as `predict` and the server write them, for the page without a server.

/** A float32 in the shortest form, as .NET writes it: with an exponent below 0.0001 and from ten millions on. */
export function float(value) {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? 'NaN' : value > 0 ? 'Infinity' : '-Infinity';
  if (Object.is(value, -0)) return '-0';
  const size = Math.abs(value);
  if (size === 0 || (size >= 1e-4 && size < 1e7)) return String(value);
  const [digits, exponent] = value.toExponential().split('e');
  return `${digits}E${exponent[0]}${exponent.slice(1).padStart(2, '0')}`;
}

// Text that a spreadsheet would take for a formula and run; numbers are none.
const isFormula = (text) => /^[=@\t\r]/.test(text) || (/^[+-]/.test(text) && Number.isNaN(Number(text)));

/** A field of CSV, in quotes where it needs them, and with an apostrophe before what a spreadsheet would run. */
export function field(cell) {
  const text = isFormula(cell.replace(/^'+/, '')) ? `'${cell}` : cell;
  return /[",\r\n]|^[ \t]|[ \t]$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/**
 * The rows of `predict -o`: the clip, then its ratings, or its label and the probabilities; last how sure the model is.
 * @param prefix What `predict` puts before the path of a sound.
 */
export function table(library, ids, prefix = '') {
  const { targets, classes, doubts } = library.model;
  const [names, keys] = targets.length > 0
    ? [targets.map(({ name }) => name), targets.map(({ name }) => `value:${name}`)]
    : [['label', ...classes.map((name) => `p_${name}`)], classes.map((name) => `p:${name}`)];
  const ends = doubts.intervals.flatMap((name) => [`low:${name}`, `high:${name}`]);
  const sure = [
    ...doubts.intervals.flatMap((name) => [`${name}_low`, `${name}_high`]),
    ...(doubts.sets ? ['prediction_set'] : []),
    ...(doubts.familiarity ? ['familiarity'] : []),
  ];
  const lines = [['clip', ...names, ...sure]];
  for (const id of ids) {
    const label = targets.length > 0 ? [] : [library.label[id] ?? ''];
    lines.push([
      (prefix + library.path[id]).replaceAll('\\', '/'), ...label,
      ...[...keys, ...ends].map((key) => float(library.at(key, id))),
      ...(doubts.sets ? [library.set[id] ?? ''] : []),
      ...(doubts.familiarity ? [float(library.at('familiarity', id))] : []),
    ]);
  }

  return lines.map((line) => `${line.map(field).join(',')}\n`).join('');
}

/** An M3U playlist of addresses. */
export function playlist(library, ids, addressOf) {
  const lines = ids.map((id) => `#EXTINF:${Math.round(library.at('seconds', id)) || -1},${library.name(id)}\n${addressOf(id)}\n`);
  return `#EXTM3U\n${lines.join('')}`;
}
