import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  compareKubernetes,
  kubernetesVersion,
  type KubernetesVersion,
} from '../../../core/knowledge/model/aks-hci-version.ts';
import type { BoardRow } from '../../../core/inventory/model/board-row.ts';
import { LIFETIME_CLASSES } from '../../../core/knowledge/model/credentials/lifetimes.ts';
import { ROLES } from '../../../core/knowledge/model/credentials/roles.ts';
import { checkCommand } from '../../../core/knowledge/model/cmdlets/command-check.ts';
import type { FactsByCluster } from '../../../core/plan/model/cluster-facts.ts';
import type { ClusterId, CredentialId } from '../../../core/shared/ids.ts';
import type { ClusterPlace } from '../../../core/plan/model/deployment.ts';
import { DAY_MS, HOUR_MS, instant, instantFromMs, MINUTE_MS, epochMs } from '../../../core/shared/instant.ts';
import { commandText, openValues, type PlanStep } from '../../../core/plan/model/plan.ts';
import { isBlocked, PREFLIGHT_IDS, preflightChecks } from '../../../core/update/model/preflight.ts';
import type { RenewalRefusal } from '../../../core/inventory/model/renewal-refusal.ts';
import { powerOffClocks } from '../../../core/availability/model/power-off.ts';
import { REPAIR_STEP_IDS } from '../../../core/knowledge/model/credentials/repair-steps.ts';
import type { UpdatePlanning } from '../../../core/update/model/planning.ts';
import { NOTHING_KNOWN, type KnownVersions } from '../../../core/update/model/versions.ts';
import { CATALOGUES } from '../../support/catalogues.ts';
import { updatePlan } from '../../../core/update/model/plan.ts';
import { updateRequest, type UpdateChoice, type UpdateSource } from '../../../core/update/request.ts';
import { fillPlan } from '../../../core/runs/model/run.ts';
import { exampleValues, findForeignStep, findRecordedDifference } from '../runs/plans.ts';
import { boardRow } from '../../support/board-rows.ts';

const NOW = instant('2026-11-25T12:00:00Z');
const NOW_MS = epochMs(NOW);
const AGENT: ClusterPlace = { id: 'agent' as ClusterId, name: 'ca-1.contoso.example', kind: 'moc' };
const EAST: ClusterPlace = { id: 'retail-east' as ClusterId, name: 'retail-east', kind: 'kubernetes' };
const WEST: ClusterPlace = { id: 'retail-west' as ClusterId, name: 'retail-west', kind: 'kubernetes' };

/** Makes a credential that ends after this time and belongs to the cloud agent by default. */
function row(role: BoardRow['role'], endsMs: number, change: Partial<BoardRow> = {}): BoardRow {
  return boardRow({
    id: role as CredentialId,
    name: role,
    cluster: AGENT.name,
    clusterId: AGENT.id,
    role,
    layer: ROLES[role].layer ?? 'moc',
    kind: role.endsWith('-token') ? 'token' : 'certificate',
    lifetimeClass: ROLES[role].lifetimeClass,
    notBeforeMs: NOW_MS - 30 * DAY_MS,
    notAfterMs: NOW_MS + endsMs,
    confirmedMs: NOW_MS - DAY_MS,
    ...change,
  });
}

const OF_EAST = { cluster: EAST.name, clusterId: EAST.id };

interface Situation {
  places?: readonly ClusterPlace[];
  rows?: readonly BoardRow[];
  facts?: FactsByCluster;
  versions?: Partial<KnownVersions>;
  choice?: Partial<UpdateChoice>;
  minutes?: UpdateSource['minutes'];
}

/** Makes a plan, and checks that its steps are in the catalogue, so that a stopped run can be resumed. */
function checkPlan(situation: Situation = {}): UpdatePlanning {
  const planning = makePlan(situation);
  const { plan } = planning;
  expect(findForeignStep(plan)).toBeUndefined();
  expect(findForeignStep(fillPlan(plan, exampleValues(plan)))).toBeUndefined();
  const request = { kind: 'update', request: makeRequest(situation) } as const;
  expect(findRecordedDifference(plan, request)).toBeUndefined();
  expect(findRecordedDifference(fillPlan(plan, exampleValues(plan)), request)).toBeUndefined();
  return planning;
}

function makePlan(situation: Situation): UpdatePlanning {
  return updatePlan(makeRequest(situation));
}

function makeRequest(situation: Situation): ReturnType<typeof updateRequest> {
  const { places = [AGENT, EAST], rows = [], facts = {}, versions = {}, choice = {} } = situation;
  return updateRequest(
    {
      now: NOW,
      clusters: places,
      rows,
      facts,
      classes: LIFETIME_CLASSES,
      minutes: situation.minutes ?? {},
      versions: { ...NOTHING_KNOWN, ...versions },
    },
    { clusters: [], versions: new Map(), onlySystem: false, ...choice },
  );
}

function kubernetes(text: string): KubernetesVersion {
  const version = kubernetesVersion(text);
  if (version === undefined) throw new Error(text);
  return version;
}

const KNOWN: Partial<KnownVersions> = {
  host: '1.0.14.10928',
  hostUpdates: ['1.0.16.10113', '1.0.17.10310'],
  clusters: [
    {
      name: 'retail-east',
      kubernetesVersion: 'v1.21.9',
      updates: [
        { kubernetesVersion: 'v1.21.14', operatingSystem: {} },
        { kubernetesVersion: 'v1.22.11', operatingSystem: {} },
      ],
    },
  ],
};

const listCommands = (steps: readonly PlanStep[]): string[] =>
  steps.map(({ command }) => (command === undefined ? '-' : commandText(command)));
const listChanges = ({ plan }: UpdatePlanning): string[] =>
  listCommands(plan.steps.filter(({ risk }) => risk !== 'none'));
/** Lists the commands of unconditional steps that change something, except backups. */
const certainChanges = ({ plan }: UpdatePlanning): string[] =>
  listCommands(plan.steps.filter(({ risk, only }) => risk !== 'none' && only === undefined)).filter(
    (command) => !command.startsWith('Copy-Item'),
  );
const stepIds = ({ plan }: UpdatePlanning): string[] => plan.steps.map(({ id }) => id);
const listWarnings = ({ plan }: UpdatePlanning): string[] => plan.warnings.map(({ text }) => text);
const findCheck = (planning: UpdatePlanning, id: string, cluster?: string) =>
  planning.checks.find((check) => check.id === id && check.cluster === cluster);

describe('the steps of an update', () => {
  test('fetch each of several kubeconfigs into a separate folder', () => {
    const clusters = ['retail-east', 'retail-west'].map((name) => ({ name, kubernetesVersion: 'v1.21.9' }));
    const commands = listCommands(
      checkPlan({ places: [AGENT, EAST, WEST], versions: { ...KNOWN, clusters } }).plan.steps,
    );
    for (const name of ['retail-east', 'retail-west']) {
      const folder = `(Join-Path $HOME kubeconfig-${name}-20261125120000)`;
      const at = commands.indexOf(`New-Item -ItemType Directory -Path ${folder}`);
      expect(commands.slice(at + 1, at + 3)).toEqual([
        `Get-AksHciCredential -name ${name} -configPath ${folder}`,
        `kubectl --kubeconfig (Get-ChildItem -LiteralPath ${folder} -File).FullName get nodes -o wide`,
      ]);
    }
    expect(commands.filter((each) => /^Get-AksHciCredential -name \S+$/u.test(each))).toEqual([]);
  });

  test('update the module, the hosts and the cluster, in this order and each with its check', () => {
    const planning = checkPlan({ versions: KNOWN });
    expect(listChanges(planning)).toEqual([
      'Update-Module -Name AksHci -Force -AcceptLicense',
      'Update-AksHci',
      'Update-AksHciCluster -name retail-east -kubernetesVersion v1.22.11',
      'Get-AksHciCredential -name retail-east',
    ]);
    const { steps } = planning.plan;
    const host = steps.find(({ id }) => id === 'update-host');
    const cluster = steps.find(({ id }) => id === 'update-retail-east-v1-22-11');
    expect(host?.check && commandText(host.check.command)).toBe('Get-AksHciVersion');
    expect(host?.check?.expected.params).toEqual({ build: '1.0.17.10310' });
    expect(cluster?.check && commandText(cluster.check.command)).toBe('Get-AksHciCluster -name retail-east');
    expect(cluster?.why.params).toEqual({ from: 'v1.21.9', to: 'v1.22.11' });
    const after = listCommands(steps.slice(steps.findIndex(({ id }) => id === cluster?.id) + 1));
    expect(after).toEqual([
      'Get-AksHciNodePool -clusterName retail-east',
      'Get-AksHciCredential -name retail-east',
      'kubectl get nodes -o wide',
    ]);
    const before = listCommands(
      steps.slice(
        0,
        steps.findIndex(({ id }) => id === cluster?.id),
      ),
    );
    expect(before).toContain('Get-AksHciClusterUpdates -name retail-east');
    expect(planning.questions).toEqual([]);
  });

  test('update the hosts once for several clusters, and then one cluster after the other', () => {
    const planning = checkPlan({
      places: [AGENT, EAST, WEST],
      versions: {
        ...KNOWN,
        clusters: [
          ...(KNOWN.clusters ?? []),
          {
            name: 'retail-west',
            kubernetesVersion: 'v1.22.6',
            updates: [{ kubernetesVersion: 'v1.22.11', operatingSystem: {} }],
          },
        ],
      },
    });
    const updates = listChanges(planning).filter((command) => command.startsWith('Update-AksHci'));
    expect(updates).toEqual([
      'Update-AksHci',
      'Update-AksHciCluster -name retail-east -kubernetesVersion v1.22.11',
      'Update-AksHciCluster -name retail-west -kubernetesVersion v1.22.11',
    ]);
    expect(planning.plan.clusters).toEqual([
      { id: AGENT.id, name: AGENT.name, isHost: true },
      { id: EAST.id, name: 'retail-east', isHost: false },
      { id: WEST.id, name: 'retail-west', isHost: false },
    ]);
  });

  test('skip no minor version, and contain placeholders for unknown versions', () => {
    const planning = checkPlan({
      versions: { ...KNOWN, kubernetesVersions: ['v1.23.5', 'v1.23.8'] },
      choice: { versions: new Map([['', kubernetes('v1.25.4')]]) },
    });
    expect(listChanges(planning).filter((command) => command.includes('-kubernetesVersion'))).toEqual([
      'Update-AksHciCluster -name retail-east -kubernetesVersion v1.22.11',
      'Update-AksHciCluster -name retail-east -kubernetesVersion v1.23.8',
      'Update-AksHciCluster -name retail-east -kubernetesVersion <kubernetes_version_retail_east_v1_24>',
      'Update-AksHciCluster -name retail-east -kubernetesVersion v1.25.4',
    ]);
    expect(openValues(planning.plan)).toContain('kubernetes_version_retail_east_v1_24');
  });

  test('update only the operating system if that is requested', () => {
    const planning = checkPlan({ versions: KNOWN, choice: { onlySystem: true } });
    expect(listChanges(planning)).toContain('Update-AksHciCluster -name retail-east -operatingSystem');
    expect(listChanges(planning).some((command) => command.includes('-kubernetesVersion'))).toBe(false);
  });

  test('are empty if no newer version is offered, which the plan states', () => {
    const planning = checkPlan({
      versions: {
        host: '1.0.17.10310',
        hostUpdates: [],
        clusters: [{ name: 'retail-east', kubernetesVersion: 'v1.22.11', updates: [] }],
      },
    });
    expect(planning.plan).toMatchObject({ steps: [], after: [] });
    expect(listWarnings(planning)).toEqual(['update.warning.nothing']);
    expect(planning.minutes).toBe(0);
  });

  test('omit the hosts if they are up to date', () => {
    const planning = checkPlan({ versions: { ...KNOWN, hostUpdates: [] } });
    expect(stepIds(planning)).not.toContain('update-host');
    expect(stepIds(planning)).toContain('update-retail-east-v1-22-11');
    expect(stepIds(planning)).not.toContain('updates-retail-east');
  });

  test('need no known facts, and the plan asks for missing facts', () => {
    const planning = checkPlan({ places: [], choice: { clusters: ['retail-east'] } });
    expect(listChanges(planning)).toContain(
      'Update-AksHciCluster -name retail-east -kubernetesVersion <kubernetes_version_retail_east>',
    );
    expect(planning.questions.map(({ id, cluster, command }) => [id, cluster, commandText(command)])).toEqual([
      ['host-version', undefined, 'Get-AksHciVersion'],
      ['host-updates', undefined, 'Get-AksHciUpdates'],
      ['cluster-version', 'retail-east', 'Get-AksHciCluster -name retail-east'],
      ['cluster-updates', 'retail-east', 'Get-AksHciClusterUpdates -name retail-east'],
    ]);
    expect(checkPlan({ places: [] }).questions.map(({ id }) => id)).toContain('clusters');
  });

  test('do not include an older target version, and the plan states that it cannot be reached', () => {
    const planning = checkPlan({
      versions: { ...KNOWN, hostUpdates: [] },
      choice: { versions: new Map([['retail-east', kubernetes('v1.20.1')]]) },
    });
    expect(planning.plan.steps).toEqual([]);
    expect(listWarnings(planning)).toEqual(['update.warning.unreachable-target', 'update.warning.nothing']);
  });

  test('skip no minor version, whatever versions are offered', () => {
    const version = fc
      .tuple(fc.integer({ min: 20, max: 26 }), fc.nat(9))
      .map(([minor, patch]) => `v1.${minor}.${patch}`);
    fc.assert(
      fc.property(
        fc.option(version),
        fc.option(fc.array(version, { maxLength: 5 })),
        fc.option(version),
        (from, offered, to) => {
          const { plan } = checkPlan({
            versions: {
              hostUpdates: [],
              clusters: [
                {
                  name: 'retail-east',
                  ...(from !== null && { kubernetesVersion: from }),
                  ...(offered !== null && {
                    updates: offered.map((text) => ({ kubernetesVersion: text, operatingSystem: {} })),
                  }),
                },
              ],
            },
            choice: { versions: new Map(to === null ? [] : [['', kubernetes(to)]]) },
          });
          expect(new Set(plan.steps.map(({ id }) => id)).size).toBe(plan.steps.length);
          if (from === null) return;
          let before = kubernetes(from);
          let minor = before.minor;
          for (const { command } of plan.steps) {
            if (command?.kind !== 'cmdlet' || command.name !== 'Update-AksHciCluster') continue;
            const word = command.parameters.find(({ name }) => name === 'kubernetesVersion')?.value;
            const next =
              word !== undefined && 'name' in word && word.value !== undefined ? kubernetes(word.value) : undefined;
            if (next === undefined) minor += 1;
            else {
              expect(next.minor - minor).toBeLessThanOrEqual(1);
              expect(compareKubernetes(next, before)).toBeGreaterThan(0);
              before = next;
              minor = next.minor;
            }
          }
        },
      ),
      { numRuns: 150 },
    );
  });
});

describe('the preparation of an update', () => {
  test('repairs expired credentials, hosts before clusters, and then updates the module', () => {
    const planning = checkPlan({
      rows: [row('kvactl-token', -DAY_MS), row('mocctl', -DAY_MS), row('apiserver', -HOUR_MS, OF_EAST)],
      versions: KNOWN,
    });
    expect(certainChanges(planning)).toEqual([
      'Repair-MocLogin',
      'Update-AksHciCertificates',
      'Update-AksHciClusterCertificates -name retail-east -fixKubeletCredentials',
      'Get-AksHciCredential -name retail-east',
      'Update-Module -Name AksHci -Force -AcceptLicense',
      'Update-AksHci',
      'Update-AksHciCluster -name retail-east -kubernetesVersion v1.22.11',
      'Get-AksHciCredential -name retail-east',
    ]);
    expect(listWarnings(planning)).toContain('update.warning.repair-first');
    expect(planning.plan.steps.find(({ id }) => id === 'repair-moc-login')?.because.credentials).toEqual(['mocctl']);
  });

  test('repairs the hosts once, whichever clusters need a repair of the hosts', () => {
    const planning = checkPlan({
      places: [AGENT, EAST, WEST],
      rows: [
        row('kvactl-token', -DAY_MS),
        row('apiserver', -HOUR_MS, OF_EAST),
        row('apiserver', -HOUR_MS, { cluster: WEST.name, clusterId: WEST.id, id: 'w' as CredentialId }),
      ],
      versions: KNOWN,
    });
    const repairs = planning.plan.steps.filter(({ id, only }) => id.startsWith('repair-') && only === undefined);
    expect(repairs.map(({ id }) => id)).toEqual([
      'repair-host',
      ...['repair-kubelet-retail-east', 'repair-credential-retail-east'],
      ...['repair-kubelet-retail-west', 'repair-credential-retail-west'],
    ]);
  });

  test('begins by replacing the expired kubeconfig, although a new one is also fetched at the end', () => {
    const kubeconfig = row('admin-kubeconfig', -DAY_MS, { ...OF_EAST, layer: 'workstation' });
    const planning = checkPlan({ rows: [kubeconfig], versions: KNOWN });
    expect(stepIds(planning).slice(0, 2)).toEqual([
      'f22-credential-backup-retail-east',
      'repair-credential-retail-east',
    ]);
    const last = planning.plan.steps.find(({ id }) => id === 'credential-retail-east');
    expect(last?.because.credentials).toEqual(['admin-kubeconfig']);
  });

  test('removes a revocation that would undo a repair, by its file if the file contains nothing else', () => {
    const refusal = (name: string, isAlone: boolean): RenewalRefusal => ({
      name,
      namespace: 'kube-system',
      path: `/${name}.yaml`,
      isAlone,
      kind: 'Group',
      value: 'system:nodes',
    });
    const planRefused = (...refusals: RenewalRefusal[]): PlanStep | undefined =>
      checkPlan({ rows: [row('apiserver', -HOUR_MS, { ...OF_EAST, refusals })], versions: KNOWN }).plan.steps.find(
        ({ id }) => id === 'repair-revocation-retail-east',
      );
    const step = planRefused(refusal("lost'node", true));
    expect(step?.command && commandText(step.command)).toBe("kubectl delete -f '/lost''node.yaml'");
    expect(step?.undo?.command && commandText(step.undo.command)).toBe("kubectl apply -f '/lost''node.yaml'");
    const shared = planRefused(refusal('a', true), refusal('b', false));
    expect(shared?.command && commandText(shared.command)).not.toContain('delete');
    expect(planRefused()).toBeUndefined();
  });

  test('contains a manual step if there is no command', () => {
    const planning = checkPlan({
      rows: [row('management-kubeconfig', -DAY_MS, { layer: 'workstation' })],
      versions: KNOWN,
    });
    expect(planning.plan.steps.find(({ id }) => id === 'repair-management-kubeconfig')?.command).toBeUndefined();
  });

  test('updates a cluster that the new hosts no longer support first, and offers the other order as an alternative', () => {
    const planning = checkPlan({
      places: [AGENT, EAST, WEST],
      versions: {
        ...KNOWN,
        tests: [
          { name: 'Validate AksHci Update', passed: false, deprecated: { cluster: 'retail-east', version: 'v1.21.9' } },
        ],
      },
    });
    const ids = stepIds(planning);
    expect(ids.indexOf('update-retail-east-v1-22-11')).toBeLessThan(ids.indexOf('update-host'));
    expect(ids.indexOf('update-retail-west-newest')).toBeGreaterThan(ids.indexOf('update-host'));
    const first = planning.plan.steps.find(({ id }) => id === 'update-retail-east-v1-22-11');
    expect(first?.instead?.steps.map(({ id }) => id)).toEqual(['update-host']);
    expect(first?.instead?.statement.citations).not.toEqual(first?.why.citations);
    expect(listWarnings(planning)).toContain('update.warning.deprecated-first');
    expect(findCheck(planning, 'update-test')?.state).toBe('problem');
  });

  test('includes a warning about a blocking cluster that has no update', () => {
    const tests = [
      { name: 'Validate AksHci Update', passed: false, deprecated: { cluster: 'retail-west', version: 'v1.20.1' } },
    ];
    const stuck = (change: Partial<KnownVersions>): boolean =>
      listWarnings(checkPlan({ versions: { ...KNOWN, tests, ...change } })).includes('update.warning.deprecated-stuck');
    expect(stuck({})).toBe(true);
    expect(stuck({ clusters: [{ name: 'retail-west', kubernetesVersion: 'v1.20.1', updates: [] }] })).toBe(true);
    expect(stuck({ clusters: [{ name: 'retail-west' }] })).toBe(false);
    expect(stuck({ hostUpdates: [] })).toBe(false);
  });

  test('contains the open checks, each with a command that only reads', () => {
    const planning = checkPlan({ versions: KNOWN });
    const checks = planning.plan.steps.filter(({ id }) => id.startsWith('check-'));
    expect(checks.map(({ id }) => id)).toEqual([
      ...['check-moc-login', 'check-kvactl-login', 'check-management-kubeconfig'],
      ...['check-kms', 'check-kms-retail-east', 'check-moc-version'],
      ...['check-update-test', 'check-room'],
    ]);
    for (const { command, risk } of checks) {
      expect(risk).toBe('none');
      const text = command === undefined ? '' : commandText(command);
      expect(text).toMatch(/^(?:Get-|Test-|kubectl get)/u);
    }
  });
});

describe('the checks before an update', () => {
  test('occur once for the hosts or once for each cluster', () => {
    const { checks } = checkPlan({ places: [AGENT, EAST, WEST], versions: KNOWN });
    expect([...new Set(checks.map(({ id }) => id))]).toEqual([...PREFLIGHT_IDS]);
    const keys = checks.map(({ id, cluster }) => `${id} ${cluster ?? ''}`);
    expect(new Set(keys).size).toBe(keys.length);
  });

  test.each([
    ['one second before the run ends', 180 * 60_000 - 2_000, 'problem', 'ends'],
    ['with the last second of the run', 180 * 60_000 - 1_000, 'problem', 'ends'],
    ['one second after the run', 180 * 60_000, 'ok', 'valid'],
    ['now', -1_000, 'problem', 'expired'],
    ['in a second', 0, 'problem', 'ends'],
  ])('judge a token that ends %s by the duration of the update', (_, endsMs, state, why) => {
    // The update takes 120 minutes for the hosts and 60 for the cluster.
    const planning = checkPlan({ rows: [row('caphlogintoken', endsMs)], versions: KNOWN });
    expect(planning.minutes).toBe(180);
    expect(findCheck(planning, 'host-credentials')).toMatchObject({
      state,
      why: { text: `preflight.credentials.${why}` },
    });
  });

  test.each([
    ['kubelet-client', EAST, true],
    ['kubeconfig-client', EAST, false],
    ['kvactl', AGENT, true],
  ] as const)('are enough to tell whether an expired %s must be repaired first', (role, { id, name }, expected) => {
    const rows = [row(role, -DAY_MS, { clusterId: id, cluster: name })];
    const clocks = powerOffClocks([AGENT, EAST], rows, { nowMs: NOW_MS, classes: LIFETIME_CLASSES, facts: {} });
    const own = clocks.filter(({ clusterId }) => clusterId === id);
    expect([own.length, isBlocked(own, NOW_MS)]).toEqual([1, expected]);
    expect(isBlocked(own, NOW_MS - 2 * DAY_MS)).toBe(false);
  });

  test('use the admin’s estimates of durations', () => {
    const planning = checkPlan({ versions: KNOWN, minutes: { 'host-update': 30, 'cluster-update': 15 } });
    expect(planning.minutes).toBe(45);
    expect(planning.length.params).toEqual({ takesMs: 45 * MINUTE_MS });
  });

  test('judge logins by the output of a cmdlet rather than by a certificate', () => {
    const rows = [row('mocctl', -DAY_MS), row('kvactl', 40 * DAY_MS)];
    const fromFiles = checkPlan({ rows, versions: KNOWN });
    expect(findCheck(fromFiles, 'moc-login')).toMatchObject({ state: 'problem', credentials: ['mocctl'] });
    expect(findCheck(fromFiles, 'kvactl-login')).toMatchObject({ state: 'ok' });
    const answers = { 'get-mocnode': 'answered', 'get-akshcicluster': 'failed' } as const;
    const fromAnswers = checkPlan({ rows, versions: { ...KNOWN, answers } });
    expect(findCheck(fromAnswers, 'moc-login')).toMatchObject({ state: 'ok' });
    expect(findCheck(fromAnswers, 'kvactl-login')).toMatchObject({ state: 'problem' });
    const warning = fromAnswers.plan.warnings.find(({ text }) => text.endsWith('.command-failed'));
    expect(warning?.params).toEqual({ commands: 'Get-AksHciCluster' });
    expect(listWarnings(fromFiles)).not.toContain('update.warning.command-failed');
  });

  test('judge the KMS plugin separately for each cluster', () => {
    const planning = checkPlan({
      rows: [row('kms-plugin-token', -DAY_MS, { name: 'KMSPlugin-retail-east-moc-kms-plugin' })],
      versions: KNOWN,
    });
    expect(findCheck(planning, 'kms', 'retail-east')).toMatchObject({ state: 'problem' });
    expect(findCheck(planning, 'kms')).toMatchObject({ state: 'unknown' });
  });

  test.each([
    [['1.1.60'], 'ok'],
    [['1.1.46', '1.1.60'], 'problem'],
    [undefined, 'unknown'],
    [[], 'unknown'],
  ])('include a check of the modules %s with the result %s', (modules, state) => {
    const versions = { ...KNOWN, ...(modules !== undefined && { modules }) };
    expect(findCheck(checkPlan({ versions }), 'module')).toMatchObject({ state });
  });

  test('compare the builds of the hosts and of MOC', () => {
    expect(findCheck(checkPlan({ versions: { ...KNOWN, moc: '1.0.14.10928' } }), 'moc-version')).toMatchObject({
      state: 'ok',
    });
    expect(findCheck(checkPlan({ versions: { ...KNOWN, moc: '1.0.15.11111' } }), 'moc-version')).toMatchObject({
      state: 'problem',
    });
  });

  test.each([
    [undefined, 'unknown'],
    ['windows-server-2019', 'ok'],
    ['windows-server-2022', 'ok'],
    ['windows-server-2025', 'ok'],
    ['azure-stack-hci-22h2', 'problem'],
  ] as const)('include a check of support for %s with the result %s', (windowsServer, state) => {
    const planning = checkPlan({
      versions: KNOWN,
      facts: windowsServer === undefined ? {} : { [AGENT.id]: { windowsServer } },
    });
    expect(findCheck(planning, 'support-end')).toMatchObject({ state });
    expect(listWarnings(planning).includes('preflight.support-end.over')).toBe(state === 'problem');
  });

  test.each([
    ['windows-server-2019', '2026-03-01T00:00:00Z'],
    ['windows-server-2022', '2027-03-01T00:00:00Z'],
  ] as const)('contain the newest end of support for %s, and the dates on earlier pages', (windowsServer, at) => {
    const planning = checkPlan({ versions: KNOWN, facts: { [AGENT.id]: { windowsServer } } });
    expect(findCheck(planning, 'support-end')).toMatchObject({
      why: { text: 'preflight.support-end.supported', params: { system: windowsServer, at: '2028-04-01T00:00:00Z' } },
      but: { text: 'preflight.support-end.but', params: { at, before: '2028-03-27T00:00:00Z' } },
    });
  });

  test('state that earlier pages excluded Windows Server 2025 from support', () => {
    const planning = checkPlan({ versions: KNOWN, facts: { [AGENT.id]: { windowsServer: 'windows-server-2025' } } });
    expect(findCheck(planning, 'support-end')?.but).toMatchObject({ text: 'preflight.support-end.excluded' });
  });

  test.each([
    [59, 'ok', 'current', []],
    [60, 'ok', 'late', ['do-not-reboot']],
    [89, 'ok', 'late', ['do-not-reboot']],
    [90, 'problem', 'expired', ['do-not-reboot', 'call-support']],
  ])('include a check of an update %s days ago with the result %s', (days, state, why, warnings) => {
    const lastUpdatedAt = instantFromMs(NOW_MS - days * DAY_MS);
    const planning = checkPlan({ rows: [row('caph', 20 * DAY_MS)], facts: { [AGENT.id]: { lastUpdatedAt } } });
    expect(findCheck(planning, 'update-age')).toMatchObject({
      state,
      why: { text: `preflight.update-age.${why}`, params: { days } },
    });
    expect(listWarnings(planning).filter((text) => /reboot|support$/u.test(text))).toEqual(
      warnings.map((warning) => `update.warning.${warning}`),
    );
  });
});

test.each([
  // 1.0.17.10310 was released on 10 March 2023, so its 60 days end on 9 May.
  ['2023-05-08T00:00:00Z', 'current', 'no'],
  ['2023-05-09T00:00:00Z', 'late', 'yes'],
])('at %s, an update 20 days ago is %s because of the offered release', (now, why, over) => {
  const nowMs = epochMs(instant(now));
  const [age] = preflightChecks({
    nowMs,
    runMs: 0,
    host: powerOffClocks([AGENT], [row('caph', DAY_MS)], {
      nowMs,
      classes: LIFETIME_CLASSES,
      facts: { [AGENT.id]: { lastUpdatedAt: instantFromMs(nowMs - 20 * DAY_MS) } },
    }),
    clusters: [],
    versions: { ...NOTHING_KNOWN, host: '1.0.16.10113', hostUpdates: ['1.0.17.10310'] },
  }).filter(({ id }) => id === 'update-age');
  expect(age?.why.text).toBe(`preflight.update-age.${why}`);
  expect(age?.but).toMatchObject({
    params: { build: '1.0.17.10310', released: '2023-03-10T00:00:00Z', until: '2023-05-09T00:00:00Z', over },
    citations: [{ certainty: 'documented' }, { certainty: 'inferred' }],
  });
});

describe('the notes of an update plan', () => {
  test('contain the periods of 30, 60 and 90 days, with the sources for and against each', () => {
    const { plan } = checkPlan({ versions: KNOWN });
    const windows = plan.after.filter(({ text }) => text.includes('.window-'));
    expect(windows.map(({ params }) => params?.['at'])).toEqual(
      [60, 30, 90].map((days) => instantFromMs(NOW_MS + days * DAY_MS)),
    );
    const works = plan.after.map(({ text, citations }) => [text, citations.map(({ work }) => work)]);
    expect(Object.fromEntries(works)).toMatchObject({
      'update.after.window-60': [expect.stringContaining('Overview of certificate management')],
      'update.after.window-30': [expect.stringContaining('update-akshci-host-powershell')],
      'update.after.not-impacted': [expect.stringContaining('update-certificates'), expect.stringContaining('292')],
    });
  });

  test('contain the next expiry that no update prevents', () => {
    const rows = [
      row('caph', 10 * DAY_MS),
      row('management-kubeconfig', 50 * DAY_MS, { layer: 'workstation' }),
      row('extra-admin', 60 * DAY_MS),
    ];
    const next = (of: readonly BoardRow[]) =>
      checkPlan({ rows: of, versions: KNOWN }).plan.after.find(({ text }) => text.endsWith('.next-end'));
    expect(next(rows)?.params).toMatchObject({
      name: 'management-kubeconfig',
      at: instantFromMs(NOW_MS + 50 * DAY_MS),
    });
    expect(next(rows.slice(0, 1))).toBeUndefined();
    expect(next([row('extra-admin', 91 * DAY_MS)])).toBeUndefined();
  });

  test('contain the age of the data, and a warning about the two releases from which updates are known to fail', () => {
    const { plan } = checkPlan({
      rows: [row('caph', DAY_MS), row('csi', DAY_MS, { ...OF_EAST, confirmedMs: NOW_MS - 9 * DAY_MS })],
      versions: { host: '1.0.21.11030', hostUpdates: ['1.0.22.10209'] },
    });
    expect(plan.knownAt).toBe(instantFromMs(NOW_MS - 9 * DAY_MS));
    expect(plan.warnings.map(({ text }) => text)).toContain('update.warning.issue-371');
    expect(checkPlan().plan.knownAt).toBeUndefined();
  });

  test('have texts and sources in all parts', () => {
    const { plan, checks } = checkPlan({ versions: KNOWN });
    // Questions are asked only if no versions are known.
    const { questions } = checkPlan();
    expect(questions.length).toBeGreaterThan(2);
    const statements = [
      ...plan.warnings,
      ...plan.after,
      ...plan.steps.flatMap(({ title, why, expected, check, undo }) => [
        title,
        why,
        ...[expected, check?.expected, undo?.statement].filter((each) => each !== undefined),
      ]),
      ...checks.flatMap(({ title, why, expected }) => [title, why, expected]),
      ...questions.map(({ statement }) => statement),
    ];
    for (const { text, citations } of statements) {
      expect(Object.keys(CATALOGUES.en)).toContain(text);
      expect(citations.length, text).toBeGreaterThan(0);
    }
  });

  test('contain no command that the command checker rejects', () => {
    const { plan, checks, questions } = checkPlan({
      places: [AGENT, EAST, WEST],
      rows: [
        ...[row('kvactl-token', -DAY_MS), row('mocctl', -DAY_MS), row('node-agent-token', -DAY_MS)],
        ...[row('cloud-agent-ca', -DAY_MS), row('apiserver', -HOUR_MS, OF_EAST)],
        row('kms-plugin-token', -DAY_MS, { name: 'KMSPlugin-retail-east-moc-kms-plugin' }),
      ],
      versions: KNOWN,
    });
    const { plan: ofSystem } = checkPlan({ versions: KNOWN, choice: { onlySystem: true } });
    const commands = [
      ...[...plan.steps, ...ofSystem.steps].flatMap(({ command, check, undo }) => [
        ...[command, check?.command, undo?.command].filter((each) => each !== undefined),
      ]),
      ...checks.map(({ command }) => command),
      ...questions.map(({ command }) => command),
    ];
    expect(commands.length).toBeGreaterThan(40);
    for (const command of commands) {
      // Each line of a constant script is a command. Arcwarden's own command is not a PowerShell command.
      const text = command.kind === 'script' ? command.script : commandText(command);
      if (text.startsWith('arcwarden ') || text.startsWith('(Get-CimInstance')) continue;
      const { problems } = checkCommand(text.replaceAll(/<([a-z0-9_]+)>/gu, 'v1.22.11'));
      expect(
        problems.filter(({ severity }) => severity !== 'notice'),
        text,
      ).toEqual([]);
    }
  });

  test('have a title for each repair', () => {
    for (const id of REPAIR_STEP_IDS) expect(Object.keys(CATALOGUES.en)).toContain(`maintenance.step.${id}`);
  });

  test('are the same for the same request', () => {
    expect(checkPlan({ versions: KNOWN })).toEqual(checkPlan({ versions: KNOWN }));
  });
});

test('an update begins with all steps of its repair, even if there are too many for the arguments of a function', () => {
  const request = makeRequest({ rows: [row('apiserver', -HOUR_MS, OF_EAST)] });
  const [first] = request.repair.steps;
  if (first === undefined) throw new Error('nothing has to be repaired');
  const steps = Array.from({ length: 150_000 }, (_, at) => ({ ...first, id: `${first.id}-${at}` }));
  const { plan } = updatePlan({ ...request, repair: { ...request.repair, steps } });
  expect(plan.steps.slice(0, 150_000).map(({ id }) => id)).toEqual(steps.map(({ id }) => id));
});

describe('the target of an update', () => {
  const places = [
    AGENT,
    EAST,
    WEST,
    { id: 'agent-2' as ClusterId, name: 'ca-2.contoso.example', kind: 'moc' as const },
  ];
  const facts = { 'retail-east': { cloudAgent: AGENT.id }, 'retail-west': { cloudAgent: 'agent-2' as ClusterId } };
  const targets = (choice: Partial<UpdateChoice>, versions: Partial<KnownVersions> = {}): string[] =>
    checkPlan({ places, facts, choice, versions }).plan.clusters.map(({ name }) => name);

  test('is limited to one deployment', () => {
    expect(() => checkPlan({ places, facts })).toThrow('plan.deployment-needed');
    expect(targets({ deployment: 'ca-2.contoso.example' })).toEqual(['ca-2.contoso.example', 'retail-west']);
    expect(targets({ clusters: ['retail-east'] })).toEqual([AGENT.name, 'retail-east']);
    expect(() => checkPlan({ places, facts, choice: { clusters: ['retail-east', 'retail-west'] } })).toThrow(
      'plan.deployment-needed',
    );
    expect(() => checkPlan({ places, facts, choice: { deployment: 'ca-3' } })).toThrow('cluster.unknown');
  });

  test('includes only the hosts if their cloud agent is chosen', () => {
    expect(targets({ clusters: [AGENT.name] })).toEqual([AGENT.name]);
  });

  test('must be in the inventory or in the output', () => {
    expect(() => checkPlan({ choice: { clusters: ['retail-north'] } })).toThrow('cluster.unknown');
    const versions = { clusters: [{ name: 'retail-north' }] };
    expect(
      checkPlan({ choice: { clusters: ['retail-north'] }, versions }).plan.clusters.map(({ name }) => name),
    ).toEqual([AGENT.name, 'retail-north']);
  });

  test('is never the management cluster, whatever its name', () => {
    const management: ClusterPlace = { id: 'mgmt' as ClusterId, name: 'management', kind: 'kubernetes' };
    const { plan } = checkPlan({
      places: [AGENT, management, EAST],
      rows: [
        row('management-kubeconfig', DAY_MS, { cluster: 'management', clusterId: management.id, layer: 'workstation' }),
      ],
      versions: { clusters: [{ name: 'clustergroup-management', kubernetesVersion: 'v1.22.1' }] },
    });
    expect(plan.clusters.map(({ name }) => name)).toEqual([AGENT.name, 'retail-east']);
  });

  describe('a word that is the id of one cluster and the name of another', () => {
    const renamed: ClusterPlace = { id: 'plant-east' as ClusterId, name: 'plant-west', kind: 'kubernetes' };
    const later: ClusterPlace = { id: 'plant-2f' as ClusterId, name: 'plant-east', kind: 'kubernetes' };
    const planFor = (choice: Partial<UpdateChoice>, versions: Partial<KnownVersions> = {}, all = [renamed, later]) =>
      checkPlan({ places: [AGENT, ...all], choice, versions });
    const clusterNames = ({ plan }: UpdatePlanning): string[] => plan.clusters.map(({ name }) => name);

    test('selects the cluster with that id, or the one with that name if the admin typed the word', () => {
      const clusters = ['plant-east'];
      expect(clusterNames(planFor({ clusters }))).toEqual([AGENT.name, 'plant-west']);
      expect(clusterNames(planFor({ clusters, namesFirst: true }))).toEqual([AGENT.name, 'plant-east']);
      expect(clusterNames(planFor({ clusters, namesFirst: true }, {}, [renamed]))).toEqual([AGENT.name, 'plant-west']);
    });

    test('if typed, selects a cluster with that name that is only in the output, not the cluster with that id', () => {
      const printed = { clusters: [{ name: 'plant-east' }] };
      expect(clusterNames(planFor({ clusters: ['plant-east'], namesFirst: true }, printed, [renamed]))).toEqual([
        AGENT.name,
        'plant-east',
      ]);
    });

    test('sets the version of the selected cluster, not that of the other one', () => {
      const versions = new Map([['plant-east', kubernetes('v1.22.11')]]);
      const updates = (choice: Partial<UpdateChoice>): string[] =>
        listChanges(planFor({ versions, ...choice })).filter((command) => command.includes('v1.22.11'));
      expect(updates({})).toEqual(['Update-AksHciCluster -name plant-west -kubernetesVersion v1.22.11']);
      expect(updates({ namesFirst: true })).toEqual([
        'Update-AksHciCluster -name plant-east -kubernetesVersion v1.22.11',
      ]);
    });

    test('selects one of two deployments', () => {
      const first: ClusterPlace = { id: 'hosts-east' as ClusterId, name: 'hosts-west', kind: 'moc' };
      const second: ClusterPlace = { id: 'hosts-2f' as ClusterId, name: 'hosts-east', kind: 'moc' };
      const hosts = (choice: Partial<UpdateChoice>): string[] =>
        clusterNames(checkPlan({ places: [first, second], choice: { deployment: 'hosts-east', ...choice } }));
      expect(hosts({})).toEqual(['hosts-west']);
      expect(hosts({ namesFirst: true })).toEqual(['hosts-east']);
    });
  });

  test('includes a sample only if there is no real cluster', () => {
    const sample: ClusterPlace = { ...WEST, sample: true };
    expect(checkPlan({ places: [AGENT, EAST, sample] }).plan.clusters.map(({ name }) => name)).toEqual([
      AGENT.name,
      'retail-east',
    ]);
    expect(checkPlan({ places: [sample] }).plan.clusters.map(({ name }) => name)).toEqual(['retail-west']);
  });
});
