// The window around the explorer's page: starts it, shows it, lets sounds be dragged out as files, and ends it.
import { app, BrowserWindow, dialog, ipcMain, Menu, nativeImage, session, shell } from 'electron';
import { isAbsolute, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startExplorer } from './explorer.mjs';

const preload = fileURLToPath(new URL('preload.cjs', import.meta.url));
const dragIcon = nativeImage.createFromBitmap(Buffer.alloc(24 * 24 * 4, 0x90), { width: 24, height: 24 });

// What comes after the program, and in development after the folder of the app.
const args = process.argv.slice(app.isPackaged ? 1 : 2);

let model = args.length === 2 ? args[0] : undefined;
let explorer = null;
let window = null;
let root = '';

async function open(what) {
  const before = explorer;
  explorer = null;
  await before?.stop();
  window.setTitle('Starting …');
  try {
    explorer = await startExplorer(what, (line) => console.log(line));
    ({ root } = await (await fetch(new URL('api/state', explorer.address))).json());
    await window.loadURL(explorer.address);
  } catch (error) {
    dialog.showErrorBox('The explorer did not start', error.message);
  }
}

async function chooseFolder() {
  if (!model) {
    const { filePaths } = await dialog.showOpenDialog(window, { title: 'Model', filters: [{ name: 'Models', extensions: ['onnx'] }] });
    [model] = filePaths;
  }

  const { filePaths: [folder] } = model ? await dialog.showOpenDialog(window, { title: 'Sounds', properties: ['openDirectory'] }) : { filePaths: [] };
  if (folder) await open([model, folder]);
}

/** Only the page of the explorer is shown in the window; only it may ask for the microphone. */
function guard() {
  const isOurs = (address) => explorer !== null && new URL(address).origin === new URL(explorer.address).origin;
  window.webContents.on('will-navigate', (event, address) => { if (!isOurs(address)) event.preventDefault(); });
  window.webContents.setWindowOpenHandler(({ url }) => {
    if (url.startsWith('https:')) shell.openExternal(url);
    return { action: 'deny' };
  });
  session.defaultSession.setPermissionRequestHandler((contents, permission, answer, { requestingUrl }) => {
    answer(isOurs(requestingUrl) && (permission === 'media' || permission === 'clipboard-sanitized-write'));
  });
}

// The page asks for a file by its path; what lies outside the folder that is open is not handed out.
ipcMain.on('drag-out', (event, file) => {
  const within = typeof file === 'string' && root !== '' ? relative(root, file) : '..';
  if (within.startsWith('..') || isAbsolute(within)) return;
  event.sender.startDrag({ file, icon: dragIcon });
});

app.whenReady().then(async () => {
  window = new BrowserWindow({
    width: 1280, height: 860, backgroundColor: '#808080',
    webPreferences: { preload, contextIsolation: true, nodeIntegration: false, sandbox: true },
  });
  guard();
  Menu.setApplicationMenu(Menu.buildFromTemplate([
    { label: 'File', submenu: [{ label: 'Open folder …', accelerator: 'CmdOrCtrl+O', click: chooseFolder }, { role: 'quit' }] },
    { role: 'editMenu' }, { role: 'viewMenu' }, { role: 'windowMenu' },
  ]));
  await open(args);
});

app.on('window-all-closed', () => app.quit());
app.on('before-quit', async (event) => {
  if (!explorer) return;
  event.preventDefault();
  const ending = explorer;
  explorer = null;
  await ending.stop();
  app.quit();
});
