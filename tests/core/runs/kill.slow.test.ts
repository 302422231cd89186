import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildCommandLine } from '../../../build/build.mjs';
import type { RunRecord, StepRecord } from '../../../core/runs/model/run.ts';
import { Lab, type Fate } from './killable-cli.ts';

/*
 * The real command line is killed by the operating system and then started again. Steps known to be done are not
 * repeated, and the outcome of the interrupted step is unknown.
 */

const SESSION = 'tests/fixtures/update/session.txt';
const BUILD = '1.0.17.10310';
/** The first step that changes something. */
const FIRST = 'update-host';
const SERIOUS = ['update-host', 'update-retail-east-v1-22-11'];
const BEGIN = ['update', 'run', SESSION, '--target', 'local', '--yes', '--from', FIRST];
const LONG_MS = 240_000;

const folder = mkdtempSync(join(tmpdir(), 'arcwarden-kill-'));
let cli = '';

beforeAll(async () => {
  cli = await buildCommandLine(folder);
}, LONG_MS);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

function aLab(): Lab {
  const lab = new Lab(cli, mkdtempSync(join(folder, 'lab-')));
  lab.put('newest', BUILD);
  return lab;
}

const goOn = (lab: Lab) =>
  lab.run([
    'update',
    'run',
    '--resume',
    lab.runId,
    '--target',
    'local',
    '--yes',
    ...SERIOUS.flatMap((step) => ['--accept', step]),
  ]);

const readDone = (lab: Lab): string[] => lab.read<{ done: string[] }>('state').done;
const isOver = ({ state }: StepRecord): boolean => state === 'done' || state === 'skipped';

/** The calls to the host in an undisturbed run. A cmdlet that reads a version is the check of the call before it. */
const CALLS = [
  ...['Update-AksHci', 'Get-AksHciVersion', 'Get-AksHciClusterUpdates', 'Update-AksHciCluster'],
  ...['Get-AksHciCluster', 'Get-AksHciNodePool', 'Get-AksHciCredential', 'kubectl'],
];
const CHANGING = ['Update-AksHci', 'Update-AksHciCluster', 'Get-AksHciCredential'];
const CHECKED = [0, 3];

function callsAgain({ call, when }: Fate): string[] {
  if (!CHECKED.includes(call)) return CALLS.slice(call);
  const looked = CALLS[call + 1] ?? '';
  // A step is not repeated if its check shows that it is done.
  return [looked, ...CALLS.slice(when === 'after' ? call + 2 : call)];
}

function expectWellEnded(run: RunRecord): void {
  expect(run.state).toBe('done');
  expect(run.steps.filter((step) => !isOver(step))).toEqual([]);
  const verdicts = run.steps.flatMap(({ check }) => check?.verdict ?? []);
  expect(verdicts).toEqual(['satisfied', 'satisfied']);
}

test('an undisturbed run reaches its end', async () => {
  const lab = aLab();
  const { code, error } = await lab.run(BEGIN);
  expect([code, error]).toEqual([0, '']);
  expect(lab.read('calls')).toEqual(CALLS);
  expect(readDone(lab)).toEqual(CHANGING);
  expectWellEnded(lab.record());
});

describe.concurrent('a run resumes after its program was killed during a step', () => {
  const fates = CALLS.flatMap((name, call) => (['before', 'after'] as const).map((when) => ({ name, call, when })));

  test.each(fates)(
    '$when $name (call $call) took effect',
    async ({ name: _name, ...fate }) => {
      const lab = aLab();
      lab.put('fate', fate);
      expect((await lab.run(BEGIN)).signal).toBe('SIGKILL');
      expect(lab.record().state).toBe('running');
      lab.put('fate', { call: -1 });
      const { code, error } = await goOn(lab);
      expect([code, error]).toEqual([0, '']);
      expect(lab.read('calls')).toEqual([...CALLS.slice(0, fate.call + 1), ...callsAgain(fate)]);
      // Only a repeatable step without a check is done twice.
      const isTwice = fate.when === 'after' && CALLS[fate.call] === 'Get-AksHciCredential';
      expect(readDone(lab)).toEqual(isTwice ? [...CHANGING, 'Get-AksHciCredential'] : CHANGING);
      expectWellEnded(lab.record());
    },
    LONG_MS,
  );
});

describe.concurrent('a run resumes after its program was killed as soon as its record showed a step', () => {
  const steps = [
    ...['update-host', 'updates-retail-east', 'update-retail-east-v1-22-11'],
    ...['pools-retail-east-v1-22-11', 'credential-retail-east'],
  ];

  test.each(steps)(
    '%s as done',
    async (step) => {
      const lab = aLab();
      let pid = 0;
      const ended = lab.run(BEGIN, (started) => {
        pid = started;
      });
      while (!lab.tellsDone(step)) await pause(1);
      process.kill(pid, 'SIGKILL');
      expect((await ended).signal).toBe('SIGKILL');
      const before = lab.record();
      const { code, error } = await goOn(lab);
      expect([code, error]).toEqual([0, '']);
      const after = lab.record();
      expectWellEnded(after);
      for (const [at, { id, state: was, tries }] of before.steps.entries())
        if (was === 'done') expect([id, after.steps[at]?.tries]).toEqual([id, tries]);
      expect(readDone(lab).filter((name) => name.startsWith('Update-'))).toEqual(CHANGING.slice(0, 2));
    },
    LONG_MS,
  );
});

describe.concurrent('while a command hangs', () => {
  test.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
    'no other run can begin on the same cluster, and %s ends the command and all programs that it started',
    async (signal) => {
      const lab = aLab();
      lab.put('fate', { call: 0, when: 'hang' } satisfies Fate);
      let pid = 0;
      const ended = lab.run(BEGIN, (started) => {
        pid = started;
      });
      while (!lab.has('hanging')) await pause(10);
      for (const words of [BEGIN, ['update', 'run', '--resume', lab.runId, '--target', 'local', '--yes']]) {
        const second = await lab.run(words);
        expect(second.code).toBe(2);
        expect(second.error).toContain('Another run is working on');
      }
      process.kill(pid, signal);
      expect((await ended).code).toBe(1);
      expect(isAlive(lab.read<number>('hanging'))).toBe(false);
      const { state, steps } = lab.record();
      expect(state).toBe('stopped');
      expect(steps.find(({ id }) => id === FIRST)?.state).toBe('cancelled');
      lab.put('fate', { call: -1 });
      // The check shows that the step was done before the command hung.
      expect((await goOn(lab)).code).toBe(0);
      expectWellEnded(lab.record());
      expect(readDone(lab)).toEqual(CHANGING);
    },
    LONG_MS,
  );

  test(
    'no run can begin before the command has ended, even if the program was killed; then the resumed run asks again',
    async () => {
      const lab = aLab();
      // The check cannot show that the step is done, since the host has an unexpected build.
      lab.put('newest', '1.0.18.10101');
      lab.put('fate', { call: 0, when: 'hang' } satisfies Fate);
      let pid = 0;
      const ended = lab.run(BEGIN, (started) => {
        pid = started;
      });
      while (!lab.has('hanging')) await pause(10);
      process.kill(pid, 'SIGKILL');
      await ended;
      const command = lab.read<number>('hanging');
      for (const words of [BEGIN, ['update', 'run', '--resume', lab.runId, '--target', 'local', '--yes']]) {
        const second = await lab.run(words);
        expect([second.code, second.error]).toEqual([
          2,
          expect.stringContaining(`is still running here: process ${command}.`),
        ]);
      }
      process.kill(command, 'SIGKILL');
      const { code, error } = await lab.run(['update', 'run', '--resume', lab.runId, '--target', 'local', '--yes']);
      expect(code).toBe(1);
      expect(error).toContain(`--accept ${FIRST}`);
      const step = lab.record().steps.find(({ id }) => id === FIRST);
      expect([step?.state, step?.check?.verdict]).toEqual(['unknown', 'not-satisfied']);
      expect(readDone(lab)).toEqual(['Update-AksHci']);
    },
    LONG_MS,
  );
});

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    // A process that has ended keeps its id until it is reaped.
    return !/^State:\s+Z/mu.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}
