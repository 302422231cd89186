import { contextBridge, ipcRenderer, webUtils, type IpcRendererEvent } from 'electron';
import type { Bridge } from '../core/shared/contract/bridge.ts';
import { CALL_CHANNEL, DROP_CHANNEL, LINES_CHANNEL, eventChannel } from './channels.ts';

const bridge: Bridge = {
  async call(method, argument) {
    const result = (await ipcRenderer.invoke(CALL_CHANNEL, method, argument)) as object;
    return 'answer' in result ? takeLines(result.answer) : result;
  },
  listen(event, listener) {
    const receive = (_event: IpcRendererEvent, payload: unknown): void => listener(payload);
    ipcRenderer.on(eventChannel(event), receive);
    return () => void ipcRenderer.removeListener(eventChannel(event), receive);
  },
};
contextBridge.exposeInMainWorld('arcwarden', bridge);

async function takeLines(answer: unknown): Promise<Uint8Array[]> {
  const lines: Uint8Array[] = [];
  for (;;) {
    const next = (await ipcRenderer.invoke(LINES_CHANNEL, answer)) as Uint8Array[];
    if (next.length === 0) return lines;
    for (const line of next) lines.push(line);
  }
}

/** Returns the path, which must not reach the page. Before Electron 29, the file itself provides it. */
function getPath(file: File): string {
  const utilities = webUtils as typeof webUtils | undefined;
  return utilities === undefined ? ((file as File & { path?: string }).path ?? '') : utilities.getPathForFile(file);
}

window.addEventListener('dragover', (event) => event.preventDefault());
window.addEventListener('drop', (event) => {
  event.preventDefault();
  const paths = [...(event.dataTransfer?.files ?? [])].map(getPath).filter((path) => path !== '');
  if (paths.length > 0) void ipcRenderer.invoke(DROP_CHANNEL, paths);
});
