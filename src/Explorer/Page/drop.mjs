// Sounds that come from outside: dropped, chosen or recorded. Each is sent, answered and becomes the current one.
import { byId } from 'explorer/dom';

const isSound = /\.(wav|wave|flac|aiff?|aifc|ogg|oga|opus|mp3|au|caf|w64|rf64)$/i;

export function takeIn(app) {
  const shade = byId('dropping');
  if (!app.state.abilities.upload) {
    byId('adding').hidden = true;
    return { upload: async () => {} };
  }

  async function upload(files) {
    const errors = [];
    for (const [i, file] of files.entries()) {
      app.announce(`Listening to ${file.name}`);
      if (files.length > 1) app.alert(`Listening to ${file.name}, ${i + 1} of ${files.length}`, true);
      try {
        const ids = app.take(await app.source.upload(file.name, file));
        app.setCurrent(ids.at(-1) ?? -1);
      } catch (error) {
        errors.push(files.length > 1 ? `${file.name}: ${error.message}` : error.message);
      }
    }

    const added = files.length - errors.length;
    if (errors.length === 0) app.alert(`${added === 1 ? 'Added' : `Added ${added} sounds`}. What is added here is not kept when the explorer ends.`, true);
    else app.alert(errors.length > 3 ? `${errors.length} sounds could not be read. First: ${errors[0]}` : errors.join(' '));
  }

  byId('choose').addEventListener('click', () => byId('files').click());
  byId('files').addEventListener('change', async () => {
    await upload([...byId('files').files]);
    byId('files').value = '';
  });
  let depth = 0;
  const isFiles = (event) => [...(event.dataTransfer?.types ?? [])].includes('Files');
  addEventListener('dragenter', (event) => {
    if (!isFiles(event)) return;
    depth++;
    shade.hidden = false;
  });
  addEventListener('dragleave', (event) => {
    if (isFiles(event) && --depth <= 0) shade.hidden = true;
  });
  addEventListener('dragover', (event) => { if (isFiles(event)) event.preventDefault(); });
  addEventListener('drop', async (event) => {
    if (!isFiles(event)) return;
    event.preventDefault();
    depth = 0;
    shade.hidden = true;
    const files = [...event.dataTransfer.files];
    const entries = [...event.dataTransfer.items].map((item) => item.webkitGetAsEntry?.()).filter(Boolean);
    // What is named is tried; of a folder only what looks like sound.
    if (!entries.some((entry) => entry.isDirectory)) await upload(files);
    else await upload((await Promise.all(entries.map(filesOf))).flat().filter(({ name }) => isSound.test(name)));
  });
  return { upload };
}

/** The files of a dropped entry, those of folders included. */
async function filesOf(entry) {
  if (entry.isFile) return [await new Promise((resolve, reject) => { entry.file(resolve, reject); })];
  const reader = entry.createReader();
  const files = [];
  for (;;) {
    const entries = await new Promise((resolve, reject) => { reader.readEntries(resolve, reject); });
    if (entries.length === 0) return files;
    for (const child of entries) files.push(...await filesOf(child));
  }
}
