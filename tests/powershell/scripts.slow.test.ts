import { describe, expect, test } from 'vitest';
import { needPowerShell, runScript, type ScriptStart, type Way } from '../support/real-power-shell.ts';
import { carriesName } from './calls.ts';
import { EXIT, saysDone } from './decided.ts';
import {
  bundleScripts,
  FAILURE_IDS,
  hostileScripts,
  maintenanceScripts,
  repairScripts,
  updateScripts,
  verification,
  type WrittenScript,
} from './scripts.ts';
import { sharePowerShell } from './shared.ts';
import { proveFaults, proveParsed, proveRuns, type Figure } from './suite.ts';
import { walk } from './walk.ts';

/* Tests a sample of the scripts that `scripts.proof.test.ts` runs. */

const shared = sharePowerShell();
const EVERY_SIXTH = FAILURE_IDS.filter((_, at) => at % 6 === 0);

const apart = {
  stubs: shared.stubs,
  host: { run: (...starts: ScriptStart[]) => Promise.all(starts.map((start) => runScript(shared.stubs, start))) },
};

function expectAll(figures: object): void {
  for (const { against } of Object.values(figures) as Figure[]) expect(against).toEqual([]);
}

describe('scripts have no syntax errors, run to their end with unchanged values, and change nothing with -WhatIf', () => {
  test.for<readonly [string, () => Promise<WrittenScript[]>]>([
    ['a repair plan for every sixth failure', () => repairScripts(EVERY_SIXTH, /^one cluster$/u)],
    ['a plan for each kind of fleet', () => repairScripts(['F11'])],
    ['plans for hostile names', async () => hostileScripts(['F11'])],
    ['updates', async () => updateScripts()],
    ['maintenance and its registration', async () => maintenanceScripts(['retail-east', "'; rm -rf /; '"])],
    ['recoveries', () => bundleScripts(['retail-east', '$(Stop-Computer)'])],
  ])('%s', async ([, written], context) => {
    needPowerShell(context);
    const scripts = await written();
    expect(scripts).not.toEqual([]);
    expectAll({ parsed: await proveParsed(shared, scripts), ...(await proveRuns(shared, scripts)) });
  });
});

test('a name that would end a string is passed on unchanged', async (context) => {
  needPowerShell(context);
  // No program can receive a name with a zero byte, which ends an argument.
  for (const script of hostileScripts(['F07']).filter(({ names }) => !names?.[0]?.includes('\0'))) {
    const { calls, machine } = await walk(shared, script);
    machine.remove();
    expect([script.title, carriesName(calls, script.names?.[0] ?? '')]).toEqual([script.title, true]);
  }
});

test('a script stops with a message if a cmdlet throws or a program exits with 3, and resumes when started again', async (context) => {
  needPowerShell(context);
  const scripts = [
    ...(await repairScripts(['F11'], /^one cluster$/u)),
    ...(await bundleScripts(['retail-east'])).slice(0, 1),
  ];
  for (const kind of ['throw', 'exit-code'] as const) expectAll(await proveFaults(shared, scripts, kind));
});

test('a script has the same outcome in a separate process and in the shared one, from a file and from a console', async (context) => {
  needPowerShell(context);
  const [script] = await repairScripts(['F11'], /^one cluster$/u);
  const outcomes: unknown[] = [];
  for (const way of ['file', 'console'] satisfies Way[])
    for (const place of [shared, apart]) {
      // `-File` cannot pass a table of values, but this plan needs none.
      const end = await walk(place, script ?? verification(), { way });
      end.machine.remove();
      const calls = end.calls.map(({ name }) => name);
      outcomes.push({ code: end.exitCode, isDone: saysDone(script ?? verification(), end.output), calls });
    }
  expect(outcomes[0]).toMatchObject({ code: EXIT.done, isDone: true });
  for (const outcome of outcomes) expect(outcome).toEqual(outcomes[0]);
});

describe('the verifier of a bundle', () => {
  test.for([
    ['without changes', {}, EXIT.done],
    ['with a changed file', { 'undo.yaml': 'undo: false\n' }, EXIT.stopped],
    ['with an extra file', { 'more.txt': '' }, EXIT.stopped],
    ['without readable sums', { SHA256SUMS: 'nonsense\n' }, EXIT.refused],
  ] as const)('%s reports the result by its exit code', async ([, changes, code], context) => {
    needPowerShell(context);
    const end = await walk(shared, verification(changes));
    end.machine.remove();
    expect(end.exitCode).toBe(code);
  });
});
