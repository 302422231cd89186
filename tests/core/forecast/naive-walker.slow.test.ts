import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { ForecastScenario } from '../../../core/forecast/model/forecast.ts';
import type { RoleId } from '../../../core/knowledge/model/credentials/credentials.ts';
import type { ClusterFacts } from '../../../core/plan/model/cluster-facts.ts';
import type { ClusterId } from '../../../core/shared/ids.ts';
import { instantFromMs } from '../../../core/shared/instant.ts';
import { AGENT, expiriesIn, forecastByHand, type Fleet, type Held } from './fleet-by-hand.ts';
import { NaiveWalker, type Deed } from './naive-walker.ts';

const NOW = Date.parse('2026-03-11T08:00:00Z') / 1000;
const DAY = 86_400;
const DAYS = 400;

/** Generates the age of a credential in seconds. */
const age = (mostDays: number, leastDays = 0): fc.Arbitrary<number> =>
  fc.integer({ min: Math.ceil(leastDays * DAY), max: Math.floor(mostDays * DAY) });

/**
 * Ages of four-day certificates: up to 3.2 days, or already expired. At ages in between, renewal would be overdue and
 * count as stalled.
 */
const LEAF_AGE = fc.oneof({ weight: 9, arbitrary: age(3.2) }, { weight: 1, arbitrary: age(6, 4) });

const CONTROL_PLANE: readonly RoleId[] = [
  ...(['apiserver', 'apiserver-kubelet-client', 'apiserver-etcd-client', 'etcd-server', 'etcd-peer'] as const),
  ...(['etcd-healthcheck-client', 'front-proxy-client', 'admin-conf', 'super-admin-conf'] as const),
  ...(['controller-manager', 'scheduler'] as const),
];
const KUBELET: readonly RoleId[] = ['kubelet-client', 'kubelet-server'];

const makeCertificate = (cluster: string, role: RoleId, { ago, days }: { ago: number; days: number }): Held => ({
  kind: 'certificate',
  role,
  name: role,
  cluster,
  from: NOW - ago - 300,
  end: NOW - ago + days * DAY,
});

/**
 * Generates the certificates of a machine. Those of the control plane are issued together, the kubelet's two
 * separately.
 */
const aMachine = (cluster: string, isWorker: boolean): fc.Arbitrary<Held[]> =>
  fc
    .record({ ago: LEAF_AGE, kubelet: LEAF_AGE, number: fc.integer({ min: 1, max: 1_000_000 }) })
    .map(({ ago, kubelet, number }) => {
      const machine = `${cluster}-${isWorker ? 'md' : 'control-plane'}-${number}`;
      const own = isWorker ? [] : CONTROL_PLANE.map((role) => makeCertificate(cluster, role, { ago, days: 4 }));
      const ofKubelet = KUBELET.map((role) => makeCertificate(cluster, role, { ago: kubelet, days: 4 }));
      return [...own, ...ofKubelet].map((held) => ({ ...held, machine }));
    });

const aCluster = (id: string): fc.Arbitrary<Held[]> => {
  const kubeconfig = id === 'management' ? 'management-kubeconfig' : 'admin-kubeconfig';
  const several = <T>(arbitrary: fc.Arbitrary<T[]>, maxLength: number): fc.Arbitrary<T[]> =>
    fc.array(arbitrary, { maxLength }).map((lists) => lists.flat());
  return fc
    .record({
      control: several(aMachine(id, false), 2),
      workers: several(aMachine(id, true), 2),
      // A root CA is valid for ten years; some expire during the forecast.
      root: fc.option(fc.oneof(age(3000, 3), age(3649, 3650 - DAYS))),
      kubeconfig: age(364),
      webhook: fc.option(age(499)),
    })
    .map(({ control, workers, root, webhook, ...more }) => [
      ...control,
      ...workers,
      ...(root === null
        ? []
        : (['cluster-ca', 'etcd-ca', 'front-proxy-ca'] as const).map((role, at) =>
            makeCertificate(id, role, { ago: root - at * DAY, days: 3650 }),
          )),
      makeCertificate(id, kubeconfig, { ago: more.kubeconfig, days: 365 }),
      ...(webhook === null ? [] : [makeCertificate(id, 'ad-auth-webhook', { ago: webhook, days: 500 })]),
    ]);
};

interface ClientPlan {
  certificate: RoleId;
  token: RoleId;
  name: string;
  /** The cluster whose inventory contains the client's token. */
  cluster?: string;
  /** Present if the program runs only on demand, so that a late renewal is not a failure. */
  isTool?: true;
}

const HOST_CLIENTS: readonly ClientPlan[] = [
  { certificate: 'node-agent', token: 'node-agent-token', name: 'host-1' },
  { certificate: 'mocctl', token: 'moc-token', name: 'mocctl-admin', isTool: true },
  { certificate: 'kvactl', token: 'kvactl-token', name: 'kvactl-admin', isTool: true },
  { certificate: 'extra-admin', token: 'extra-admin-token', name: 'alice', isTool: true },
  { certificate: 'caph', token: 'caphlogintoken', name: 'management-caph' },
  { certificate: 'cloud-operator', token: 'cloud-operator-token', name: 'management-cloud-operator' },
];

const clientsIn = (cluster: string): ClientPlan[] => [
  { certificate: 'kms-plugin', token: 'kms-plugin-token', name: `KMSPlugin-${cluster}-moc-kms-plugin`, cluster },
  { certificate: 'csi', token: 'csi-token', name: `${cluster}-csi` },
  { certificate: 'cert-manager', token: 'cert-manager-token', name: `${cluster}-cert-manager` },
  { certificate: 'load-balancer', token: 'load-balancer-token', name: `${cluster}-load-balancer` },
];

const aClient = ({ certificate, token, name, cluster = AGENT, isTool }: ClientPlan): fc.Arbitrary<Held[]> =>
  fc
    .record({
      ago:
        isTool === true ? age(100) : fc.oneof({ weight: 9, arbitrary: age(66) }, { weight: 1, arbitrary: age(99, 90) }),
      token: fc.option(age(95), { freq: 9 }),
      isKnown: fc.integer({ max: 9, min: 0 }),
    })
    .map(({ ago, token: tokenAgo, isKnown }) => {
      if (isKnown === 0) return [];
      const found: Held[] = [{ ...makeCertificate(AGENT, certificate, { ago, days: 90 }), from: NOW - ago, name }];
      if (tokenAgo !== null)
        found.push({
          ...makeCertificate(cluster, token, { ago: tokenAgo, days: 90 }),
          ...{ kind: 'token', from: NOW - tokenAgo, name },
        });
      return found;
    });

const aFleet: fc.Arbitrary<Fleet> = fc
  .constantFrom(['management'], ['management', 'retail'], ['management', 'retail', 'branch'])
  .chain((clusters) =>
    fc
      .tuple(
        fc
          .record({ ca: age(360), server: fc.option(age(66)) })
          .map(({ ca, server }) => [
            { ...makeCertificate(AGENT, 'cloud-agent-ca', { ago: ca, days: 365 }), from: NOW - ca },
            ...(server === null
              ? []
              : [{ ...makeCertificate(AGENT, 'cloud-agent-server', { ago: server, days: 90 }), from: NOW - server }]),
          ]),
        ...[...HOST_CLIENTS, ...clusters.flatMap(clientsIn)].map(aClient),
        ...clusters.map(aCluster),
      )
      .map((lists) => ({ now: NOW, clusters, held: lists.flat() })),
  );

interface Asked {
  scenario: ForecastScenario;
  facts: Record<string, ClusterFacts>;
  deeds: Deed[];
  off: string[];
}

const NOTHING: Asked = { scenario: {}, facts: {}, deeds: [], off: [] };

/** Generates an instant in the next `mostDays` days. */
const moment = (mostDays: number): fc.Arbitrary<number> =>
  fc.integer({ min: 1, max: mostDays * DAY }).map((later) => NOW + later);

const anyPowerOff = (clusters: readonly string[]): fc.Arbitrary<Asked> =>
  fc
    .record({
      from: moment(90),
      length: fc.oneof(age(4), age(10, 4), age(50, 27), age(130, 90)),
      cluster: fc.constantFrom(undefined, ...clusters),
    })
    .map(({ from, length, cluster }) => ({
      ...NOTHING,
      scenario: {
        off: {
          fromMs: from * 1000,
          toMs: (from + length) * 1000,
          ...(cluster !== undefined && { clusterId: cluster as ClusterId }),
        },
      },
      deeds: (['off', 'on'] as const).map((what) => ({
        at: what === 'off' ? from : from + length,
        what,
        ...(cluster !== undefined && { cluster }),
      })),
    }));

const updated: fc.Arbitrary<Asked> = moment(120).map((at) => ({
  ...NOTHING,
  scenario: { updateOnMs: at * 1000 },
  deeds: [{ at, what: 'update' }],
}));

/** Updates every 30 days, except those during an absence or, with `missesNext`, the next one. */
const updatedAsUsual: fc.Arbitrary<Asked> = fc
  .record({ last: age(29), from: moment(60), length: age(150), missesNext: fc.boolean() })
  .map(({ last, from, length, missesNext }) => {
    const usual: number[] = [];
    for (let at = NOW - last + 30 * DAY; at <= NOW + DAYS * DAY; at += 30 * DAY) usual.push(at);
    const to = from + length;
    const made = missesNext ? usual.slice(1) : usual.filter((at) => at < from || at >= to);
    return {
      ...NOTHING,
      facts: { [AGENT]: { lastUpdatedAt: instantFromMs((NOW - last) * 1000) } },
      scenario: missesNext ? { missesUpdate: true } : { absent: { fromMs: from * 1000, toMs: to * 1000 } },
      deeds: [
        ...made.map((at): Deed => ({ at, what: 'update' })),
        ...(missesNext
          ? []
          : ([
              { at: from, what: 'leave' },
              { at: to, what: 'return' },
            ] satisfies Deed[])),
      ],
    };
  });

const anyAlreadyOff = (clusters: readonly string[]): fc.Arbitrary<Asked> =>
  fc
    .constantFrom(...clusters)
    .map((cluster) => ({
      ...NOTHING,
      facts: { [cluster]: { offSince: instantFromMs((NOW - DAY) * 1000) } },
      off: [cluster],
    }));

const both = (one: Asked, other: Asked): Asked => ({
  scenario: { ...one.scenario, ...other.scenario },
  facts: { ...one.facts, ...other.facts },
  deeds: [...one.deeds, ...other.deeds],
  off: [...one.off, ...other.off],
});

const aQuestion = aFleet.chain((fleet) =>
  fc.record({
    fleet: fc.constant(fleet),
    asked: fc.oneof(
      fc.constant(NOTHING),
      anyPowerOff(fleet.clusters),
      updated,
      updatedAsUsual,
      anyAlreadyOff(fleet.clusters),
      fc.tuple(anyPowerOff(fleet.clusters), updated).map(([off, update]) => both(off, update)),
      fc.tuple(anyAlreadyOff(fleet.clusters), updated).map(([off, update]) => both(off, update)),
    ),
  }),
);

test('a forecast and a naive walk from event to event agree on which credentials expire, when, and in which cluster', async () => {
  let found = 0;
  await fc.assert(
    fc.asyncProperty(aQuestion, async ({ fleet, asked: { scenario, facts, deeds, off } }) => {
      const walked = new NaiveWalker(fleet, off).walk(deeds, NOW + DAYS * DAY);
      const foretold = await forecastByHand(fleet, { days: DAYS, scenario, facts });
      expect(expiriesIn(foretold, fleet)).toEqual(walked);
      found += walked.length;
    }),
    // Makes the test report a failure before its timeout, even while the example is still being shrunk.
    { numRuns: 50, seed: 20_260_311, interruptAfterTimeLimit: 15_000 },
  );
  expect(found).toBeGreaterThan(500);
});
