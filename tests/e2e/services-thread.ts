import { readFileSync } from 'node:fs';
import type { Worker } from 'node:worker_threads';
import type { ElectronApplication, Page } from '@playwright/test';
import { mainApi } from './main-api.ts';

interface WithServices {
  services?: Worker;
}

/** Makes the thread of the services, the only worker thread of main, available to later evaluations. */
async function catchServices(application: ElectronApplication, page: Page): Promise<void> {
  await application.evaluate(() => {
    const threads = process.mainModule!.require('node:worker_threads') as typeof import('node:worker_threads');
    const { prototype } = threads.Worker;
    const original = Object.getOwnPropertyDescriptor(prototype, 'postMessage')!;
    Object.defineProperty(prototype, 'postMessage', {
      ...original,
      value(this: Worker, message: unknown) {
        Object.assign(globalThis, { services: this });
        Object.defineProperty(prototype, 'postMessage', original);
        this.postMessage(message);
      },
    });
  });
  await mainApi(page).inventory.overview();
}

/** Ends the thread of the services, as a bug or a lack of memory would. */
export async function killServices(application: ElectronApplication, page: Page): Promise<void> {
  await catchServices(application, page);
  await application.evaluate(async () => {
    await (globalThis as WithServices).services?.terminate();
  });
}

/** Takes a heap snapshot of the thread of the services, writes it to `file`, and returns it. */
export async function heapOfServices(application: ElectronApplication, page: Page, file: string): Promise<Buffer> {
  await catchServices(application, page);
  await application.evaluate(async (_electron, path) => {
    const { writeFileSync } = process.mainModule!.require('node:fs') as typeof import('node:fs');
    const snapshot = await (globalThis as WithServices).services!.getHeapSnapshot();
    // In Electron 25, the stream stalls if it is read piece by piece.
    const chunks: string[] = [];
    await new Promise((ended) => snapshot.on('data', (chunk) => chunks.push(String(chunk))).on('end', ended));
    writeFileSync(path, chunks.join(''));
  }, file);
  return readFileSync(file);
}
