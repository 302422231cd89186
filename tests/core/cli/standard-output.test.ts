import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { certificateFiles } from '../../support/fleet.ts';
import { runInFolder } from '../../support/command-line.ts';

const NOW = '2026-11-24T12:00:00Z';

let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'arcwarden-output-'));
  for (const [path, content] of Object.entries(await certificateFiles({ cluster: 'retail-east' }))) {
    mkdirSync(dirname(join(folder, 'fleet', path)), { recursive: true });
    writeFileSync(join(folder, 'fleet', path), content);
  }
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const run = (command: string) => runInFolder(folder, ...command.split(' '), '--now', NOW);

describe('the file name -', () => {
  test('means standard output; all other output goes to standard error', async () => {
    const { out, notices } = await run('expiry report fleet --out -');
    expect(out).toMatch(/^<!doctype html>.*<\/html>\s*$/su);
    expect(notices).toContain('standard output');
    const metrics = await run('expiry check fleet --prometheus -');
    expect(metrics.out).toMatch(/^# HELP/u);
    expect(metrics.out).not.toContain('retail-east  ');
    expect(metrics.notices).toContain('apiserver');
    const plan = await run('expiry plan fleet --markdown -');
    expect(plan.out).toMatch(/^# Maintenance windows/u);
    expect(plan.notices).toContain('standard output');
    expect((await run('expiry report fleet --out - --lang ja')).notices).toContain('標準出力');
  });

  test('is the same as no --out for a verb that prints its document anyway', async () => {
    for (const words of ['inventory list fleet --csv', 'inventory list fleet --json', 'inventory list fleet']) {
      const printed = await run(`${words} --out -`);
      expect(printed).toEqual(await run(words));
      expect(printed.out).not.toBe('');
    }
  });

  test.each([
    ['sample --out -', 'does not write to standard output'],
    ['repair plan --failure F07 --cluster a --out -', 'does not write to standard output'],
    ['authority identity new a b --out -', 'does not write to standard output'],
    ['runs export 0123456789abcdef --out -', 'does not write to standard output'],
    ['authority export a b --format pem --with-key --out -', 'needs the name of a file'],
    ['expiry report fleet --out - --json', 'both write to standard output'],
    ['expiry plan fleet --ics - --markdown -', 'both write to standard output'],
  ])(
    'is refused for a command that does not print its file, or would print a secret or two documents: %s',
    async (command, reason) => {
      const { code, out, notices } = await run(command);
      expect({ code, out }).toEqual({ code: 2, out: '' });
      expect(notices).toContain(reason);
    },
  );

  test('creates no file', () => {
    expect(readdirSync(folder)).toEqual(['fleet']);
  });
});
