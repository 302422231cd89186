import { contextBridge, ipcRenderer, webUtils, type IpcRendererEvent } from 'electron';
import type { Bridge } from '../core/shared/contract/bridge.ts';
import { CALL_CHANNEL, DROP_CHANNEL, eventChannel } from './channels.ts';

const bridge: Bridge = {
  call: (method, argument) => ipcRenderer.invoke(CALL_CHANNEL, method, argument),
  listen(event, listener) {
    const receive = (_event: IpcRendererEvent, payload: unknown): void => {
      listener(payload);
    };
    ipcRenderer.on(eventChannel(event), receive);
    return () => {
      ipcRenderer.removeListener(eventChannel(event), receive);
    };
  },
};
contextBridge.exposeInMainWorld('arcwarden', bridge);

/** Electron before 29 has the path on the file itself; the page must not learn it either way. */
function getPath(file: File): string {
  // The types know only the newest Electron, where webUtils is always present.
  const utilities = webUtils as typeof webUtils | undefined;
  return utilities === undefined ? ((file as File & { path?: string }).path ?? '') : utilities.getPathForFile(file);
}

window.addEventListener('dragover', (event) => {
  event.preventDefault();
});
window.addEventListener('drop', (event) => {
  event.preventDefault();
  const paths = [...(event.dataTransfer?.files ?? [])].map(getPath).filter((path) => path !== '');
  if (paths.length > 0) void ipcRenderer.invoke(DROP_CHANNEL, paths);
});
