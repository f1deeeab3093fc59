// What the page may ask of the window: to drag a sound out as a file. The page uses it where it is there.
const { contextBridge, ipcRenderer } = require('electron');

contextBridge.exposeInMainWorld('serlabHost', { dragOut: (path) => ipcRenderer.send('drag-out', path) });
