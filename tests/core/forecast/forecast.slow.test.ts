import { describe, expect, test } from 'vitest';
import { advance } from '../../../core/simulation/advance.ts';
import type { SimulationEvent } from '../../../core/simulation/events.ts';
import { perform } from '../../../core/simulation/actions/perform.ts';
import type { DeploymentState } from '../../../core/simulation/state.ts';
import { workloadClusters } from '../../../core/sample/fleet.ts';
import { simulateFleet } from '../../../core/sample/history.ts';
import { LIFETIME_CLASSES } from '../../../core/knowledge/model/credentials/lifetimes.ts';
import { PROFILES } from '../../../core/pki/model/profiles.ts';
import type { FactsByCluster } from '../../../core/plan/model/cluster-facts.ts';
import type { ClusterId } from '../../../core/shared/ids.ts';
import type { Cluster } from '../../../core/inventory/model/credential.ts';
import type { Forecast, ForecastEvent, ForecastScenario } from '../../../core/forecast/model/forecast.ts';
import { DAY_MS, HOUR_MS, instant, instantFromMs, epochMs, type Instant } from '../../../core/shared/instant.ts';
import { computeForecast } from '../../../core/forecast/forecast.ts';
import { listRows } from '../../../core/inventory/store/rows.ts';
import { AGENT_ID, buildInventory } from '../../support/inventory-of-deployment.ts';
import { deployment, Life, START } from '../simulation/deployment.ts';

const pause = (): Promise<void> => Promise.resolve();

interface Asked {
  scenario?: ForecastScenario;
  facts?: FactsByCluster;
  days?: number;
  now?: Instant;
  /** Default: the cautious settings of a forecast. */
  settings?: DeploymentState['settings'];
}

function foretold(
  clusters: readonly Cluster[],
  now: Instant,
  { scenario = {}, facts = {}, days = 365, settings }: Asked = {},
): Promise<Forecast> {
  return computeForecast({
    clusters,
    listRows,
    facts,
    classes: LIFETIME_CLASSES,
    nowMs: epochMs(now),
    horizonMs: days * DAY_MS,
    scenario,
    pause,
    settings,
  });
}

function forecastOfState(state: DeploymentState, asked: Asked = {}): Promise<Forecast> {
  return foretold(buildInventory(state), asked.now ?? state.now, asked);
}

const addMs = (moment: Instant, laterMs: number): number => epochMs(moment) + laterMs;

function listEvents(forecast: Forecast, cluster: string, kind?: ForecastEvent['kind']): ForecastEvent[] {
  const found = forecast.clusters.find(({ clusterId }) => clusterId === cluster);
  if (found === undefined) throw new Error(cluster);
  return found.events.filter((event) => kind === undefined || event.kind === kind);
}

function eventText({ atMs, kind, role, cause }: ForecastEvent): string {
  return `${instantFromMs(atMs)} ${kind} ${role ?? ''} ${cause ?? ''}`.trim();
}

/** Lists expiries by role in the simulation of the same deployment, up to the first failed renewal of each slot. */
function listExpiries(events: readonly SimulationEvent[], state: DeploymentState): string[] {
  const clusters = new Map(state.identities.map(({ name, cluster }) => [name, cluster]));
  return events.flatMap(({ kind, at: moment, cluster, identity, params, certificate }) => {
    const profile = params.profile as keyof typeof PROFILES;
    if (kind === 'token-expired') {
      const own = profile === 'kms-plugin' ? (clusters.get(identity ?? '') ?? '') : AGENT_ID;
      return [`${moment} token ${own} ${identity ?? ''}`];
    }
    if (kind !== 'certificate-expired') return [];
    const record = state.certificates.find(({ slot }) => slot === Number(certificate?.split('.')[0]));
    // Records in higher slots belong to machines that no inventory contains yet.
    if (record === undefined) return [];
    const own = PROFILES[profile].layer === 'moc' ? AGENT_ID : (cluster ?? '');
    const name = record.holder.kind === 'identity' ? record.holder.identity : record.subject.commonName;
    return [`${moment} certificate ${own} ${name}`];
  });
}

function foretoldExpiries({ clusters }: Forecast): string[] {
  return clusters.flatMap(({ clusterId, events }) =>
    events
      .filter(({ kind, credential }) => kind === 'expiry' && credential !== undefined)
      .map(
        ({ atMs, credentialKind = '', name = '' }) => `${instantFromMs(atMs)} ${credentialKind} ${clusterId} ${name}`,
      ),
  );
}

/*
 * These tests check that a deployment is correctly reconstructed from its inventory. Whether the forecasts are right is
 * checked without the simulation, in dates-by-hand.test.ts and naive-walker.slow.test.ts.
 */
describe('the demo fleet', () => {
  const NOW = instant('2026-11-24T12:00:00Z');
  /**
   * Omits everything that no inventory shows: revocation entries, a clock that is ahead, a client that stopped
   * recently.
   */
  const makeDeployment = async (): Promise<DeploymentState> => {
    const clusters = workloadClusters(7).filter(({ state }) => state !== 'revoked');
    const state = await simulateFleet({ now: NOW, seed: 'sample', clusters, pause });
    const { state: inTime } = perform(state, { kind: 'set-clock', offsetMs: 0 });
    return perform(inTime, { kind: 'resume-client', identity: 'retail-east-cert-manager' }).state;
  };
  const facts = (state: DeploymentState): FactsByCluster =>
    Object.fromEntries(state.clusters.map(({ name, power }) => [name, power.running ? {} : { offSince: power.since }]));

  test('loses the same credentials in a forecast from its inventory as in the simulation', async () => {
    const state = await makeDeployment();
    const forecast = await forecastOfState(state, { facts: facts(state), settings: state.settings });
    const real = advance(state, instantFromMs(addMs(NOW, 365 * DAY_MS)));
    const expected = listExpiries(real.events, state);
    expect(expected.length).toBeGreaterThan(60);
    expect(foretoldExpiries(forecast).sort()).toEqual(expected.sort());
  });

  test('loses the same credentials if everything is updated in between', async () => {
    const state = await makeDeployment();
    const updateOnMs = addMs(NOW, 20 * DAY_MS);
    const forecast = await forecastOfState(state, {
      facts: facts(state),
      settings: state.settings,
      scenario: { updateOnMs },
    });
    const before = advance(state, instantFromMs(updateOnMs));
    const events = [...before.events];
    let updated = before.state;
    for (const action of [
      { kind: 'Update-AksHci' } as const,
      ...state.clusters
        .filter(({ kind }) => kind === 'workload')
        .map(({ name }) => ({ kind: 'Update-AksHciCluster', name }) as const),
    ]) {
      const performed = perform(updated, action);
      updated = performed.state;
      events.push(...performed.events);
    }
    events.push(...advance(updated, instantFromMs(addMs(NOW, 365 * DAY_MS))).events);
    const expected = listExpiries(events, state);
    expect(expected.length).toBeGreaterThan(20);
    expect(foretoldExpiries(forecast).sort()).toEqual(expected.sort());
  });
});

describe('a healthy deployment', () => {
  const life = new Life().pass(10 * DAY_MS);
  const { state } = life;

  test('first loses what nobody renews; renewals of its other four-day certificates are summed up', async () => {
    const forecast = await forecastOfState(state);
    const [retail] = forecast.clusters.filter(({ cluster }) => cluster === 'retail');
    expect(retail?.answer.first?.role).toBe('kms-plugin-token');
    expect(retail?.already.map(({ role = '' }) => role).sort()).toEqual([
      'kubelet-server',
      'kubelet-server',
      'kubelet-server',
      'super-admin-conf',
    ]);
    expect(listEvents(forecast, 'retail', 'renewal')).toEqual([]);
    const [sum] = retail?.renewals ?? [];
    // Eleven of the certificates are on the control plane and two on the workers. Each is renewed about 120 times a
    // year.
    expect(sum?.lifetimeClass).toBe('kubernetes-leaf');
    expect(sum?.credentials).toBe(13);
    expect((sum?.renewals ?? 0) / 13).toBeGreaterThan(113);
    expect((sum?.renewals ?? 0) / 13).toBeLessThan(123);
    expect(sum?.nextMs).toBeLessThan(addMs(state.now, 4 * DAY_MS));
  });

  test('gets the same forecast every time', async () => {
    expect(await forecastOfState(state)).toEqual(await forecastOfState(state));
  });

  test('loses its tokens 90 days after the last update, including an update in the scenario', async () => {
    const token = 'kms-plugin-token';
    const ends = (forecast: Forecast): string[] =>
      listEvents(forecast, 'retail', 'expiry')
        .filter(({ role }) => role === token)
        .map(({ atMs }) => instantFromMs(atMs));
    expect(ends(await forecastOfState(state))).toEqual([instantFromMs(addMs(START, 90 * DAY_MS))]);
    const updateOnMs = addMs(state.now, 30 * DAY_MS);
    const updated = await forecastOfState(state, { scenario: { updateOnMs } });
    expect(ends(updated)).toEqual([instantFromMs(updateOnMs + 90 * DAY_MS)]);
  });

  test('is due for an update after 60 days and overdue after 90, counted from the oldest token or the stated date', async () => {
    const due = ({ kind, atMs, certainty }: ForecastEvent): [string, number, string] => [kind, atMs, certainty];
    const deadlines = (forecast: Forecast): [string, number, string][] =>
      listEvents(forecast, 'retail')
        .filter(({ kind }) => kind === 'update-due' || kind === 'update-overdue')
        .map(due);
    expect(deadlines(await forecastOfState(state))).toEqual([
      ['update-due', addMs(START, 60 * DAY_MS), 'inferred'],
      ['update-overdue', addMs(START, 90 * DAY_MS), 'inferred'],
    ]);
    const lastUpdatedAt = instantFromMs(addMs(START, 5 * DAY_MS));
    const stated = await forecastOfState(state, { facts: { retail: { lastUpdatedAt } } });
    expect(deadlines(stated)).toEqual([
      ['update-due', addMs(START, 65 * DAY_MS), 'documented'],
      ['update-overdue', addMs(START, 95 * DAY_MS), 'documented'],
    ]);
    const updateOnMs = addMs(START, 60 * DAY_MS);
    const updated = await forecastOfState(state, { scenario: { updateOnMs } });
    expect(deadlines(updated).map(([kind, ms]) => [kind, ms])).toEqual([
      ['update-due', updateOnMs + 60 * DAY_MS],
      ['update-overdue', updateOnMs + 90 * DAY_MS],
    ]);
  });

  test.each([
    ['one second before the end of the horizon', 1_000, 1],
    ['at the end of the horizon', 0, 1],
    ['one second after the end of the horizon', -1_000, 0],
  ])('has an expiry in the forecast only if it falls within the horizon: %s', async (_title, moreMs, count) => {
    const endMs = addMs(START, 90 * DAY_MS);
    const forecast = await computeForecast({
      clusters: buildInventory(state),
      listRows,
      facts: {},
      classes: LIFETIME_CLASSES,
      nowMs: epochMs(state.now),
      horizonMs: endMs - epochMs(state.now) + moreMs,
      scenario: {},
      pause,
    });
    const ends = listEvents(forecast, 'retail', 'expiry').filter(({ role }) => role === 'kms-plugin-token');
    expect(ends).toHaveLength(count);
  });
});

describe('a cluster that is off', () => {
  const { state } = new Life().pass(10 * DAY_MS);
  const fromMs = addMs(state.now, 2 * DAY_MS);
  const off = (days: number, clusterId?: string): ForecastScenario => ({
    off: {
      fromMs,
      toMs: fromMs + days * DAY_MS,
      ...(clusterId !== undefined && { clusterId: clusterId as ClusterId }),
    },
  });
  const roles = (events: readonly ForecastEvent[]): string[] => [...new Set(events.map(({ role = '' }) => role))];
  const filterOff = (events: readonly ForecastEvent[]): ForecastEvent[] =>
    events.filter(({ cause }) => cause === 'off');

  test('loses its four-day certificates in six days, but no credential of the cloud agent', async () => {
    const forecast = await forecastOfState(state, { scenario: off(6, 'retail') });
    const lost = filterOff(listEvents(forecast, 'retail', 'expiry'));
    expect(roles(lost).sort()).toEqual([
      'admin-conf',
      'apiserver',
      'apiserver-etcd-client',
      'apiserver-kubelet-client',
      'controller-manager',
      'etcd-healthcheck-client',
      'etcd-peer',
      'etcd-server',
      'front-proxy-client',
      'kubelet-client',
      'scheduler',
    ]);
    expect(lost.every(({ needsSomebody }) => needsSomebody)).toBe(true);
    expect(filterOff(listEvents(forecast, 'management', 'expiry'))).toEqual([]);
    expect(filterOff(listEvents(forecast, AGENT_ID, 'expiry'))).toEqual([]);
    expect(forecast.answer.first?.clusterId).toBe('retail');
    // The first certificate expires while the cluster is off, within four days.
    expect(forecast.answer.first?.atMs).toBeGreaterThan(fromMs);
    expect(forecast.answer.first?.atMs).toBeLessThanOrEqual(fromMs + 4 * DAY_MS);
  });

  test("loses the API server's certificate first if several expire in the same second, in whatever order they were read", async () => {
    const backwards = buildInventory(state).map((cluster) => ({
      ...cluster,
      credentials: cluster.credentials.toReversed(),
    }));
    const forecast = await foretold(backwards, state.now, { scenario: off(6, 'retail') });
    const lost = filterOff(listEvents(forecast, 'retail', 'expiry'));
    const server = lost.find(({ role }) => role === 'apiserver');
    const together = lost.filter(({ atMs }) => atMs === server?.atMs);
    expect(together.length).toBeGreaterThan(3);
    expect(together[0]?.role).toBe('apiserver');
  });

  test('loses nothing in an hour', async () => {
    const short = { off: { fromMs, toMs: fromMs + HOUR_MS, clusterId: 'retail' as ClusterId } };
    const forecast = await forecastOfState(state, { scenario: short });
    expect(forecast.clusters.flatMap(({ events }) => filterOff(events))).toEqual([]);
  });

  test("loses every four-day certificate if its hosts are off too for 35 days, and the cloud agent's clients after 100 days", async () => {
    const month = await forecastOfState(state, { scenario: off(35) });
    expect(roles(filterOff(listEvents(month, 'management', 'expiry')))).toContain('apiserver');
    expect(filterOff(listEvents(month, AGENT_ID, 'expiry'))).toEqual([]);
    const longer = await forecastOfState(state, { scenario: off(100) });
    const lost = filterOff(listEvents(longer, AGENT_ID, 'expiry'));
    expect(roles(lost)).toEqual(expect.arrayContaining(['node-agent', 'csi', 'caph']));
    // The node agent needs its token to start, but the token has expired while the hosts were off.
    const failed = listEvents(longer, AGENT_ID, 'not-started');
    expect(failed.map(({ role, reason }) => [role, reason])).toContainEqual(['node-agent-token', 'token-expired']);
  });

  test("is switched on together with its hosts, even if only the hosts' inventory contains its credentials", async () => {
    const clusters = buildInventory(deployment());
    const alone = clusters.filter(({ id }) => id !== 'retail');
    const hosts = clusters.find(({ id }) => id === AGENT_ID);
    expect(hosts?.credentials.some(({ name }) => name === 'KMSPlugin-retail-moc-kms-plugin')).toBe(true);
    const off = { fromMs: addMs(START, 10 * DAY_MS), toMs: addMs(START, 20 * DAY_MS) };
    const forecasts = await Promise.all([clusters, alone].map((each) => foretold(each, START, { scenario: { off } })));
    const [known, unknown] = forecasts.map((forecast) => listEvents(forecast, AGENT_ID, 'power-on'));
    expect(unknown).toHaveLength(1);
    expect(unknown).toEqual(known);
  });

  test('loses its four-day certificates if it is already off at the time of the forecast', async () => {
    const offSince = instantFromMs(epochMs(state.now) - HOUR_MS);
    const forecast = await forecastOfState(state, { facts: { retail: { offSince } } });
    const lost = filterOff(listEvents(forecast, 'retail', 'expiry'));
    expect(roles(lost)).toContain('apiserver');
    expect(Math.max(...lost.map(({ atMs }) => atMs))).toBeLessThan(addMs(state.now, 4 * DAY_MS));
  });
});

describe('an unattended deployment', () => {
  const { state } = new Life().pass(10 * DAY_MS);

  test('loses nothing unusual in an absence of three weeks, but certificates of tools and tokens in an absence of four months', async () => {
    const absent = (days: number): ForecastScenario => ({
      absent: { fromMs: addMs(state.now, DAY_MS), toMs: addMs(state.now, (1 + days) * DAY_MS) },
    });
    const clean = (forecast: Forecast): string[] =>
      forecast.clusters
        .flatMap(({ events }) => events)
        .filter(({ kind, role, needsSomebody }) => kind === 'expiry' && needsSomebody && role !== 'kubelet-server')
        .map(eventText);
    const three = await forecastOfState(state, { scenario: absent(21), days: 120 });
    expect(clean(three)).toEqual([]);
    const long = await forecastOfState(state, { scenario: absent(120), days: 130 });
    expect(clean(long).some((line) => line.endsWith('mocctl not-used'))).toBe(true);
    expect(clean(long).some((line) => line.includes('kms-plugin-token'))).toBe(true);
  });

  test('loses no token if it misses one update, since the next one follows in time', async () => {
    const forecast = await forecastOfState(state, { scenario: { missesUpdate: true } });
    const updates = listEvents(forecast, 'retail', 'update').map(({ atMs }) => atMs);
    // Updates are due every 30 days after the last one, and the first of them is missed.
    expect(updates[0]).toBe(addMs(START, 60 * DAY_MS));
    expect(updates[1]).toBe(addMs(START, 90 * DAY_MS));
    const tokens = listEvents(forecast, 'retail', 'expiry').filter(({ credentialKind }) => credentialKind === 'token');
    expect(tokens).toEqual([]);
  });
});

describe('the forecast', () => {
  const { state } = new Life(deployment({ settings: { caRotatesItself: false } }));

  test("contains the day from which new certificates would outlive the cloud agent's CA", async () => {
    const forecast = await forecastOfState(state);
    const [horizon] = listEvents(forecast, AGENT_ID, 'ca-horizon');
    expect(horizon?.atMs).toBe(addMs(START, (365 - 90) * DAY_MS));
    const end = listEvents(forecast, AGENT_ID, 'expiry').find(({ role }) => role === 'cloud-agent-ca');
    expect(end?.atMs).toBe(addMs(START, 365 * DAY_MS));
    expect(end?.cause).toBe('nobody-renews');
  });

  test('contains every documented end of support for the systems that the hosts run or may run', async () => {
    const now = instant('2026-11-24T12:00:00Z');
    const years = { days: 2 * 365, now };
    const ends = (forecast: Forecast): [string, string, boolean, boolean][] =>
      listEvents(forecast, AGENT_ID, 'support-end').map(({ atMs, windowsServer = '', isPossible, needsSomebody }) => [
        instantFromMs(atMs),
        windowsServer,
        isPossible === true,
        needsSomebody,
      ]);
    expect(ends(await forecastOfState(state, years))).toEqual([
      ['2027-03-01T00:00:00Z', 'windows-server-2022', true, false],
      ['2028-03-27T00:00:00Z', 'windows-server-2019', true, false],
      ['2028-03-27T00:00:00Z', 'windows-server-2022', true, false],
      ['2028-04-01T00:00:00Z', 'windows-server-2019', true, true],
      ['2028-04-01T00:00:00Z', 'windows-server-2022', true, true],
      ['2028-04-01T00:00:00Z', 'windows-server-2025', true, true],
    ]);
    const facts = { [AGENT_ID]: { windowsServer: 'windows-server-2019' as const } };
    const known = await forecastOfState(state, { ...years, facts });
    expect(ends(known)).toEqual([
      ['2028-03-27T00:00:00Z', 'windows-server-2019', false, false],
      ['2028-04-01T00:00:00Z', 'windows-server-2019', false, true],
    ]);
    // A date that Microsoft has withdrawn is not an event.
    const [agent] = known.clusters;
    expect(agent?.already.filter(({ kind }) => kind === 'support-end')).toEqual([]);
  });

  test('contains a separate end of support for node pools, whatever system the hosts run', async () => {
    const facts = { [AGENT_ID]: { windowsServer: 'windows-server-2025' as const } };
    const now = instant('2026-02-24T12:00:00Z');
    const forecast = await forecastOfState(state, { days: 2 * 365, now, facts });
    expect(
      listEvents(forecast, AGENT_ID, 'node-pool-end').map(({ atMs, windowsServer }) => [
        instantFromMs(atMs),
        windowsServer,
      ]),
    ).toEqual([
      ['2026-03-01T00:00:00Z', 'windows-server-2019'],
      ['2027-03-01T00:00:00Z', 'windows-server-2022'],
    ]);
  });

  test('contains the end of a webhook certificate after 500 days', async () => {
    const [agent, management, retail] = buildInventory(state);
    if (retail === undefined || agent === undefined || management === undefined) throw new Error();
    const [first] = retail.credentials.filter(({ role }) => role === 'scheduler');
    if (first?.kind !== 'certificate') throw new Error('no certificate');
    const webhook = {
      ...first,
      id: 'f'.repeat(64) as typeof first.id,
      role: 'ad-auth-webhook' as const,
      facts: { ...first.facts, notAfter: instantFromMs(addMs(START, 300 * DAY_MS)) },
    };
    const clusters = [agent, management, { ...retail, credentials: [...retail.credentials, webhook] }];
    const forecast = await foretold(clusters, START);
    const ends = listEvents(forecast, 'retail', 'expiry').filter(({ role }) => role === 'ad-auth-webhook');
    expect(ends.map(eventText)).toEqual([
      `${instantFromMs(addMs(START, 300 * DAY_MS + 1_000))} expiry ad-auth-webhook nobody-renews`,
    ]);
  });

  test('contains a failing update with the output of the cmdlet', async () => {
    const { state: later } = new Life(state).pass(370 * DAY_MS);
    const forecast = await forecastOfState(later, { scenario: { updateOnMs: addMs(later.now, DAY_MS) } });
    const [failed] = listEvents(forecast, 'management', 'update-failed');
    expect(failed?.reason).toBe('unauthorized');
    expect(failed?.text).toBe('You must be logged in to the server (Unauthorized)');
  });
});

test.each<[string, ForecastScenario]>([
  ['no scenario', {}],
  ['an update', { updateOnMs: addMs(START, 30 * DAY_MS) }],
  ['hosts that are off', { off: { fromMs: addMs(START, 10 * DAY_MS), toMs: addMs(START, 45 * DAY_MS) } }],
])(
  'with %s, each of seventy clusters on unknown hosts has the same forecast as if it were alone',
  async (_, scenario) => {
    const [like] = buildInventory(deployment())
      .filter(({ kind }) => kind === 'kubernetes')
      .slice(-1);
    if (like === undefined) throw new Error('no cluster');
    const credentials = like.credentials.filter(
      ({ layer, role }) => layer !== 'moc' && role !== 'management-kubeconfig',
    );
    const clusters = Array.from({ length: 70 }, (__, number): Cluster => {
      const id = `cluster-${number}` as ClusterId;
      // All clusters have different credentials, so that their forecasts differ.
      return { ...like, id, name: id, credentials: credentials.slice(number % credentials.length) };
    });
    const all = await foretold(clusters, START, { scenario });
    expect(all.clusters).toHaveLength(clusters.length);
    for (const number of [0, 31, 32, 69]) {
      const [alone] = (await foretold([clusters[number]!], START, { scenario })).clusters;
      expect(alone?.events.length).toBeGreaterThan(0);
      expect(all.clusters[number]).toEqual(alone);
    }
    const breaking = all.clusters.reduce((sum, { answer }) => sum + answer.breaking, 0);
    expect(all.answer.breaking).toBe(breaking);
    const firsts = all.clusters.flatMap(({ answer: { first } }) => first?.atMs ?? []);
    expect(all.answer.first?.atMs).toBe(firsts.length === 0 ? undefined : Math.min(...firsts));
  },
);
