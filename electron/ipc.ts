import { isAbsolute } from 'node:path';
import { BrowserWindow, ipcMain, type IpcMainInvokeEvent } from 'electron';
import type { Announce } from '../core/console.ts';
import type { ConsoleApi } from '../core/contract.ts';
import { writeJsonSteps } from '../core/shared/stepwise/json-pieces.ts';
import { ConsoleError, toResult } from '../core/shared/problem.ts';
import type { Settings } from '../core/settings/model/settings.ts';
import type { Ports } from '../core/shared/ports.ts';
import { CALL_CHANNEL, DROP_CHANNEL, eventChannel } from './channels.ts';
import { ORIGIN } from './security.ts';

const MOST_DROPPED = 1_000;
/** Of writing a long answer, before others have their turn. */
const SLICE_MS = 4;

/**
 * Handles every method of the contract: checks the sender, then the name and the shape of the argument, and calls the
 * method once the console is ready. Settings are read at once, since the page draws nothing before it knows them; `asked`
 * is called before anything else is answered.
 */
export function answerCalls(
  console: Promise<ConsoleApi>,
  ports: Pick<Ports, 'ids' | 'log' | 'scheduler'>,
  { settings, asked }: { settings: () => Settings; asked: () => void },
): void {
  ipcMain.handle(CALL_CHANNEL, (event, name: unknown, argument: unknown) =>
    checked(event, ports, async () => {
      if (name === 'settings.read' && argument === undefined) return { ok: true, value: settings() };
      asked();
      const { callFault, isTextAnswer } = await import('../core/contract.ts');
      const fault = callFault(name, argument);
      if (fault !== undefined) throw new ConsoleError('argument.invalid', { reason: fault });
      const [feature = '', method = ''] = String(name).split('.');
      const api = (await console) as unknown as Calls;
      const call = api[feature]?.[method];
      if (call === undefined) throw new Error(`method without implementation: ${feature}.${method}`);
      const answer = await call(argument);
      return isTextAnswer(name) ? toPieces(answer, ports.scheduler) : answer;
    }),
  );
}

/** Everything else has its turn in between; not after each piece, of which a list of many clusters has hundreds of small ones. */
async function toPieces(answer: unknown, scheduler: Ports['scheduler']): Promise<string[]> {
  const steps = writeJsonSteps(answer);
  let began = scheduler.elapsedMs();
  for (;;) {
    const { done, value } = steps.next();
    if (done === true) return value;
    if (scheduler.elapsedMs() - began < SLICE_MS) continue;
    await scheduler.yield();
    began = scheduler.elapsedMs();
  }
}

type Calls = Record<string, Record<string, (argument: unknown) => Promise<unknown>>>;

/** Turns dropped paths into tickets and tells the page, which decides what to do with them. */
export function answerDrops(
  tickets: Pick<Ports['tickets'], 'issue'>,
  announce: Announce,
  ports: Pick<Ports, 'ids' | 'log'>,
): void {
  ipcMain.handle(DROP_CHANNEL, (event, paths: unknown) =>
    checked(event, ports, () => {
      const sound =
        Array.isArray(paths) &&
        paths.length <= MOST_DROPPED &&
        paths.every((path): path is string => typeof path === 'string' && isAbsolute(path));
      if (!sound) throw new ConsoleError('argument.invalid', { reason: 'paths' });
      // What a dropped file is for depends on the screen, which only the page knows; it is always read.
      announce('application', 'dropped', {
        tickets: paths.map((path) => tickets.issue(path, 'read:import', 'read:evidence')),
      });
      return Promise.resolve({ ok: true, value: null });
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
  work: () => Promise<unknown>,
): Promise<unknown> {
  const result = await toResult(ports, () => {
    if (!isOurPage(event)) throw new ConsoleError('argument.invalid', { reason: 'sender' });
    return work();
  });
  // Methods return a Result of their own; only a refusal before the call is wrapped here.
  return result.ok ? result.value : result;
}
