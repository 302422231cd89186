import { describe, expect, onTestFinished, test, type TestContext } from 'vitest';
import type { CommandResult } from '../../core/runs/model/run.ts';
import { HOSTILE_NAMES } from '../core/maintenance/export/plans.ts';
import { cmdlet } from '../core/runs/plans.ts';
import { HostMachine, type Fault } from '../support/host-machine.ts';
import { needPowerShell } from '../support/real-power-shell.ts';
import { sharePowerShell } from './shared.ts';
import { runOnHost, type HostRun } from './windows-power-shell.ts';

/* Tests the scripts of a run, which the real PowerShell reads from standard input. */

const { stubs } = sharePowerShell();

interface Told {
  result: CommandResult;
  machine: HostMachine;
}

async function run(
  context: TestContext,
  name: string,
  faults: readonly Fault[] = [],
  more: Partial<HostRun> = {},
): Promise<Told> {
  const pwsh = needPowerShell(context);
  const machine = new HostMachine(stubs).suffer(...faults);
  onTestFinished(() => machine.remove());
  return { result: await runOnHost(cmdlet('Get-AksHciCluster', name), { pwsh, stubs, machine, ...more }), machine };
}

describe('a command of a run', () => {
  test('passes each unusual value unchanged as a single value', async (context) => {
    const names = [
      ...HOSTILE_NAMES.filter((_, at) => at % 6 === 0),
      "two\nlines'@\nStop-Computer",
      '\u6771\u65e5\u672c',
    ];
    const got: unknown[] = [];
    for (const name of names) {
      const { result, machine } = await run(context, name);
      got.push([
        result.ended,
        result.exitCode,
        machine.calls().map((call) => call.kind === 'cmdlet' && call.parameters['name']),
      ]);
    }
    expect(got).toEqual(names.map((name) => ['itself', 0, [name]]));
  });

  test('prints Japanese text unchanged', async (context) => {
    const { result } = await run(context, 'a', [
      { kind: 'warning', text: '\u8a3c\u660e\u66f8\u306e\u671f\u9650\u5207\u308c' },
    ]);
    expect(result.output.head).toContain('\u8a3c\u660e\u66f8\u306e\u671f\u9650\u5207\u308c');
  });

  test('that throws has failed, and its output contains the reason', async (context) => {
    const { result } = await run(context, 'a', [{ kind: 'throw', text: 'certificate has expired' }]);
    expect([result.ended, result.exitCode]).toEqual(['itself', 1]);
    expect(result.output.head).toContain('certificate has expired');
  });

  test('that asks a question has failed, since nobody can answer', async (context) => {
    const { result } = await run(context, 'a', [{ kind: 'type', text: 'your name' }]);
    expect([result.ended, result.exitCode]).toEqual(['itself', 1]);
    expect(result.output.head).toMatch(/NonInteractive/u);
  });

  test('that ends PowerShell is neither done nor failed, whatever its exit code, since its end is unknown', async (context) => {
    // A command ended by the `exit` statement always returns 1.
    for (const [kind, text, exitCode] of [
      ['exit', '0', 1],
      ['host-exit', '0', 0],
      ['host-exit', '3', 3],
    ] as const) {
      const { result, machine } = await run(context, 'a', [{ kind, text }]);
      expect([result.ended, result.exitCode]).toEqual(['unseen', exitCode]);
      expect(machine.calls()).toHaveLength(1);
    }
  });

  test('prints no part of the mark that the runner adds at the end', async (context) => {
    const shown: string[] = [];
    const { result } = await run(context, 'a', [], { onOutput: (text) => shown.push(text) });
    expect([result.ended, result.exitCode]).toEqual(['itself', 0]);
    for (const text of [shown.join(''), result.output.head]) {
      expect(text).toContain('v1.29.4');
      expect(text).not.toMatch(/\u001e|[0-9a-f]{16}/u);
    }
  });

  test('that hangs is stopped at its time limit', async (context) => {
    const { result } = await run(context, 'a', [{ kind: 'hang', text: '600' }], { timeoutMs: 5_000 });
    expect([result.ended, result.exitCode]).toEqual(['timed-out', null]);
    expect(result.tookMs).toBeLessThan(40_000);
  });

  test('that is cancelled ends immediately', async (context) => {
    const pwsh = needPowerShell(context);
    const machine = new HostMachine(stubs).suffer({ kind: 'hang', text: '600' });
    onTestFinished(() => machine.remove());
    const controller = new AbortController();
    const running = runOnHost(cmdlet('Get-AksHciCluster', 'a'), { pwsh, stubs, machine, signal: controller.signal });
    const isCalled = (): boolean => machine.calls().length > 0;
    await expect.poll(isCalled).toBe(true);
    controller.abort();
    const { ended } = await running;
    expect(ended).toBe('cancelled');
  });

  test('may print megabytes, of which the beginning and the end are kept', async (context) => {
    const { result } = await run(context, 'a', [{ kind: 'megabytes', text: '5' }]);
    expect([result.ended, result.exitCode]).toEqual(['itself', 0]);
    expect(result.output.leftOutBytes).toBeGreaterThan(2 * 1024 ** 2);
    expect(result.output.head).toMatch(/^(?:x ){512}/u);
    expect(result.output.tail).toContain('v1.29.4');
  });
});

describe('on this computer and in a session with another computer', () => {
  const places = [
    ['here', {}],
    ['there', { session: '$null' }],
  ] as const;

  test.for(places)('a cmdlet that writes an error and continues reaches its end: %s', async ([, more], context) => {
    const { result } = await run(context, 'a', [{ kind: 'error-and-on', text: 'one of two is away' }], more);
    expect([result.ended, result.exitCode], result.output.head).toEqual(['with-errors', 3]);
    expect(result.output.head).toContain('one of two is away');
    expect(result.output.head).toContain('v1.29.4');
  });

  test.for([
    ['here', { language: 'ConstrainedLanguage' }],
    ['there', { session: "$ExecutionContext.SessionState.LanguageMode = 'ConstrainedLanguage'" }],
  ] as const)('a policy that restricts the language is named, and nothing runs: %s', async ([, more], context) => {
    const { result, machine } = await run(context, 'a', [], more);
    expect(result.ended, result.output.head).toBe('not-started');
    expect(result.output.head).toMatch(/WDAC or AppLocker.*ConstrainedLanguage.*about_Language_Modes/u);
    expect(machine.calls()).toEqual([]);
  });
});
