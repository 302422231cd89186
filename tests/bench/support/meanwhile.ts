/** Checks that the real console responds during long work. */
import { _electron, type ElectronApplication, type Page } from '@playwright/test';
import { recordAtMost, limitWork, note } from './figures.ts';
import { quantile } from './measure.ts';

const ANSWER_LIMIT_MS = 200;
const BLOCK_LIMIT_MS = 50;
const CALL_EVERY_MS = 20;
const PATIENCE = { timeout: 120_000 };

/** Opens the packaged console on a data folder, and closes it after `work`. */
export async function useConsole(
  folder: string,
  work: (page: Page, application: ElectronApplication) => Promise<void>,
): Promise<void> {
  const executablePath = process.env['ARCWARDEN_APP'];
  if (executablePath === undefined) throw new Error('ARCWARDEN_APP names no console; run: npm run bench');
  const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const application = await _electron.launch({ executablePath, args: [...asRoot, '--lang=en-US', '--data', folder] });
  try {
    const page = await application.firstWindow(PATIENCE);
    await page.locator('html[data-ready=true]').waitFor(PATIENCE);
    await work(page, application);
  } finally {
    await application.close();
  }
}

/**
 * Calls a method of the contract, and keeps calling the overview until that method has answered. Returns the duration
 * of each call in milliseconds.
 */
function callMeanwhile(page: Page, method: string, argument: unknown): Promise<{ took: number; others: number[] }> {
  return page.evaluate(
    async ([name, given, everyMs]) => {
      const call = (called: string, value?: unknown) => window.arcwarden.call(called, value);
      const began = performance.now();
      let took: number | undefined;
      const main = call(name, given).then((answer) => {
        took = performance.now() - began;
        // A long answer arrives as lines of JSON.
        const isText = Array.isArray(answer);
        const beginning = isText ? new TextDecoder().decode(answer[0] as Uint8Array) : JSON.stringify(answer);
        if (!beginning.startsWith('{"ok":true')) throw new Error(`${name}: ${beginning.slice(0, 200)}`);
      });
      const others: number[] = [];
      while (took === undefined) {
        const asked = performance.now();
        await call('inventory.overview');
        others.push(performance.now() - asked);
        await new Promise((done) => setTimeout(done, everyMs));
      }
      await main;
      return { took, others };
    },
    [method, argument, CALL_EVERY_MS] as const,
  );
}

/** Records the time of a call, and limits how long other calls take during it. */
export async function measureCall(page: Page, what: string, method: string, argument: unknown): Promise<void> {
  const { took, others } = await callMeanwhile(page, method, argument);
  note(what, took, 'ms');
  recordAtMost(ANSWER_LIMIT_MS, `another answer during ${what}, 95 %`, quantile(others, 0.95), 'ms');
}

/**
 * Starts to measure the longest time for which main is blocked; calling the returned function records it. Excludes time
 * in which main was ready to run but other threads occupied both processors.
 */
export async function watchMain(application: ElectronApplication): Promise<(what: string) => Promise<void>> {
  await application.evaluate(() => {
    const { readFileSync } = process.mainModule!.require('node:fs') as typeof import('node:fs');
    const waitMs = (): number => Number(readFileSync('/proc/self/schedstat', 'latin1').split(' ')[1]) / 1e6;
    let last = { at: performance.now(), waitedMs: waitMs() };
    let longest = 0;
    setInterval(() => {
      const now = { at: performance.now(), waitedMs: waitMs() };
      longest = Math.max(longest, now.at - last.at - (now.waitedMs - last.waitedMs) - 1);
      last = now;
      Object.assign(globalThis, { longest });
    }, 1);
  });
  return async (what) => {
    const longest = await application.evaluate(() => (globalThis as unknown as { longest: number }).longest);
    limitWork(BLOCK_LIMIT_MS, what, longest);
  };
}
