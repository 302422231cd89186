import { joinsCases } from '../../../../core/plan/text/condition-text.ts';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { BoardRow } from '../../../../core/inventory/model/board-row.ts';
import type { RoleId } from '../../../../core/knowledge/model/credentials/credentials.ts';
import { FAILURES } from '../../../../core/knowledge/model/failures/failures.ts';
import { LIFETIME_CLASSES } from '../../../../core/knowledge/model/credentials/lifetimes.ts';
import { ROLES } from '../../../../core/knowledge/model/credentials/roles.ts';
import type { ClusterId, CredentialId } from '../../../../core/shared/ids.ts';
import type { ClusterPlace } from '../../../../core/plan/model/deployment.ts';
import type { Answers } from '../../../../core/repair/model/evidence.ts';
import type { FailureId } from '../../../../core/knowledge/model/failure.ts';
import { DAY_MS, instant, instantFromMs, epochMs } from '../../../../core/shared/instant.ts';
import { commandText, openValues, type Plan, type PlanStep } from '../../../../core/plan/model/plan.ts';
import type { RenewalRefusal } from '../../../../core/inventory/model/renewal-refusal.ts';
import { CATALOGUES } from '../../../support/catalogues.ts';
import { repairPlan, type RepairTarget } from '../../../../core/repair/model/plan.ts';
import { repairRequest } from '../../../../core/repair/model/request.ts';
import { boardRow } from '../../../support/board-rows.ts';

const NOW = instant('2026-11-25T12:00:00Z');
const NOW_MS = epochMs(NOW);
const AGENT: ClusterPlace = { id: 'agent' as ClusterId, name: 'ca-1.contoso.example', kind: 'moc' };

function place(name: string): ClusterPlace {
  return { id: `id of ${name}` as ClusterId, name, kind: 'kubernetes' };
}

const MANAGEMENT = place('clustergroup-management');
const EAST = place('retail-east');
const WEST = place('retail-west');

/** Makes a credential of a cluster; it has expired unless `change` has another end. */
function row(of: ClusterPlace, role: RoleId, change: Partial<BoardRow> = {}): BoardRow {
  const { layer, lifetimeClass } = ROLES[role];
  return boardRow({
    id: `${of.name} ${role}` as CredentialId,
    name: `${of.name} ${role}`,
    cluster: of.name,
    clusterId: of.id,
    role,
    kind: role.endsWith('-token') ? 'token' : 'certificate',
    layer: layer ?? 'moc',
    lifetimeClass,
    notBeforeMs: NOW_MS - 100 * DAY_MS,
    notAfterMs: NOW_MS - DAY_MS,
    confirmedMs: NOW_MS - DAY_MS,
    ...change,
  });
}

interface Situation {
  places?: readonly ClusterPlace[];
  rows?: readonly BoardRow[];
  clusters?: readonly string[];
  failures?: readonly FailureId[];
  texts?: readonly string[];
  answers?: Answers;
}

function makePlan(situation: Situation): Plan {
  const { places = [AGENT, MANAGEMENT, EAST], rows = [], clusters = [] } = situation;
  const { failures = [], texts = [], answers = {} } = situation;
  return repairPlan(
    repairRequest(
      { now: NOW, clusters: places, rows, facts: {}, classes: LIFETIME_CLASSES },
      { clusters, failures, texts, answers },
    ),
  );
}

function planFor(...targets: RepairTarget[]): Plan {
  return repairPlan({ now: NOW, targets });
}

const stepCommand = ({ command }: Pick<PlanStep, 'command'>): string =>
  command === undefined ? '-' : commandText(command);
const stepCases = ({ only = [] }: PlanStep): string[] => only.map(({ text }) => text);
/** Lists the commands of unconditional steps that change something. */
const listChanges = ({ steps }: Plan): string[] =>
  steps.filter(({ risk, only }) => risk !== 'none' && only === undefined).map(stepCommand);
const listWarnings = ({ warnings }: Plan): string[] => warnings.map(({ text }) => text);
const findStep = ({ steps }: Plan, command: string): number => steps.findIndex((step) => stepCommand(step) === command);

const BACKUP =
  'Copy-Item "$env:UserProfile\\.kube\\config" ("$env:UserProfile\\.kube\\config.before-" + \'retail-east\')';
const repairs = (name: string) => ({
  kubelet: `Update-AksHciClusterCertificates -name ${name} -fixKubeletCredentials`,
  cloud: `Update-AksHciClusterCertificates -name ${name} -fixCloudCredentials`,
  balancer: `Update-AksHciClusterCertificates -name ${name} -patchLoadBalancer -fixCloudCredentials`,
  credential: `Get-AksHciCredential -name ${name}`,
});
const HOST = 'Update-AksHciCertificates';
const NO_REBOOT = 'failure.warning.no-reboot';

test('the check of a step contains the published output of a healthy system', () => {
  const steps = FAILURES.flatMap(({ id }) =>
    makePlan({ clusters: ['retail-east'], failures: [id] }).steps.flatMap(({ check }) => check ?? []),
  );
  const tells = (command: string) => steps.find((check) => commandText(check.command).startsWith(command))?.satisfiedBy;
  expect(tells('kubectl get nodes')).toEqual(['NAME STATUS ROLES AGE VERSION']);
  expect(tells('Invoke-Command -ComputerName (Get-ClusterNode)')).toEqual(['wssdagent Running']);
  expect(tells('Get-AksHciCluster')).toEqual(['ProvisioningState : provisioned']);
  // No source contains the output of these commands, or the check comes too early for a verdict.
  expect([tells('Get-MocNode'), tells('ssh')]).toEqual([undefined, undefined]);
  for (const check of steps) expect(check.prints).toBeUndefined();
});

describe('the order of a repair', () => {
  const { kubelet, cloud, balancer, credential } = repairs('retail-east');

  test('is host, kubelet, cloud, load balancer, kubeconfig after a long shutdown', () => {
    const plan = makePlan({ clusters: ['retail-east'], failures: ['F22'] });
    expect(listChanges(plan)).toEqual([HOST, kubelet, cloud, balancer, BACKUP, credential]);
  });

  test('is the same if only the inventory shows that credentials have expired', () => {
    const rows = [row(EAST, 'apiserver'), row(EAST, 'csi'), row(EAST, 'load-balancer'), row(AGENT, 'node-agent')];
    const changes = listChanges(makePlan({ clusters: ['retail-east'], rows }));
    expect(changes.filter((each) => each !== BACKUP)).toEqual([
      'Repair-Moc',
      HOST,
      kubelet,
      cloud,
      balancer,
      credential,
    ]);
  });

  test('begins with the management kubeconfig and then mocctl, since other repairs need them', () => {
    const rows = [
      ...[row(EAST, 'apiserver'), row(AGENT, 'mocctl')],
      row(MANAGEMENT, 'management-kubeconfig', { layer: 'workstation' }),
    ];
    const plan = makePlan({ clusters: ['retail-east'], rows });
    const scp = plan.steps.findIndex((step) => stepCommand(step).includes('admin.conf (Get-KvaConfig)'));
    const order = [scp, findStep(plan, 'Repair-MocLogin'), findStep(plan, kubelet)];
    expect(Math.min(...order)).toBeGreaterThanOrEqual(0);
    expect(order).toEqual([...order].sort((one, other) => one - other));
  });

  test('has a backup right before the step that replaces a file', () => {
    const { steps } = makePlan({ clusters: ['retail-east'], failures: ['F11'] });
    expect(steps.map(stepCommand)).toEqual([BACKUP, credential]);
  });

  test('begins with the removal of revocations that would undo a repair', () => {
    const refusal: RenewalRefusal = {
      name: 'old-nodes',
      namespace: 'kube-system',
      path: 'C:\\old nodes.yaml',
      isAlone: true,
      kind: 'Group',
      value: 'system:nodes',
    };
    const rows = [row(EAST, 'apiserver', { refusals: [refusal] }), row(AGENT, 'node-agent')];
    const changes = listChanges(makePlan({ clusters: ['retail-east'], rows }));
    expect(changes[0]).toBe("kubectl delete -f 'C:\\old nodes.yaml'");
    expect(changes).toContain(kubelet);
  });

  test('begins with the cloud credentials if a serving certificate of a kubelet has expired, and continues with the kubelet credentials if the first repair fails', () => {
    const { steps } = makePlan({ clusters: ['retail-east'], rows: [row(EAST, 'kubelet-server')] });
    const repaired = steps.filter((step) => [cloud, kubelet].includes(stepCommand(step)));
    expect(repaired.map(stepCommand)).toEqual([cloud, kubelet]);
    expect(repaired.map(({ only = [] }) => only.map(({ text }) => text))).toEqual([[], ['repair.only.still-failing']]);
    expect(repaired[0]?.instead?.steps.map(stepCommand)).toEqual([kubelet]);
  });

  test('omits the management kubeconfig if it is valid', () => {
    const rows = [
      row(MANAGEMENT, 'kubelet-server'),
      row(MANAGEMENT, 'management-kubeconfig', { layer: 'workstation', notAfterMs: NOW_MS + 200 * DAY_MS }),
    ];
    expect(listChanges(makePlan({ rows }))).toEqual([HOST]);
  });

  test('keeps steps after those on which they depend, for any combination of failures', () => {
    const ranks = [HOST, kubelet, cloud, balancer, credential];
    fc.assert(
      fc.property(
        fc.subarray(
          FAILURES.map(({ id }) => id),
          { minLength: 1 },
        ),
        (failures) => {
          const plan = makePlan({ clusters: ['retail-east'], failures });
          const places = plan.steps.flatMap((step) =>
            // Conditional steps are excluded, since they may repeat a command later.
            step.only === undefined && ranks.includes(stepCommand(step)) ? ranks.indexOf(stepCommand(step)) : [],
          );
          expect(places).toEqual([...new Set(places)].sort((one, other) => one - other));
          expect(new Set(plan.steps.map(({ id }) => id)).size).toBe(plan.steps.length);
        },
      ),
      { numRuns: 40 },
    );
  });
});

describe('the plan for several clusters', () => {
  const places = [AGENT, MANAGEMENT, EAST, WEST];

  test('repairs the hosts once, and then one cluster after the other', () => {
    const rows = [EAST, WEST].flatMap((of) => [row(of, 'apiserver'), row(of, 'csi')]);
    rows.push(row(AGENT, 'node-agent'), row(AGENT, 'cloud-operator'));
    const plan = makePlan({ places, rows, failures: ['F22'], clusters: ['retail-west', 'retail-east'] });
    const changes = listChanges(plan).filter((each) => !each.startsWith('New-Item'));
    const repairCommands = (name: string): string[] =>
      Object.values(repairs(name)).map((each) =>
        // Each kubeconfig has its own folder, so that none replaces another.
        each.startsWith('Get-') ? `${each} -configPath (Join-Path $HOME kubeconfig-${name}-20261125120000)` : each,
      );
    expect(changes).toEqual(['Repair-Moc', HOST, ...repairCommands('retail-west'), ...repairCommands('retail-east')]);
    expect(plan.clusters.map(({ name, isHost }) => [name, isHost])).toEqual([
      ...[
        ['ca-1.contoso.example', true],
        [MANAGEMENT.name, false],
      ],
      ...[
        ['retail-west', false],
        ['retail-east', false],
      ],
    ]);
  });

  test('has separate placeholders for the addresses and pods of each cluster', () => {
    const rows = [MANAGEMENT, EAST, WEST].map((of) => row(of, 'kms-plugin-token'));
    const plan = makePlan({ places, rows });
    const owners = new Map<string, Set<string>>();
    for (const step of plan.steps)
      for (const name of openValues({ steps: [step] }))
        owners.set(name, (owners.get(name) ?? new Set()).add(step.cluster ?? ''));
    expect([...owners.keys()].filter((name) => name.startsWith('control-plane-ip')).sort()).toEqual([
      ...['control-plane-ip-clustergroup-management', 'control-plane-ip-retail-east'],
      'control-plane-ip-retail-west',
    ]);
    expect([...owners.values()].filter(({ size }) => size > 1)).toEqual([]);
  });

  test('has short placeholders if only one cluster needs them', () => {
    const plan = makePlan({ places, clusters: ['retail-east'], failures: ['F20'] });
    expect(openValues(plan)).toContain('control-plane-ip');
  });

  test('has different ids for the steps of clusters whose names lead to the same id', () => {
    const twins = [place('a.b'), place('a_b')];
    const plan = makePlan({ places: [AGENT, ...twins], failures: ['F11'], clusters: ['a.b', 'a_b'] });
    expect(plan.steps.map(({ id }) => id)).toHaveLength(4);
    expect(new Set(plan.steps.map(({ id }) => id)).size).toBe(4);
    expect(new Set(openValues(plan)).size).toBe(openValues(plan).length);
  });
});

describe('a step that is needed for several reasons', () => {
  const { credential } = repairs('retail-east');

  test('occurs once', () => {
    const rows = [row(EAST, 'apiserver'), row(EAST, 'admin-kubeconfig', { layer: 'workstation' })];
    const plan = makePlan({ clusters: ['retail-east'], rows, failures: ['F01', 'F11', 'F13'] });
    const always = plan.steps.filter((step) => stepCommand(step) === credential && step.only === undefined);
    expect(always).toHaveLength(1);
    expect(always[0]?.because.failures).toEqual(expect.arrayContaining(['F01', 'F11', 'F13']));
    expect(always[0]?.because.credentials).toContain('retail-east admin-kubeconfig');
  });

  test('is unconditional, with its backup, if one reason has no condition', () => {
    // Each of these failures requires the step unconditionally; F01 also continues with F02 under a condition.
    for (const failures of [
      ['F02', 'F01'],
      ['F34', 'F02', 'F11'],
      ['F19', 'F11'],
    ] as const) {
      const plan = makePlan({ clusters: ['retail-east'], failures });
      const at = plan.steps.findIndex((step) => stepCommand(step) === credential && step.only === undefined);
      expect(plan.steps.slice(0, at).some((step) => stepCommand(step) === BACKUP && !step.only)).toBe(true);
    }
  });
});

describe('warnings above the steps', () => {
  test.each(['F07', 'F08', 'F09', 'F21'] as const)('advise against a reboot for %s', (failure) => {
    const plan = makePlan({ clusters: ['retail-east'], failures: ['F01', 'F35', failure] });
    expect(listWarnings(plan)[0]).toBe(NO_REBOOT);
    expect(listWarnings(plan).filter((text) => text === NO_REBOOT)).toHaveLength(1);
  });

  test('appear even if only the token of the KMS plugin has expired', () => {
    const plan = makePlan({ rows: [row(EAST, 'kms-plugin-token')] });
    expect(listWarnings(plan)[0]).toBe(NO_REBOOT);
  });

  test('are absent if the API server is not at risk', () => {
    expect(listWarnings(makePlan({ clusters: ['retail-east'], failures: ['F11'] }))).toEqual([]);
  });

  test('a deadlock is resolved manually, before the cmdlet that requires the API server', () => {
    const plan = makePlan({ clusters: ['retail-east'], failures: ['F08'] });
    const { cloud } = repairs('retail-east');
    const order = ['mocctl.exe', 'scp', 'ssh', cloud].map((start) =>
      plan.steps.findIndex((step) => step.only === undefined && stepCommand(step).startsWith(start)),
    );
    const last = plan.steps.findIndex((step) => stepCommand(step).includes('crictl stop'));
    expect(Math.min(...order)).toBeGreaterThanOrEqual(0);
    expect(order[0]).toBeLessThan(order[1] ?? -1);
    expect(last).toBeLessThan(order[3] ?? -1);
    expect(plan.steps.filter(({ needsApiServer }) => needsApiServer).map(stepCommand)).toEqual([cloud]);
  });

  test('if the repair of a control plane has no effect, the manual procedure precedes the next cmdlet, which needs the API server', () => {
    const { kubelet, cloud, credential } = repairs('retail-east');
    const rows = [row(EAST, 'apiserver'), row(EAST, 'kms-plugin-token'), row(EAST, 'load-balancer')];
    const plan = makePlan({ clusters: ['retail-east'], rows });
    const byHand = plan.steps.findIndex((step) => stepCommand(step).includes('cert-tattoo-provision'));
    expect(plan.steps[byHand] && stepCases(plan.steps[byHand])).toEqual(['repair.only.no-effect']);
    expect(byHand).toBeGreaterThan(findStep(plan, kubelet));
    const later = plan.steps.findIndex(({ needsApiServer, cluster }) => needsApiServer && cluster === 'retail-east');
    expect([later, findStep(plan, cloud)].every((at) => at > byHand)).toBe(true);
    expect(plan.steps.findIndex((step) => stepCommand(step).startsWith('mocctl.exe'))).toBeGreaterThan(byHand);
    // The kubeconfig is fetched once, after all repairs.
    expect(plan.steps.filter((step) => stepCommand(step) === credential).map(stepCases)).toEqual([[]]);
  });

  test('the plan contains both procedures, one with a condition, if it is unknown whether the API server responds', () => {
    const plan = makePlan({ clusters: ['retail-east'], failures: ['F07'] });
    const byHand = plan.steps.filter((step) => stepCommand(step).startsWith('mocctl.exe'));
    expect(byHand.map(stepCases)).toEqual([['repair.only.api-server-down']]);
    const { cloud } = repairs('retail-east');
    expect(plan.steps.filter((step) => stepCommand(step) === cloud).map(stepCases)).toEqual([[]]);
  });
});

describe('a cause that is not certain', () => {
  const rows = [row(AGENT, 'node-agent-token')];

  test('is reported above the steps, with the command that checks it', () => {
    const { warnings } = makePlan({ rows });
    expect(warnings.map(({ text, params }) => [text, params?.['failure']])).toEqual([['repair.plan.unsure', 'F14']]);
  });

  test('adds its own steps under the condition that it is confirmed', () => {
    const { steps } = makePlan({ rows });
    expect(steps.filter(({ only }) => only === undefined).map(stepCommand)).toEqual(['Repair-Moc']);
    const kill = steps.find((step) => stepCommand(step).startsWith('kill'));
    expect(kill && stepCases(kill)).toEqual(['repair.plan.confirmed']);
  });

  test('needs no check if the admin has stated it', () => {
    const { steps } = makePlan({ rows, failures: ['F14'] });
    const kill = steps.find((step) => stepCommand(step).startsWith('kill'));
    expect(kill && stepCases(kill)).toEqual([]);
  });
});

describe('if sources disagree,', () => {
  test.each([
    ['F19', 'cloud', 'kubelet'],
    ['F07', 'cloud', undefined],
  ] as const)(
    'the plan for %s contains the safer procedure, with the other one as an alternative',
    (failure, first, other) => {
      const commands = repairs('retail-east');
      const { steps } = makePlan({ clusters: ['retail-east'], failures: [failure] });
      const step = steps.find((each) => stepCommand(each) === commands[first]);
      expect(step?.instead?.steps.map(stepCommand)).toEqual([other === undefined ? HOST : commands[other]]);
      expect(step?.instead?.statement.citations.length).toBeGreaterThan(1);
    },
  );

  test('the plan contains the procedures of all sources', () => {
    for (const { id, dispute } of FAILURES) {
      if (dispute === undefined) continue;
      const { steps } = makePlan({ clusters: ['retail-east'], failures: [id] });
      const [, ...others] = dispute.sides;
      const beside = steps.flatMap(({ instead }) => instead?.steps ?? []);
      expect(beside, id).toHaveLength(others.flat().length);
    }
  });
});

describe('with everything down, a plan', () => {
  test('needs only a name and a failure, without an inventory', () => {
    const plan = makePlan({ places: [], clusters: ['retail-east'], failures: ['F22'] });
    expect(listChanges(plan)[0]).toBe(HOST);
    expect(plan).not.toHaveProperty('knownAt');
    expect(plan.clusters).toEqual([{ name: 'retail-east', isHost: false }]);
  });

  test('contains placeholders for names that nobody stated', () => {
    const plan = planFor({ failures: ['F01'] });
    expect(listChanges(plan)[0]).toBe('Update-AksHciClusterCertificates -name <cluster> -fixKubeletCredentials');
    expect(openValues(plan)).toContain('cluster');
  });

  test('states the age of the oldest data that it uses', () => {
    const rows = [
      row(EAST, 'apiserver', { confirmedMs: NOW_MS - 9 * DAY_MS }),
      row(AGENT, 'node-agent', { confirmedMs: NOW_MS - 2 * DAY_MS }),
    ];
    expect(makePlan({ rows }).knownAt).toBe(instantFromMs(NOW_MS - 9 * DAY_MS));
  });
});

describe('each step of a plan', () => {
  const everything: Plan[] = [...FAILURES.map(({ id }) => [id]), FAILURES.map(({ id }) => id)].flatMap((failures) => [
    makePlan({ clusters: ['retail-east'], failures }),
    makePlan({ clusters: [MANAGEMENT.name], failures }),
    planFor({ failures }),
  ]);

  test('has a reason and sources', () => {
    for (const { steps, warnings, after } of everything) {
      const bare = steps.filter(
        ({ why, title, expected, because }) =>
          [why.citations, title.citations, expected?.citations ?? []].some(({ length }) => length === 0) ||
          because.failures.length + because.credentials.length === 0,
      );
      expect(bare).toEqual([]);
      expect([...warnings, ...after].filter(({ citations }) => citations.length === 0)).toEqual([]);
    }
  });

  test('has its texts in all languages', () => {
    const keys = new Set<string>();
    for (const { steps, warnings, after } of everything) {
      const texts = steps.flatMap((step) => [
        ...[step.title, step.why, ...(step.only ?? [])],
        ...[step.precondition, step.expected, step.check?.expected, step.undo?.statement],
        step.instead?.statement,
      ]);
      for (const statement of [...texts, ...warnings, ...after]) {
        if (statement === undefined) continue;
        const cases = Object.values(statement.params ?? {}).map(String);
        for (const key of joinsCases(statement) ? cases : [statement.text]) keys.add(key);
      }
    }
    for (const catalogue of Object.values(CATALOGUES))
      expect([...keys].filter((key) => !Object.hasOwn(catalogue, key))).toEqual([]);
  });

  test('contains no cmdlet for a single cluster if the plan is for the management cluster', () => {
    for (const { id } of FAILURES) {
      const { steps } = makePlan({ clusters: [MANAGEMENT.name], failures: [id] });
      expect(
        steps.map(stepCommand).filter((text) => /-name clustergroup|-name <cluster>/u.test(text)),
        id,
      ).toEqual([]);
    }
  });
});
