// Stands in for Electron where it is not at hand: what examples/electron uses of it, with a page of Chromium as the window.
import { EventEmitter } from 'node:events';

/** What the program did with it. */
export const seen = { dragged: [], external: [], errors: [], exposed: new Map() };

class App extends EventEmitter {
  isPackaged = false;
  ended = new Promise((resolve) => { this.end = resolve; });

  whenReady() {
    return Promise.resolve();
  }

  quit() {
    const event = { defaultPrevented: false, preventDefault() { this.defaultPrevented = true; } };
    this.emit('before-quit', event);
    if (!event.defaultPrevented) this.end();
  }
}

class WebContents extends EventEmitter {
  setWindowOpenHandler(handler) {
    this.open = handler;
  }
}

export class BrowserWindow {
  static opened = new Promise((resolve) => { BrowserWindow.tellOpened = resolve; });
  webContents = new WebContents();

  constructor({ webPreferences }) {
    this.preferences = webPreferences;
  }

  setTitle() {}

  async loadURL(address) {
    this.address = address;
    BrowserWindow.tellOpened(this);
  }
}

export const app = new App();
export const ipcMain = new EventEmitter();
export const dialog = { showErrorBox: (title, text) => { seen.errors.push(`${title}: ${text}`); app.end(); } };
export const Menu = { buildFromTemplate: (template) => template, setApplicationMenu: (menu) => { seen.menu = menu; } };
export const nativeImage = { createFromBitmap: () => ({}) };
export const shell = { openExternal: (address) => seen.external.push(address) };
export const session = { defaultSession: { setPermissionRequestHandler: (handler) => { seen.mayUse = handler; } } };
export const contextBridge = { exposeInMainWorld: (name, functions) => seen.exposed.set(name, functions) };
export const ipcRenderer = {
  send: (channel, ...values) => ipcMain.emit(channel, { sender: { startDrag: ({ file }) => seen.dragged.push(file) } }, ...values),
};
