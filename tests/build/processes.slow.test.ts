import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

import { describe, expect, test, vi } from 'vitest';

import { descendants, onSilence, run } from '../../build/processes.mjs';
import { ROOT } from '../../build/paths.mjs';
import { temporaryFolder } from '../support/temporary-folder.ts';

const node = (script: string, options: object = {}) =>
  run(process.execPath, ['-e', script], { output: 'collect', ...options });

describe('a program', () => {
  test('returns its exit code and its output', async () => {
    expect(await node(`console.log('a'); console.error('b'); process.exitCode = 3;`)).toEqual({
      code: 3,
      output: 'a\nb\n',
      timedOut: false,
    });
  });

  test('that does not exist returns 127 and a reason', async () => {
    const result = await run('no-such-program-here', [], { output: 'collect' });
    expect(result).toMatchObject({ code: 127, timedOut: false });
    expect(result.output).toMatch(/ENOENT/);
  });

  test('that prints nothing for too long is killed and returns 124', async () => {
    expect(await node('setInterval(() => {}, 1000)', { quietMs: 300 })).toMatchObject({ code: 124, timedOut: true });
  });

  test('that takes too long is killed and returns 124', async () => {
    expect(await node('setInterval(() => {}, 1000)', { timeoutMs: 300 })).toMatchObject({ code: 124, timedOut: true });
  });

  test.runIf(process.platform === 'linux')(
    'that takes too long is killed with its descendants, even in another process group',
    async () => {
      const script = `
        const { spawn } = require('node:child_process');
        const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'],
          { detached: true, stdio: 'ignore' });
        console.log(child.pid);
        setInterval(() => {}, 1000);`;
      const { output, timedOut } = await node(script, { timeoutMs: 700 });
      expect(timedOut).toBe(true);
      await expect.poll(() => isRunning(Number(output))).toBe(false);
    },
  );
});

test('a program is killed after five minutes without any sign of activity, however long it ran before', () => {
  vi.useFakeTimers();
  try {
    const stop = vi.fn();
    let signs = 0;
    const watch = onSilence(300_000, () => `${signs}`, stop);
    for (let minute = 0; minute < 240; minute += 4, signs += 1) vi.advanceTimersByTime(240_000);
    expect(stop).not.toHaveBeenCalled();
    vi.advanceTimersByTime(305_000);
    expect(stop).toHaveBeenCalledOnce();
    clearInterval(watch);
  } finally {
    vi.useRealTimers();
  }
});

test('a program that prints nothing can signal that it is still active', async () => {
  const file = join(temporaryFolder(), 'pulse');
  const script = `
    import { pulse } from ${JSON.stringify(pathToFileURL(join(ROOT, 'tests/rigs/reporter.mjs')).href)};
    pulse();`;
  await run(process.execPath, ['--input-type=module', '-e', script], {
    env: { ...process.env, ARCWARDEN_PULSE: file },
  });
  expect(existsSync(file)).toBe(true);
});

test.runIf(process.platform === 'linux')('a process without children has no descendants', () => {
  expect(descendants(2 ** 22 + 1)).toEqual([]);
});

function isRunning(pid: number): boolean {
  try {
    // In state Z, a process has ended but its new parent has not reaped it yet.
    return !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
}
