import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import stateCode from '../../core/plan/export/power-shell/state.ps1';
import { needPowerShell, powerShellEnvironment } from '../support/real-power-shell.ts';
import { sharePowerShell } from './shared.ts';

const { stubs } = sharePowerShell();

test('a script flushes its state file to disk before the file replaces the previous one', (context) => {
  const program = needPowerShell(context);
  context.skip(spawnSync('strace', ['-V']).status !== 0, 'strace is not here, which shows the order of system calls');
  const folder = mkdtempSync(join(tmpdir(), 'arcwarden-flush-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const script = join(folder, 'save.ps1');
  const trace = join(folder, 'trace');
  writeFileSync(
    script,
    `param($File)\n${stateCode}\nSave-Kept $File @{ done = @() }\nSave-Kept $File @{ done = @('one') }`,
  );
  execFileSync(
    'strace',
    [
      ...['-f', '-y', '-e', 'trace=fsync,rename,renameat,renameat2', '-o', trace],
      ...[program, '-NoProfile', '-File', script, join(folder, 'plan.state.json')],
    ],
    { env: powerShellEnvironment(stubs) },
  );
  const calls = readFileSync(trace, 'utf8')
    .split('\n')
    .filter((line) => line.includes('plan.state.json.part'))
    .map((line) => /(fsync|rename)/u.exec(line)?.[1]);
  expect(calls).toEqual(['fsync', 'rename', 'fsync', 'rename']);
  expect(readFileSync(join(folder, 'plan.state.json'), 'utf8')).toContain('one');
});
