import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { BrowserWindow } from 'electron';

const PAINTED_WITHIN_MS = 60_000;
const LOOK_EVERY_MS = 50;

export async function captureBoard(window: BrowserWindow, file: string): Promise<void> {
  const deadline = performance.now() + PAINTED_WITHIN_MS;
  const ready = (): Promise<unknown> =>
    window.webContents.executeJavaScript("document.documentElement.dataset.ready === 'true'", true);
  while ((await ready()) !== true) {
    if (performance.now() > deadline) throw new Error('the board was not painted in time');
    await pause(LOOK_EVERY_MS);
  }
  // The document takes two more frames to appear.
  await window.webContents.executeJavaScript(
    'new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(true))))',
    true,
  );
  const picture = await window.webContents.capturePage();
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, picture.toPNG());
}
