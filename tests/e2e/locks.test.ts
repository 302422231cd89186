import { execFile } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import { expect, test } from './console.ts';
import { COMMAND_LINE } from './prepared.ts';
import { mainApi } from './main-api.ts';

const PATIENCE_MS = 240_000;
/** Longer than the lifetime of a lock that is not renewed. */
const BUSY_MS = 9_000;

test.describe.configure({ timeout: PATIENCE_MS });

/** Runs a command that changes the data folder; returns its exit code and notices. */
async function changeByCommand(data: string): Promise<{ code: number; notices: string }> {
  const words = [COMMAND_LINE, 'settings', 'set', 'theme', 'dark', '--data', data, '--lang', 'en'];
  try {
    await promisify(execFile)(process.execPath, words);
    return { code: 0, notices: '' };
  } catch (error) {
    const { code, stderr } = error as { code: number; stderr: string };
    return { code, notices: stderr };
  }
}

test('a console keeps its lock on the data folder, however long it is busy', async ({ start, dataFolder }) => {
  const { application, page } = await start();
  const busy = application.evaluate((_electron, forMs) => {
    const until = Date.now() + forMs;
    while (Date.now() < until);
  }, BUSY_MS);
  const { code, notices } = await changeByCommand(dataFolder);
  expect([code, notices]).toEqual([2, expect.stringContaining('Another Arcwarden is using the data folder')]);
  await busy;
  expect(await mainApi(page).settings.change({ theme: 'light' })).toMatchObject({ ok: true });
});

test('a console that was suspended while another process changed the data becomes read-only and reports why', async ({
  start,
  dataFolder,
}) => {
  const { application, page } = await start();
  await application.evaluate(({ dialog }) => {
    dialog.showMessageBox = (...given: unknown[]) => {
      Object.assign(globalThis, { asked: (given.at(-1) as { message: string }).message });
      return Promise.resolve({ response: 1, checkboxChecked: false });
    };
  });
  const main = application.process();
  main.kill('SIGSTOP');
  const changed = await changeByCommand(dataFolder);
  main.kill('SIGCONT');
  expect(changed).toMatchObject({ code: 0 });

  const readQuestion = () => application.evaluate(() => (globalThis as { asked?: string }).asked);
  while ((await readQuestion()) === undefined) await pause(100);
  expect(await readQuestion()).toBe('Another Arcwarden has taken over the data folder');
  const api = mainApi(page);
  expect(await api.settings.change({ theme: 'light' })).toMatchObject({
    ok: false,
    problem: { code: 'store.lock-lost' },
  });
  expect(await api.inventory.overview()).toMatchObject({ ok: true });
  expect(await changeByCommand(dataFolder)).toMatchObject({ code: 0 });
});
