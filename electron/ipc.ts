import { isAbsolute } from 'node:path';
import { BrowserWindow, ipcMain, type IpcMainInvokeEvent } from 'electron';
import type { Announce } from '../core/console/announce.ts';
import { ConsoleError, toResult } from '../core/shared/problem.ts';
import type { Settings } from '../core/shared/settings.ts';
import type { Ports } from '../core/shared/ports.ts';
import { CALL_CHANNEL, DROP_CHANNEL, LINES_CHANNEL, eventChannel } from './channels.ts';
import { ORIGIN } from './security.ts';
import type { ConsoleServices } from './services/console-services.ts';

const MOST_DROPPED = 1_000;
/** Main copies so much to the page in about a millisecond. */
const BYTES_AT_ONCE = 250_000;

/**
 * Hands every call of the page to the services, which check its name and its argument; only the sender is checked here.
 * Settings are read at once, since the page draws nothing before it knows them; `asked` is called before anything else is
 * answered.
 */
export function answerCalls(
  services: Pick<ConsoleServices, 'answer'>,
  ports: Pick<Ports, 'ids' | 'log'>,
  { settings, asked }: { settings: () => Settings; asked: () => void },
): void {
  const answers = new LongAnswers();
  ipcMain.handle(CALL_CHANNEL, (event, name: unknown, argument: unknown) =>
    checked(event, ports, async () => {
      if (name === 'settings.read' && argument === undefined) {
        // The page has just been loaded: nobody takes what an earlier one asked for.
        answers.clear();
        return { ok: true, value: settings() };
      }
      asked();
      const answer = await services.answer(name, argument);
      return Array.isArray(answer) ? { answer: answers.add(answer as Uint8Array[]) } : answer;
    }),
  );
  ipcMain.handle(LINES_CHANNEL, (event, number: unknown) => checked(event, ports, () => answers.take(number)));
}

/** Answers in lines of JSON. The page takes them a part at a time, since main can do nothing else while it copies one. */
class LongAnswers {
  readonly #left = new Map<unknown, Uint8Array[]>();
  #last = 0;

  /** Gives the number by which the page takes the answer. */
  add(lines: Uint8Array[]): number {
    this.#last += 1;
    this.#left.set(this.#last, lines);
    return this.#last;
  }

  clear(): void {
    this.#left.clear();
  }

  /** The next lines; none after the last one. */
  take(number: unknown): Uint8Array[] {
    const left = this.#left.get(number) ?? [];
    let count = 0;
    for (let bytes = 0; count < left.length && bytes < BYTES_AT_ONCE; count += 1) bytes += left[count]!.length;
    if (count === left.length) this.#left.delete(number);
    return left.splice(0, count);
  }
}

/** Hands the paths of dropped files to the services, which announce tickets: the page decides what to do with them. */
export function answerDrops(services: Pick<ConsoleServices, 'call'>, ports: Pick<Ports, 'ids' | 'log'>): void {
  ipcMain.handle(DROP_CHANNEL, (event, paths: unknown) =>
    checked(event, ports, async () => {
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

/** Sends an event to the page of every window. */
export const announceToWindows: Announce = (feature, event, payload) => {
  for (const window of BrowserWindow.getAllWindows()) {
    window.webContents.send(eventChannel(`${feature}.${String(event)}`), payload);
  }
};

/** Only the main frame of one of our windows, showing our own page, may call. */
function isOurPage(event: IpcMainInvokeEvent): boolean {
  const frame = event.senderFrame;
  if (frame === null || frame !== event.sender.mainFrame) return false;
  return frame.url === `${ORIGIN}/index.html` || frame.url.startsWith(`${ORIGIN}/index.html#`);
}

async function checked(
  event: IpcMainInvokeEvent,
  ports: Pick<Ports, 'ids' | 'log'>,
  work: () => unknown,
): Promise<unknown> {
  const result = await toResult(ports, () => {
    if (!isOurPage(event)) throw new ConsoleError('argument.invalid', { reason: 'sender' });
    return work();
  });
  // Methods return a Result of their own; only a refusal before the call is wrapped here.
  return result.ok ? result.value : result;
}
