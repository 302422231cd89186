import { isAbsolute } from 'node:path';
import { BrowserWindow, ipcMain, type IpcMainInvokeEvent } from 'electron';
import type { Announce } from '../core/console/announce.ts';
import { ConsoleError, runForResult } from '../core/shared/problem.ts';
import type { Settings } from '../core/shared/settings.ts';
import type { Ports } from '../core/shared/ports.ts';
import { CALL_CHANNEL, DROP_CHANNEL, LINES_CHANNEL, eventChannel } from './channels.ts';
import { ORIGIN } from './security.ts';
import type { ConsoleServices } from './services/console-services.ts';

const MOST_DROPPED = 1_000;
/** Main takes about a millisecond to copy this many. */
const BYTES_AT_ONCE = 250_000;

/**
 * Passes the page's calls to the services, which check them. Answers requests for settings immediately, because the
 * page needs them to draw; calls `asked` before other answers.
 */
export function answerCalls(
  services: Pick<ConsoleServices, 'answer'>,
  ports: Pick<Ports, 'ids' | 'log'>,
  { settings, asked }: { settings: () => Settings; asked: () => void },
): void {
  const answers = new LongAnswers();
  ipcMain.handle(CALL_CHANNEL, (event, name: unknown, argument: unknown) =>
    runForOurPage(event, ports, async () => {
      if (name === 'settings.read' && argument === undefined) {
        // The page is new: answers to the former one are dropped.
        answers.clear();
        return { ok: true, value: settings() };
      }
      asked();
      const answer = await services.answer(name, argument);
      return Array.isArray(answer) ? { answer: answers.add(answer as Uint8Array[]) } : answer;
    }),
  );
  ipcMain.handle(LINES_CHANNEL, (event, number: unknown) => runForOurPage(event, ports, () => answers.take(number)));
}

/** Answers that the page fetches in parts, as lines of JSON, because main is blocked while it copies. */
class LongAnswers {
  readonly #left = new Map<unknown, Uint8Array[]>();
  #last = 0;

  add(lines: Uint8Array[]): number {
    this.#last += 1;
    this.#left.set(this.#last, lines);
    return this.#last;
  }

  clear(): void {
    this.#left.clear();
  }

  take(number: unknown): Uint8Array[] {
    const left = this.#left.get(number) ?? [];
    let count = 0;
    for (let bytes = 0; count < left.length && bytes < BYTES_AT_ONCE; count += 1) bytes += left[count]!.length;
    if (count === left.length) this.#left.delete(number);
    return left.splice(0, count);
  }
}

export function answerDrops(services: Pick<ConsoleServices, 'call'>, ports: Pick<Ports, 'ids' | 'log'>): void {
  ipcMain.handle(DROP_CHANNEL, (event, paths: unknown) =>
    runForOurPage(event, ports, async () => {
      const sound =
        Array.isArray(paths) &&
        paths.length <= MOST_DROPPED &&
        paths.every((path): path is string => typeof path === 'string' && isAbsolute(path));
      if (!sound) throw new ConsoleError('argument.invalid', { reason: 'paths' });
      await services.call('drop', paths);
      return { ok: true, value: null };
    }),
  );
}

export const announceToWindows: Announce = (feature, event, payload) => {
  for (const window of BrowserWindow.getAllWindows()) {
    window.webContents.send(eventChannel(`${feature}.${String(event)}`), payload);
  }
};

/** Accepts only calls from the main frame of our page. */
function isOurPage(event: IpcMainInvokeEvent): boolean {
  const frame = event.senderFrame;
  if (frame === null || frame !== event.sender.mainFrame) return false;
  return frame.url === `${ORIGIN}/index.html` || frame.url.startsWith(`${ORIGIN}/index.html#`);
}

async function runForOurPage(
  event: IpcMainInvokeEvent,
  ports: Pick<Ports, 'ids' | 'log'>,
  work: () => unknown,
): Promise<unknown> {
  const result = await runForResult(ports, () => {
    if (!isOurPage(event)) throw new ConsoleError('argument.invalid', { reason: 'sender' });
    return work();
  });
  // Methods return their own Result; any other failure has to be wrapped.
  return result.ok ? result.value : result;
}
