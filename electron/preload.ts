import { contextBridge, ipcRenderer, webUtils, type IpcRendererEvent } from 'electron';
import { EVENTS, METHODS } from '../core/contract.ts';
import { callChannel, DROP_CHANNEL, eventChannel } from './channels.ts';

type Listener = (payload: unknown) => void;

const bridge: Record<string, Record<string, unknown>> = {};
for (const [feature, methods] of Object.entries(METHODS)) {
  bridge[feature] = Object.fromEntries(
    Object.keys(methods).map((method) => [
      method,
      (argument?: unknown) => ipcRenderer.invoke(callChannel(feature, method), argument),
    ]),
  );
}
const subscriptions: Record<string, Record<string, (listener: Listener) => () => void>> = {};
for (const [feature, events] of Object.entries(EVENTS)) {
  subscriptions[feature] = Object.fromEntries(
    Object.keys(events).map((event) => [
      event,
      (listener: Listener) => {
        const receive = (_event: IpcRendererEvent, payload: unknown): void => {
          listener(payload);
        };
        ipcRenderer.on(eventChannel(feature, event), receive);
        return () => {
          ipcRenderer.removeListener(eventChannel(feature, event), receive);
        };
      },
    ]),
  );
}
contextBridge.exposeInMainWorld('arcwarden', { ...bridge, on: subscriptions });

/** Electron before 29 has the path on the file itself; the page must not learn it either way. */
function pathOf(file: File): string {
  // The types know only the newest Electron, where webUtils is always present.
  const utilities = webUtils as typeof webUtils | undefined;
  return utilities === undefined ? ((file as File & { path?: string }).path ?? '') : utilities.getPathForFile(file);
}

window.addEventListener('dragover', (event) => {
  event.preventDefault();
});
window.addEventListener('drop', (event) => {
  event.preventDefault();
  const paths = [...(event.dataTransfer?.files ?? [])].map(pathOf).filter((path) => path !== '');
  if (paths.length > 0) void ipcRenderer.invoke(DROP_CHANNEL, paths);
});
