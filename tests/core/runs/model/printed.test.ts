import { describe, expect, test } from 'vitest';
import type { FailureId } from '../../../../core/knowledge/model/failure.ts';
import type { ClusterId } from '../../../../core/shared/ids.ts';
import { instant } from '../../../../core/shared/instant.ts';
import { commandText, listOpenValues, type Plan } from '../../../../core/plan/model/plan.ts';
import { repairPlan, type RepairTarget } from '../../../../core/repair/model/plan.ts';
import { fillPrinted, listPrinted, listPrinters } from '../../../../core/runs/model/printed.ts';
import { fillPlan, type CommandResult, type RunRecord } from '../../../../core/runs/model/run.ts';
import { makeRun, result } from '../plans.ts';

const HEAD = `
VMName                            IPAddresses
------                            -----------
`;

function makeRepair(more: Partial<RepairTarget> = {}, ...failures: FailureId[]): Plan {
  const failed = failures.length === 0 ? ['F02' as const] : failures;
  const target: RepairTarget = {
    id: 'east' as ClusterId,
    name: 'retail-east',
    kind: 'workload',
    failures: failed,
    ...more,
  };
  return repairPlan({ now: instant('2026-11-25T12:00:00Z'), targets: [target] });
}

/** Returns a run whose lookup of the machines has ended, and the position of the first step that needs an address. */
function recordLookup(
  text: string,
  { plan = makeRepair(), more = {} }: { plan?: Plan; more?: Partial<CommandResult> } = {},
) {
  const looked = plan.steps.findIndex(({ command }) => command && commandText(command).includes('Get-VM '));
  const at = plan.steps.findIndex((step) => listOpenValues(step).some((name) => name.startsWith('control-plane-ip')));
  expect(looked).toBeGreaterThanOrEqual(0);
  expect(at).toBeGreaterThan(looked);
  const run = makeRun(plan);
  const output = { head: text, tail: '', leftOutBytes: 0, secrets: 0 };
  const steps = run.steps.map((each, index) =>
    index === looked ? { ...each, state: 'done' as const, tries: 1, result: result({ output, ...more }) } : each,
  );
  return { run: { ...run, steps }, at, looked };
}

function addressIn({ run, at }: { run: RunRecord; at: number }) {
  return listPrinted(run, at).find(({ name }) => name.startsWith('control-plane-ip'));
}

function valueIn(text: string, more: Parameters<typeof recordLookup>[1] = {}): string | undefined {
  return addressIn(recordLookup(HEAD + text, more))?.value;
}

describe('the address of a control plane that an earlier step has printed', () => {
  test('is filled in where it is needed, and says which step printed it', () => {
    const { run, at, looked } = recordLookup(
      `${HEAD}retail-east-control-plane-z2zjn   {10.0.0.4, fe80::215:5dff:fe01:1}\nretail-east-md-k5csx  {10.0.0.9}\nother-control-plane-aaaaa  {10.0.0.5}\n`,
    );
    const address = { value: '10.0.0.4', of: 'retail-east-control-plane-z2zjn' };
    expect(addressIn({ run, at })).toEqual({
      name: 'control-plane-ip',
      step: looked + 1,
      choices: [address],
      value: '10.0.0.4',
    });
    const filled = fillPrinted(run);
    expect(listOpenValues(filled.steps[at]!)).not.toContain('control-plane-ip');
    const { command, check } = filled.steps[at]!;
    const text = [command, check?.command].map((each) => each && commandText(each)).join('\n');
    expect(text).toContain('clouduser@10.0.0.4');
    // The output is the only copy.
    expect(JSON.stringify(run.plan)).not.toContain('10.0.0.4');
  });

  test('gives way to a value that a person entered', () => {
    const { run, at } = recordLookup(`${HEAD}retail-east-control-plane-z2zjn   {10.0.0.4}\n`);
    const entered = { ...run, plan: fillPlan(run.plan, new Map([['control-plane-ip', '10.0.0.77']])) };
    expect(addressIn({ run: entered, at })).toBeUndefined();
    expect(JSON.stringify(fillPrinted(entered))).toContain('10.0.0.77');
    expect(JSON.stringify(fillPrinted(entered).steps)).not.toContain('10.0.0.4"');
  });

  test.each([
    [
      'of several machines',
      'retail-east-control-plane-aaaaa {10.0.0.4}\nretail-east-control-plane-bbbbb {10.0.0.5}',
      2,
    ],
    ['of one machine', 'retail-east-control-plane-aaaaa {10.0.0.4, 10.0.0.10}', 2],
    [
      'of two adapters of a machine',
      'retail-east-control-plane-a {10.0.0.4}\nretail-east-control-plane-a {10.9.0.4}',
      2,
    ],
    ['in a list that was cut', 'retail-east-control-plane-aaaaa {10.0.0.4, 10.0.0.1...', 1],
    ['in a list that was shortened', 'retail-east-control-plane-aaaaa {10.0.0.4, fe80::1...}', 1],
    ['of a machine with another name pattern', 'retail-east-node-1 {10.0.0.4}', 1],
  ])('is only offered if there are several candidates: %s', (_title, text, count) => {
    const found = addressIn(recordLookup(`${HEAD}${text}\n`));
    expect(found?.value).toBeUndefined();
    expect(found?.choices).toHaveLength(count);
  });

  test.each([
    ['another cluster whose name begins with that name', 'retail-east-2-control-plane-aaaaa {10.0.0.4}'],
    ['another cluster', 'retail-control-plane-aaaaa {10.0.0.4}'],
  ])('is not the address of %s', (_title, text) => {
    expect(valueIn(`${text}\n`)).toBeUndefined();
  });

  test.each([
    ['no address', 'retail-east-control-plane-aaaaa {}'],
    ['an address of the local link alone', 'retail-east-control-plane-aaaaa {fe80::1, 169.254.3.4}'],
    ['something else', 'retail-east-control-plane-aaaaa {10.0.0.400, 10.0.0.4; reboot, $(reboot)}'],
    ['text around it', 'WARNING: retail-east-control-plane-aaaaa {10.0.0.4} was not found'],
    ['names alone', 'retail-east-control-plane-aaaaa'],
  ])('is neither filled in nor offered where the line has %s', (_title, text) => {
    expect(addressIn(recordLookup(`${HEAD}${text}\n`))).toBeUndefined();
  });

  test('is not used if the step has failed or wrote errors', () => {
    const text = 'retail-east-control-plane-aaaaa {10.0.0.4}\n';
    expect(valueIn(text)).toBe('10.0.0.4');
    expect(valueIn(text, { more: { exitCode: 1 } })).toBeUndefined();
    expect(valueIn(text, { more: { ended: 'with-errors' } })).toBeUndefined();
  });

  test('is only offered if a part of the output was not kept, or if the name of the cluster is a guess', () => {
    const text = `${HEAD}retail-east-control-plane-aaaaa {10.0.0.4}\n`;
    const cut = recordLookup(text, { more: { output: { head: text, tail: '', leftOutBytes: 7, secrets: 0 } } });
    const guessed = recordLookup(text, { plan: makeRepair({ nameEvidence: 'node-names' }) });
    for (const each of [cut, guessed])
      expect([addressIn(each)?.value, addressIn(each)?.choices.length]).toEqual([undefined, 1]);
  });

  test('is found by the name of the cluster in commands', () => {
    const plan = makeRepair({ name: 'edge (fb2b53bb)', commandName: 'edge' });
    expect(valueIn('edge-control-plane-aaaaa {10.0.0.4}\n', { plan })).toBe('10.0.0.4');
  });

  test.each(['F01', 'F02', 'F08'] as const)(
    'is announced before the run as printed by a step of the plan (%s)',
    (id) => {
      const plan = makeRepair({}, id);
      const printers = listPrinters(plan.steps);
      const printer = printers.get('control-plane-ip');
      expect(commandText(plan.steps[(printer ?? 0) - 1]!.command!)).toContain('Get-VM ');
    },
  );
});
