import fc from 'fast-check';
import { expect, test } from 'vitest';
import { changesSince, type ReportedAlarms } from '../../../core/notifications/changes.ts';
import { takeSnapshot } from '../../../core/notifications/fleet-snapshot.ts';
import type { Silence } from '../../../core/notifications/model/silence.ts';
import { assess } from '../../../core/expiry/model/assess.ts';
import type { BoardRow } from '../../../core/inventory/model/board-row.ts';
import type { ClusterFleet } from '../../../core/expiry/model/judged-fleet.ts';
import { sourcePaths } from '../../../core/inventory/model/source-paths.ts';
import type { Cluster, Credential } from '../../../core/inventory/model/credential.ts';
import { hashText } from '../../../core/shared/text-numbers.ts';
import type { RoleId } from '../../../core/knowledge/model/credentials/credentials.ts';
import { LIFETIME_CLASSES } from '../../../core/knowledge/model/credentials/lifetimes.ts';
import { ROLES } from '../../../core/knowledge/model/credentials/roles.ts';
import type { FactsByCluster } from '../../../core/plan/model/cluster-facts.ts';
import { countLanes, fleetNeeds } from '../../../core/repair/model/needs.ts';
import { FOREIGN_CLUSTER, type ClusterId, type CredentialId } from '../../../core/shared/ids.ts';
import { DAY_MS, HOUR_MS, instantFromMs, MINUTE_MS, SECOND_MS, epochMs } from '../../../core/shared/instant.ts';
import { boardRow } from '../../support/board-rows.ts';
import { TEST_NOW } from '../../support/ports.ts';
import { makeSnapshot } from './whole-fleet.ts';

const NOW_MS = epochMs(TEST_NOW);
/** Longest time for which a cluster may be off if no expiry of a MOC credential is known. */
const LIMIT_MS = 30 * DAY_MS;

const CLUSTER_ROLES: readonly RoleId[] = [
  ...(['apiserver', 'cluster-ca', 'kubelet-client', 'kubelet-server', 'kubelet-server', 'etcd-server'] as const),
  ...(['cert-manager', 'kms-plugin', 'bootstrap-token', 'management-kubeconfig', 'unknown'] as const),
];
const HOST_ROLES: readonly RoleId[] = [
  ...([
    'cloud-agent-ca',
    'cert-manager-token',
    'cert-manager',
    'kms-plugin',
    'kms-plugin-token',
    'node-agent',
  ] as const),
];

const makeId = (number: number): CredentialId => String(number).padStart(4, '0').padEnd(64, 'a') as CredentialId;
const NAMES = ['east', 'east-2', 'west', 'hosts', 'other-hosts', 'tried'] as const;
const isHosts = (place: number): boolean => place === 3 || place === 4;

/** Random properties of a credential. */
interface Drawn {
  id: number;
  role: RoleId;
  /** Number of the cluster whose name is in the credential's name. */
  of: number;
  beganHours: number;
  /** `null` if the end is unknown. */
  endsHours: number | null;
  readHours: number;
  refusedHours: number | null;
  path: number;
}

const anyCredential = (roles: readonly RoleId[]): fc.Arbitrary<Drawn> =>
  fc.record({
    id: fc.nat(25),
    role: fc.constantFrom(...roles),
    of: fc.nat(4),
    beganHours: fc.oneof(fc.integer({ min: -90, max: -50 }), fc.integer({ min: -2_000, max: 30 })),
    endsHours: fc.option(fc.oneof(fc.integer({ min: -20, max: 40 }), fc.integer({ min: -60, max: 1_500 })), {
      freq: 8,
    }),
    readHours: fc.integer({ min: -200, max: 0 }),
    refusedHours: fc.option(fc.integer({ min: -1, max: 60 })),
    path: fc.nat(12),
  });

interface DrawnCluster {
  credentials: Drawn[];
  history: { id: number; by: number }[];
}

const anyCluster = (place: number): fc.Arbitrary<DrawnCluster> =>
  fc.record({
    credentials: fc.array(anyCredential(isHosts(place) ? HOST_ROLES : CLUSTER_ROLES), { maxLength: 4 }),
    history: fc.array(fc.record({ id: fc.nat(25), by: fc.nat(25) }), { maxLength: 2 }),
  });

function makeRow(
  drawn: Drawn,
  { id: clusterId, name: cluster, sample }: Pick<Cluster, 'id' | 'name' | 'sample'>,
): BoardRow {
  const { id, role, of, beganHours, endsHours, readHours, refusedHours } = drawn;
  const layer = ROLES[role].layer ?? 'kubernetes';
  const isToken = role.endsWith('-token');
  return boardRow({
    ...{ id: makeId(id), clusterId, cluster, layer, role, kind: isToken ? 'token' : 'certificate' },
    ...(sample && { sample }),
    name: `${role}-${NAMES[of] ?? ''}-moc`,
    lifetimeClass: ROLES[role].lifetimeClass,
    notBeforeMs: NOW_MS + beganHours * HOUR_MS,
    notAfterMs: endsHours === null ? undefined : NOW_MS + endsHours * HOUR_MS,
    confirmedMs: NOW_MS + readHours * HOUR_MS,
    firstReadMs: NOW_MS + (readHours - 40) * HOUR_MS,
    ...(refusedHours !== null && {
      refusals: [
        {
          ...{ name: 'stop', namespace: 'kube-system', path: '/stop.yaml', isAlone: true, kind: 'User', value: 'x' },
          untilMs: NOW_MS + refusedHours * HOUR_MS,
        },
      ],
    }),
  } as Partial<BoardRow>);
}

class ChangingFleet {
  readonly #rows = new Map<Cluster, readonly BoardRow[]>();
  readonly #clusters: Cluster[] = [];
  facts: FactsByCluster = {};
  others: readonly BoardRow[] = [];
  nowMs = NOW_MS;

  put(place: number, { credentials, history }: DrawnCluster): void {
    const cluster: Cluster = {
      id: `cluster-${place}` as ClusterId,
      name: NAMES[place] ?? '',
      kind: isHosts(place) ? 'moc' : 'kubernetes',
      ...(place === 5 && { sample: true }),
      addresses: [],
      credentials: credentials.map(({ path }) => ({ sources: [{ path: `/pki/${path}` }] }) as unknown as Credential),
      history: history.map(({ id, by }) => ({
        credential: { id: makeId(id) } as Credential,
        replacedBy: makeId(by),
        replacedAt: TEST_NOW,
      })),
    };
    this.#clusters[place] = cluster;
    this.#rows.set(
      cluster,
      credentials.map((drawn) => makeRow(drawn, cluster)),
    );
  }

  putOthers(credentials: readonly Drawn[]): void {
    const cluster = { id: FOREIGN_CLUSTER, name: 'foreign' };
    this.others = credentials.map((drawn) => ({ ...makeRow(drawn, cluster), foreign: 'admin' as const }));
  }

  fleet(): ClusterFleet {
    return {
      now: instantFromMs(this.nowMs),
      clusters: [...this.#clusters],
      listRows: (cluster) => this.#rows.get(cluster) ?? [],
      pathNumbers: (cluster) => Float64Array.from(sourcePaths([cluster]), hashText),
      others: this.others,
      classes: LIFETIME_CLASSES,
      findings: [],
      facts: this.facts,
    };
  }

  /**
   * Lists the future moments at which something may change, except those at which a credential becomes due or overdue.
   */
  moments(): number[] {
    const rows = [...this.#clusters.flatMap((cluster) => this.#rows.get(cluster) ?? []), ...this.others];
    const all = [
      ...rows.flatMap(({ notAfterMs }) =>
        notAfterMs === undefined ? [] : [notAfterMs + SECOND_MS, notAfterMs - LIMIT_MS],
      ),
      ...rows.flatMap(({ refusals = [] }) => refusals.flatMap(({ untilMs }) => untilMs ?? [])),
      ...Object.values(this.facts).flatMap(({ offSince }) =>
        offSince === undefined ? [] : [epochMs(offSince) + LIMIT_MS],
      ),
    ];
    return all.filter((ms) => ms > this.nowMs).sort((one, other) => one - other);
  }

  whole() {
    const { clusters: all, listRows, pathNumbers: _, others, ...rest } = this.fleet();
    const clusters = all.filter(({ sample }) => sample !== true);
    const rows = [...clusters.flatMap((cluster) => listRows(cluster)), ...others];
    const { nowMs } = this;
    const assessments = assess(rows, { nowMs, classes: rest.classes });
    const needs = countLanes(fleetNeeds({ ...rest, clusters, rows }));
    const past = clusters.flatMap(({ history }) => history);
    const renewals = new Map(past.map(({ credential, replacedBy }) => [credential.id, replacedBy]));
    return makeSnapshot({
      ...{ assessments, needs, renewals, nowMs },
      ...{ clusters: clusters.length, sources: sourcePaths(clusters).length },
    });
  }
}

/** Draws a value for about one step in six, since a fleet changes little from one check to the next. */
const makeRare = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | null> =>
  fc.oneof({ weight: 5, arbitrary: fc.constant(null) }, { weight: 1, arbitrary });

const step = fc.record({
  /** Index of the future moment to which the clock advances; `null` to advance by `afterMinutes` instead. */
  toNext: fc.option(fc.nat(4), { freq: 4 }),
  afterMinutes: fc.oneof(fc.constantFrom(0, 1), fc.integer({ min: -300, max: 40 * 24 * 60 })),
  put: makeRare(fc.nat(5).chain((place) => fc.tuple(fc.constant(place), anyCluster(place)))),
  others: makeRare(fc.array(anyCredential(CLUSTER_ROLES), { maxLength: 3 })),
  off: makeRare(fc.tuple(fc.nat(4), fc.integer({ min: -60, max: 0 }))),
  runsOn: makeRare(fc.tuple(fc.nat(2), fc.constantFrom(3, 4))),
  quiet: fc.boolean(),
  silenced: makeRare(fc.nat(25)),
});

const stories = fc.tuple(
  fc.tuple(...NAMES.map((_, place) => anyCluster(place))),
  fc.array(step, { minLength: 2, maxLength: 12 }),
);

function makeSilence(number: number): Silence {
  return {
    ...{ credentialId: makeId(number), clusterId: 'cluster-0' as ClusterId, kind: 'snoozed', reason: '', by: '' },
    ...{ at: TEST_NOW, until: instantFromMs(NOW_MS + 5 * DAY_MS), state: 'urgent' },
  };
}

const pause = (): Promise<void> => Promise.resolve();

test('a fleet that is assessed cluster by cluster causes the same reports as one that is assessed as a whole', async () => {
  await fc.assert(
    fc.asyncProperty(stories, async ([clusters, steps]) => {
      const fleet = new ChangingFleet();
      for (const [place, drawn] of clusters.entries()) fleet.put(place, drawn);
      let reported: ReportedAlarms = {};
      for (const { toNext, afterMinutes, put, others, off, runsOn, quiet, silenced } of steps) {
        const next = toNext === null ? undefined : fleet.moments()[toNext];
        fleet.nowMs = next ?? fleet.nowMs + afterMinutes * MINUTE_MS;
        if (put !== null) fleet.put(...put);
        if (others !== null) fleet.putOthers(others);
        const state = (place: number, facts: FactsByCluster[string]): void => {
          const id = `cluster-${place}`;
          fleet.facts = { ...fleet.facts, [id]: { ...fleet.facts[id], ...facts } };
        };
        if (off !== null) state(off[0], { offSince: instantFromMs(NOW_MS + off[1] * DAY_MS) });
        if (runsOn !== null) state(runsOn[0], { cloudAgent: `cluster-${runsOn[1]}` as ClusterId });
        const [snapshot, whole] = [await takeSnapshot(fleet.fleet(), pause), fleet.whole()];
        expect(snapshot.summary).toEqual(whole.summary);
        expect(snapshot.sources).toBe(whole.sources);
        const rules = { marks: silenced === null ? [] : [makeSilence(silenced)], nowMs: fleet.nowMs, quiet };
        const found = changesSince(reported, await snapshot.compare(reported, rules), rules);
        const wanted = changesSince(reported, await whole.compare(reported, rules), rules);
        expect(found).toEqual(wanted);
        ({ reported } = wanted);
      }
    }),
    { numRuns: 60 },
  );
});

test('an expired token on the hosts stalls everything that depends on it, even if nothing else has changed', async () => {
  const fleet = new ChangingFleet();
  const drawn = { id: 1, of: 0, beganHours: -2_000, endsHours: 150, readHours: -1_900, refusedHours: null, path: 0 };
  // The certificate was not yet due when it was read, so no other reason makes it stalled.
  fleet.put(0, { credentials: [{ ...drawn, role: 'kubelet-server' }], history: [] });
  for (const place of [1, 2, 4, 5]) fleet.put(place, { credentials: [], history: [] });
  fleet.put(3, { credentials: [{ ...drawn, id: 2, role: 'cert-manager-token', endsHours: 5 }], history: [] });
  const stalled: number[] = [];
  for (const hours of [4, 6]) {
    fleet.nowMs = NOW_MS + hours * HOUR_MS;
    stalled.push((await takeSnapshot(fleet.fleet(), pause)).summary.counts.stalled);
  }
  expect(stalled).toEqual([0, 1]);
});

test('other work can run after each cluster', async () => {
  const fleet = new ChangingFleet();
  const credential: Drawn = {
    ...{ id: 1, role: 'apiserver', of: 0, beganHours: -40, endsHours: -1, readHours: 0, refusedHours: null, path: 0 },
  };
  for (let place = 0; place < 4; place += 1) fleet.put(place, { credentials: [credential], history: [] });
  let looked = 0;
  let most = 0;
  const all = fleet.fleet();
  const counted: ClusterFleet = { ...all, listRows: (cluster) => ((looked += 1), all.listRows(cluster)) };
  const recordMost = async (): Promise<void> => {
    most = Math.max(most, looked);
    looked = 0;
  };
  const snapshot = await takeSnapshot(counted, recordMost);
  const rules = { marks: [], nowMs: fleet.nowMs, quiet: false };
  expect((await snapshot.compare({}, rules)).credentials).toHaveLength(4);
  expect([most, looked]).toEqual([1, 0]);
});
