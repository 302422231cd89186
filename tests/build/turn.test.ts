import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, expect, test } from 'vitest';

import { takeTurn } from '../../build/machine/setup.mjs';

let folder: string;
let file: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'arcwarden-turn-'));
  file = join(folder, 'turn');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const NOBODY = (): void => undefined;
const ENDED_PROCESS = 2 ** 22 + 1;

test('a second process waits for the first and is told the process id of the first', async () => {
  const events: string[] = [];
  let end = NOBODY;
  const isWaitedFor = new Promise<void>((resolve) => (end = resolve));
  const first = takeTurn(file, NOBODY, async () => {
    events.push('first begins');
    await isWaitedFor;
    events.push('first ends');
  });
  const second = takeTurn(
    file,
    (holder) => {
      events.push(`waits for ${holder === process.pid ? 'the first' : holder}`);
      end();
    },
    async () => events.push('second'),
  );
  await Promise.all([first, second]);
  expect(events).toEqual(['first begins', 'waits for the first', 'first ends', 'second']);
});

test('a turn ends with its work, even if the work fails', async () => {
  await expect(takeTurn(file, NOBODY, () => Promise.reject(new Error('full disk')))).rejects.toThrow('full disk');
  expect(existsSync(file)).toBe(false);
});

test('a process does not wait for one that no longer exists', async () => {
  writeFileSync(file, String(ENDED_PROCESS));
  expect(await takeTurn(file, NOBODY, async () => 'done')).toBe('done');
});
