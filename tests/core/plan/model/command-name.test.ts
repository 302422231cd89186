import { describe, expect, test } from 'vitest';
import { clusterValues, remedyCommand, findCommandName } from '../../../../core/plan/model/command-name.ts';
import { openValues, type Plan } from '../../../../core/plan/model/plan.ts';
import { repairOrder } from '../../../../core/availability/model/repair-order.ts';
import { powerOffClocks } from '../../../../core/availability/model/power-off.ts';
import { LIFETIME_CLASSES } from '../../../../core/knowledge/model/credentials/lifetimes.ts';
import { AGENT, credential, NOW_MS, place, makePlan, stepCommand } from '../../repair/fleet-by-hand.ts';

const SHOWN = ['retail-east (63244336)', 'edge (fb2b53bb)', 'kubernetes', 'default', ''];

test.each(SHOWN)('“%s” can be displayed, but not used in commands', (name) => {
  expect(findCommandName({ name })).toBeUndefined();
  expect(findCommandName({ name, nameEvidence: 'moc-identity' })).toBeUndefined();
  expect(remedyCommand({ command: 'Get-AksHciCredential -name <cluster>' }, { name })).toBe(
    'Get-AksHciCredential -name <cluster>',
  );
});

test.each([
  ...['Plant_7', "o'neil", '-edge', 'edge-', 'two words', '店舗', 'y'.repeat(254)],
  ...[
    '\u001B[2Jedge',
    'edge\nRemove-AksHciCluster',
    'e\u202Edge',
    'ed\u200Bge',
    '$(odd)',
    '<cluster>',
    'ed\u017Fe',
    '\u212Aiosk',
  ],
])('%j cannot be the name of a cluster and is never used in a command', (name) => {
  for (const named of [{ name }, { name: 'edge', commandName: name }]) {
    expect(findCommandName(named)).toBeUndefined();
    expect(remedyCommand({ command: 'Get-AksHciCredential -name <cluster>' }, named)).toBe(
      'Get-AksHciCredential -name <cluster>',
    );
  }
});

test.each(['retail-east', 'myCluster', 'a', 'edge2', 'a.b', 'y'.repeat(253)])(
  '“%s” can be displayed and used in commands',
  (name) => {
    expect(findCommandName({ name })).toBe(name);
  },
);

test('a name that is known for commands is used in commands, whatever name is displayed', () => {
  expect(findCommandName({ name: 'edge (fb2b53bb)', commandName: 'edge' })).toBe('edge');
});

test('each unknown name is requested separately', () => {
  const { openName } = clusterValues({ name: 'edge (fb2b53bb)' });
  expect(openName?.('cluster')).toBe('cluster-edge-fb2b53bb');
});

describe('a plan for clusters of the same name', () => {
  const twins = [place('edge'), place('edge (fb2b53bb)')];
  const rows = twins.flatMap((of) => [credential(of, 'apiserver', -9), credential(of, 'kms-plugin-token', -9)]);
  const plan: Plan = makePlan({ places: [AGENT, ...twins], rows, named: twins.map(({ id }) => id) });

  test('contains a placeholder for the unknown name', () => {
    const commands = plan.steps.flatMap(({ command, check, undo, instead }) =>
      [{ command }, check, undo, ...(instead?.steps ?? [])].flatMap((each) =>
        each === undefined ? [] : stepCommand(each),
      ),
    );
    expect(commands.filter((text) => text.includes('fb2b53bb)'))).toEqual([]);
    expect(commands).toContain('Update-AksHciClusterCertificates -name edge -fixKubeletCredentials');
    expect(commands).toContain('Update-AksHciClusterCertificates -name <cluster> -fixKubeletCredentials');
    expect(openValues(plan)).toContain('cluster');
  });

  test('still displays the names of the clusters', () => {
    expect(plan.clusters.map(({ name }) => name)).toEqual(expect.arrayContaining(twins.map(({ name }) => name)));
    expect(new Set(plan.steps.map(({ cluster }) => cluster))).toContain('edge (fb2b53bb)');
  });

  test('the commands of the power-off clock contain no displayed names either', () => {
    const clocks = powerOffClocks(twins, rows, { nowMs: NOW_MS, classes: LIFETIME_CLASSES, facts: {} });
    expect(clocks.flatMap(({ repairOrder: order }) => order.map(({ command }) => command)).join('\n')).not.toContain(
      '(',
    );
    expect(repairOrder(rows, { kind: 'workload' })[0]?.command).toContain('-name <cluster>');
  });
});
