import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { advance } from '../../../core/simulation/advance.ts';
import type { Action } from '../../../core/simulation/actions/actions.ts';
import { perform } from '../../../core/simulation/actions/perform.ts';
import type { SimulationEvent } from '../../../core/simulation/events.ts';
import type { DeploymentState } from '../../../core/simulation/state.ts';
import { DAY_MS, instantFromMs, MINUTE_MS, epochMs } from '../../../core/shared/instant.ts';
import { instantAfter, deployment, Life, RETAIL } from './deployment.ts';

const CLUSTERS = ['management', 'retail'];
const PLUGIN = 'KMSPlugin-retail-moc-kms-plugin';

const ACTION: fc.Arbitrary<Action> = fc.oneof(
  fc.record({ kind: fc.constant('power' as const), cluster: fc.constantFrom(...CLUSTERS), on: fc.boolean() }),
  fc.record({ kind: fc.constant('power' as const), on: fc.boolean() }),
  fc.record({
    kind: fc.constant('set-clock' as const),
    cluster: fc.constantFrom(...CLUSTERS),
    offsetMs: fc.constantFrom(0, -10 * MINUTE_MS, 3 * DAY_MS),
  }),
  fc.record({
    kind: fc.constantFrom('stall-renewer' as const, 'resume-renewer' as const),
    cluster: fc.constantFrom(...CLUSTERS),
    renewer: fc.constantFrom('renewal-controller' as const, 'kubelet' as const),
  }),
  fc.record({
    kind: fc.constantFrom(
      'restart-client' as const,
      'revoke-identity' as const,
      'reinstate-identity' as const,
      'rotate-identity' as const,
      'stall-client' as const,
    ),
    identity: fc.constantFrom(PLUGIN, 'retail-cert-manager', 'management-caph', 'host-1'),
  }),
  fc.record({
    kind: fc.constant('apply-revocation' as const),
    cluster: fc.constant('retail'),
    revocation: fc.record({
      name: fc.constantFrom('one', 'two'),
      namespace: fc.constant('kube-system'),
      entries: fc.constantFrom(
        [{ kind: 'Group' as const, value: 'system:nodes' }],
        [{ kind: 'DNS' as const, value: 'kubernetes', notBefore: instantAfter(8 * DAY_MS) }],
      ),
    }),
  }),
  fc.constantFrom<Action>(
    { kind: 'Update-AksHci' },
    { kind: 'Update-AksHciCluster', name: 'retail' },
    { kind: 'Update-AksHciCertificates' },
    { kind: 'Update-AksHciClusterCertificates', name: 'retail', fix: 'kubelet-credentials' },
    { kind: 'Update-AksHciClusterCertificates', name: 'retail', fix: 'cloud-credentials' },
    { kind: 'Get-AksHciCredential', name: 'retail' },
    { kind: 'Invoke-AksHciRotateCACertificate' },
    { kind: 'Invoke-AksHciRotateCACertificate', stage: 'both-trusted' },
    { kind: 'Repair-MocLogin' },
    { kind: 'Repair-Moc' },
    { kind: 'New-MocIdentity', name: 'alex', validityDays: 5 },
    { kind: 'delete-revocation', cluster: 'retail', name: 'one' },
  ),
);

/** Actions, each with the time in minutes until the next action. */
const STORY = fc.array(fc.tuple(ACTION, fc.nat(15 * 24 * 60)), { maxLength: 7 });

interface Told {
  state: DeploymentState;
  events: SimulationEvent[];
}

/** Performs the actions, and advances the time between two of them in `stops + 1` steps. */
function playStory(story: readonly [Action, number][], stops: number): Told {
  let state = deployment();
  const events: SimulationEvent[] = [];
  for (const [action, minutes] of story) {
    const acted = perform(state, action);
    events.push(...acted.events);
    state = acted.state;
    const start = epochMs(state.now);
    for (let stop = 1; stop <= stops + 1; stop += 1) {
      const share = stop / (stops + 1);
      const moved = advance(state, instantFromMs(start + share * minutes * MINUTE_MS));
      events.push(...moved.events);
      state = moved.state;
    }
  }
  return { state, events };
}

describe('a simulated deployment', () => {
  test('is byte for byte the same after one step as after many, whatever the actions', () => {
    fc.assert(
      fc.property(STORY, fc.integer({ min: 1, max: 7 }), (story, stops) => {
        expect(JSON.stringify(playStory(story, stops))).toBe(JSON.stringify(playStory(story, 0)));
      }),
      { numRuns: 12 },
    );
  });

  test('can be converted to JSON and back at any time', () => {
    fc.assert(
      fc.property(STORY, (story) => {
        const { state } = playStory(story, 0);
        const copy = JSON.parse(JSON.stringify(state)) as DeploymentState;
        expect(copy).toEqual(state);
        const to = instantFromMs(epochMs(state.now) + 5 * DAY_MS);
        expect(advance(copy, to)).toEqual(advance(state, to));
      }),
      { numRuns: 8 },
    );
  });

  test('keeps its invariants, whatever the actions', () => {
    fc.assert(
      fc.property(STORY, (story) => {
        const { state, events } = playStory(story, 0);
        const moments = events.map(({ at }) => at);
        expect(moments).toEqual([...moments].sort());
        const ids = new Set(state.certificates.map(({ id }) => id));
        expect(ids.size).toBe(state.certificates.length);
        const serials = new Set(state.certificates.map(({ serialHex }) => serialHex));
        expect(serials.size).toBe(ids.size);
        for (const { issuer, notBefore, notAfter, renewCount, original } of state.certificates) {
          expect(ids.has(issuer)).toBe(true);
          expect(notBefore < notAfter).toBe(true);
          expect(original !== undefined).toBe(renewCount > 0);
        }
        for (const { certificate } of state.identities) expect(ids.has(certificate)).toBe(true);
        const nodes = state.clusters.flatMap((cluster) => cluster.nodes.map(({ name }) => name));
        for (const { holder } of state.certificates) if (holder.kind === 'node') expect(nodes).toContain(holder.node);
      }),
      { numRuns: 12 },
    );
  });

  test('is the same for the same seed, and has other serial numbers for another seed', () => {
    const to = instantAfter(200 * DAY_MS);
    const one = JSON.stringify(advance(deployment(), to));
    expect(JSON.stringify(advance(deployment(), to))).toBe(one);
    const other = advance(deployment({ seed: 'other' }), to);
    expect(JSON.stringify(other)).not.toBe(one);
    expect(other.events).toHaveLength(advance(deployment(), to).events.length);
  });

  test('reaches the same state if events are not recorded', () => {
    const to = instantAfter(200 * DAY_MS);
    const silent = advance(deployment(), to, { log: false });
    const loud = advance(deployment(), to);
    expect(silent.events).toEqual([]);
    expect(silent.state).toEqual(loud.state);
    expect(silent.counts).toEqual(loud.counts);
    const all = Object.values(loud.counts).reduce((sum, count) => sum + count, 0);
    expect(loud.events).toHaveLength(all);
  });

  // With recorded events, all certificates are processed in order of time; without, cluster by cluster.
  test('reaches the same state without recorded events, whatever the actions on several clusters that lose nodes', () => {
    const names = ['retail', 'branch', 'plant'];
    const workload = fc.constantFrom(...names);
    const running = fc.record({ cluster: fc.constantFrom(undefined, 'management', ...names), on: fc.boolean() });
    const action: fc.Arbitrary<Action> = fc.oneof(
      { weight: 4, arbitrary: ACTION },
      {
        weight: 4,
        arbitrary: fc.record({
          kind: fc.constantFrom('stall-renewer' as const, 'resume-renewer' as const),
          cluster: workload,
          renewer: fc.constantFrom('renewal-controller' as const, 'kubelet' as const, 'kubelet' as const),
        }),
      },
      {
        weight: 2,
        arbitrary: running.map(({ cluster, on }): Action => ({ kind: 'power', on, ...(cluster && { cluster }) })),
      },
      {
        weight: 1,
        arbitrary: fc.record({
          kind: fc.constantFrom('stall-client' as const, 'restart-client' as const, 'rotate-identity' as const),
          identity: fc.constantFrom('management-caph', ...names.map((name) => `${name}-cert-manager`)),
        }),
      },
      {
        weight: 1,
        arbitrary: workload.map((cluster): Action => {
          const entries = [{ kind: 'Group' as const, value: 'system:nodes' }];
          return { kind: 'apply-revocation', cluster, revocation: { name: 'x', namespace: 'kube-system', entries } };
        }),
      },
      { weight: 1, arbitrary: fc.constantFrom<Action>({ kind: 'Repair-Moc' }, { kind: 'Update-AksHci' }) },
    );
    // The clusters are provisioned at the same time, but actions can shift their renewals, so some events coincide and
    // others do not.
    const story = fc.array(fc.tuple(action, fc.oneof(fc.nat(24 * 60), fc.nat(30 * 24 * 60))), { maxLength: 9 });
    const clusters = names.map((name, at) => ({ ...RETAIL, name, network: `172.16.${at + 1}` }));
    const compared = new Map<string, number>();
    fc.assert(
      fc.property(story, (happening) => {
        let state = deployment({ clusters });
        for (const [what, minutes] of happening) {
          ({ state } = perform(state, what));
          const to = instantFromMs(epochMs(state.now) + minutes * MINUTE_MS);
          const silent = advance(state, to, { log: false });
          const loud = advance(state, to);
          expect(JSON.stringify(silent.state)).toBe(JSON.stringify(loud.state));
          expect(silent.counts).toEqual(loud.counts);
          for (const [kind, count] of Object.entries(loud.counts))
            compared.set(kind, (compared.get(kind) ?? 0) + count);
          ({ state } = loud);
        }
      }),
      { numRuns: 60, seed: 7 },
    );
    for (const kind of [
      'certificate-renewed',
      'certificate-refused',
      'certificate-expired',
      'node-lost',
      'node-replaced',
    ])
      expect(compared.get(kind), kind).toBeGreaterThan(20);
  });

  test('reaches the same state without recorded events if it replaces nodes that were lost earlier', () => {
    const begun = deployment();
    const certificates = begun.certificates.map((each) => {
      // No node can be replaced before the provider can connect, so lost nodes still have certificates that expire.
      if (each.profile === 'caph') return { ...each, notBefore: instantAfter(20 * DAY_MS) };
      return each.profile === 'kubelet-server' ? { ...each, notAfter: instantAfter(100 * DAY_MS) } : each;
    });
    const life = new Life({ ...begun, certificates });
    life.succeed({ kind: 'stall-renewer', cluster: 'retail', renewer: 'kubelet' }).pass(10 * DAY_MS);
    const { nodes = [] } = life.state.clusters[1] ?? {};
    expect(nodes.map(({ lost }) => lost)).toEqual([true, true, true]);
    const to = instantAfter(120 * DAY_MS);
    const loud = advance(life.state, to);
    const silent = advance(life.state, to, { log: false });
    expect(loud.counts['node-replaced']).toBeGreaterThan(0);
    expect(silent.counts).toEqual(loud.counts);
    expect(silent.state).toEqual(loud.state);
  });

  test('cannot go back in time, and does not change while no time passes', () => {
    const { state } = advance(deployment(), instantAfter(DAY_MS));
    expect(() => advance(state, instantAfter(0))).toThrow('is before');
    expect(advance(state, state.now)).toMatchObject({ state, events: [] });
  });

  test('continues after a cluster is added, without changes to the other clusters', () => {
    const plan = { ...RETAIL, name: 'branch', network: '172.16.20' };
    const { state: before } = advance(deployment(), instantAfter(10 * DAY_MS));
    const { state, outcome } = perform(before, { kind: 'New-AksHciCluster', plan });
    expect(outcome.ok && outcome.issued.length).toBe(26);
    const to = instantAfter(30 * DAY_MS);
    const isOther = ({ cluster }: { cluster?: string }): boolean => cluster !== 'branch';
    expect(advance(state, to).state.certificates.filter(isOther)).toEqual(advance(before, to).state.certificates);
  });
});
