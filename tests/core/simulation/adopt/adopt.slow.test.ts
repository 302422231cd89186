import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { adopt, type Adoption } from '../../../../core/simulation/adopt/adopt.ts';
import { advance } from '../../../../core/simulation/advance.ts';
import type { Action } from '../../../../core/simulation/actions/actions.ts';
import type { SimulationEvent } from '../../../../core/simulation/events.ts';
import { perform } from '../../../../core/simulation/actions/perform.ts';
import type { DeploymentState } from '../../../../core/simulation/state.ts';
import type { Cluster } from '../../../../core/inventory/model/credential.ts';
import { DAY_MS, HOUR_MS, instantFromMs, epochMs, SECOND_MS } from '../../../../core/shared/instant.ts';
import { buildInventory } from '../../../support/inventory-of-deployment.ts';
import { certificatesFor } from '../../../support/random-revocations.ts';
import { deployment, Life, START } from '../deployment.ts';

const [AGENT] = buildInventory(deployment());

/** Reconstructs a deployment from nothing but its inventory. */
function adoptInventory(state: DeploymentState, inventory: Cluster[] = buildInventory(state)): Adoption {
  const [agent, ...clusters] = inventory;
  const offSince = new Map(state.clusters.flatMap(({ name, power }) => (power.running ? [] : [[name, power.since]])));
  const findOffSince = (name: string): { offSince?: typeof START } => {
    const off = offSince.get(name);
    return off === undefined ? {} : { offSince: off };
  };
  return adopt({
    now: state.now,
    ...(agent !== undefined && {
      cloudAgent: { cluster: agent, ...(!state.hostPower.running && { offSince: state.hostPower.since }) },
    }),
    clusters: clusters.map((cluster) => ({ cluster, ...findOffSince(cluster.name) })),
    isStalled: () => false,
    settings: state.settings,
  });
}

/** Lists expiries as `instant kind profile cluster`, sorted. */
function expiries(events: readonly SimulationEvent[]): string[] {
  return events
    .filter(({ kind }) => kind === 'certificate-expired' || kind === 'token-expired')
    .map(({ at, kind, cluster = '', params }) => `${at} ${kind} ${params.profile} ${cluster}`)
    .sort();
}

/** Lists the expiries of a deployment for some days and, if an action is given, for 60 days after that action. */
function playExpiries(state: DeploymentState, days: number, action?: Action): string[] {
  const first = advance(state, instantFromMs(epochMs(state.now) + days * DAY_MS));
  if (action === undefined) return expiries(first.events);
  const acted = perform(first.state, action);
  const rest = advance(acted.state, instantFromMs(epochMs(acted.state.now) + 60 * DAY_MS));
  return expiries([...first.events, ...acted.events, ...rest.events]);
}

describe('a deployment reconstructed from an inventory', () => {
  const before = fc.array(
    fc.tuple(
      fc.constantFrom<Action>(
        { kind: 'power', cluster: 'retail', on: false },
        { kind: 'power', cluster: 'retail', on: true },
        { kind: 'power', on: false },
        { kind: 'power', on: true },
        { kind: 'Update-AksHci' },
        { kind: 'Update-AksHciCluster', name: 'retail' },
        { kind: 'Update-AksHciCertificates' },
      ),
      fc.oneof(fc.nat(8 * 24), fc.nat(50 * 24)),
    ),
    { maxLength: 6 },
  );

  test('loses the same credentials at the same instants as the deployment from which the inventory was made', () => {
    fc.assert(
      fc.property(before, fc.nat(100), fc.boolean(), (story, days, isOff) => {
        const life = new Life(deployment({ settings: { caRotatesItself: false } }));
        life.pass(5 * HOUR_MS);
        for (const [action, hours] of story) {
          life.do(action);
          // The test requires that no retry is pending, since an inventory does not show that.
          life.pass(hours * HOUR_MS);
        }
        fc.pre(life.state.certificates.every(({ lastRefusal }) => lastRefusal === undefined));
        fc.pre(life.state.identities.every(({ started }) => started));
        // No node may be waiting for its replacement either.
        const nodes = life.state.clusters.flatMap((cluster) => cluster.nodes);
        fc.pre(nodes.every(({ lost }) => lost !== true));
        const action: Action = { kind: 'power', cluster: 'retail', on: !isOff };
        const { state } = adoptInventory(life.state);
        expect(playExpiries(state, days, action)).toEqual(playExpiries(life.state, days, action));
      }),
      { numRuns: 40 },
    );
  });

  test('contains the dates, names and serial numbers of everything that was read, and nothing else', () => {
    const { state } = new Life().pass(40 * DAY_MS);
    const adoption = adoptInventory(state);
    expect(adoption.apart).toEqual([]);
    expect(adoption.assumed).toEqual([]);
    expect(adoption.certificates.size).toBe(state.certificates.length);
    expect(adoption.tokens.size).toBe(state.identities.length);
    const facts = ({ certificates }: DeploymentState): string[] =>
      certificates
        .map(({ serialHex, notBefore, notAfter, subject, profile }) =>
          [serialHex, notBefore, notAfter, subject.commonName, profile].join(' '),
        )
        .sort();
    expect(facts(adoption.state)).toEqual(facts(state));
  });

  test('is complete even if only one kubeconfig was read, and loses only that kubeconfig', () => {
    const { state } = new Life();
    const cluster = buildInventory(state).find(({ name }) => name === 'retail');
    if (cluster === undefined) throw new Error('no cluster');
    const credentials = cluster.credentials.filter(({ role }) => role === 'admin-kubeconfig');
    const adoption = adopt({
      now: state.now,
      clusters: [{ cluster: { ...cluster, credentials } }],
      isStalled: () => false,
    });
    expect(adoption.assumed.map(({ part }) => part).sort()).toEqual([
      'cloud-agent',
      'control-plane',
      'management-cluster',
    ]);
    expect(playExpiries(adoption.state, 3_650)).toEqual(['2027-03-01T08:00:00Z certificate-expired admin retail']);
    // These actions succeed, since the missing parts are assumed.
    for (const action of [
      { kind: 'power', cluster: 'retail', on: false },
      { kind: 'power', on: false },
      { kind: 'Update-AksHci' },
      { kind: 'Update-AksHciCluster', name: 'retail' },
    ] as const)
      expect(perform(adoption.state, action).outcome.ok).toBe(true);
  });

  test('can be made without any credentials', () => {
    const adoption = adopt({ now: START, clusters: [], isStalled: () => false });
    expect(playExpiries(adoption.state, 3_650)).toEqual([]);
  });

  test('excludes credentials that fit no rule from the simulation', () => {
    const { state } = new Life();
    const [agent, ...clusters] = buildInventory(state);
    const retail = clusters.find(({ name }) => name === 'retail');
    if (retail === undefined || agent === undefined) throw new Error('no cluster');
    const strange = retail.credentials.flatMap((credential) => {
      if (credential.kind !== 'certificate') return [];
      switch (credential.role) {
        case 'apiserver': {
          // This certificate ends before it begins.
          const notAfter = instantFromMs(epochMs(credential.facts.notBefore) - SECOND_MS);
          return [{ ...credential, facts: { ...credential.facts, notAfter } }];
        }
        case 'scheduler':
          return [{ ...credential, role: 'ad-auth-webhook' as const }];
        default:
          return [];
      }
    });
    const adoption = adoptInventory(state, [agent, { ...retail, credentials: strange }]);
    expect(adoption.apart.map(({ credential }) => credential.role).sort()).toEqual(['ad-auth-webhook', 'apiserver']);
  });

  test.each([
    ['one second before its end', -SECOND_MS, undefined],
    ['in its last second', 0, undefined],
    ['one second after its end', SECOND_MS, true],
  ])('contains the correct state of a certificate that was read %s', (_title, laterMs, expired) => {
    const life = new Life();
    const { notAfter, slot } = life.certificate('apiserver');
    const inventory = buildInventory(life.state);
    const now = instantFromMs(epochMs(notAfter) + laterMs);
    const [agent, ...clusters] = inventory;
    const { state } = adopt({
      now,
      cloudAgent: { cluster: agent ?? AGENT! },
      clusters: clusters.map((cluster) => ({ cluster })),
      isStalled: () => false,
    });
    const record = state.certificates.find(({ profile, cluster }) => profile === 'apiserver' && cluster === 'retail');
    expect(slot).toBeGreaterThan(0);
    expect(record?.expired).toBe(expired);
  });

  test('does not renew certificates whose renewal failed in the inventory, but renews all others', () => {
    const life = new Life().pass(80 * HOUR_MS);
    const inventory = buildInventory(life.state);
    const [agent, ...clusters] = inventory;
    if (agent === undefined) throw new Error('no agent');
    const { state } = adopt({
      now: life.state.now,
      cloudAgent: { cluster: agent },
      clusters: clusters.map((cluster) => ({ cluster })),
      isStalled: ({ role, name }) => role === 'etcd-peer' && name.startsWith('retail-'),
    });
    const retail = state.clusters.find(({ name }) => name === 'retail');
    expect(retail?.renewers['renewal-controller'].running).toBe(false);
    expect(retail?.renewers.kubelet.running).toBe(true);
    expect(state.clusters[0]?.renewers['renewal-controller'].running).toBe(true);
  });
});

test('a certificate that was read keeps its serial number, also as the ancestor of renewed certificates', () => {
  const { state, certificates } = certificatesFor(1).state;
  const findSerial = (slot: number): string | undefined => certificates.get(slot)?.credential.facts.serialHex;
  const soon = advance(state, instantFromMs(epochMs(state.now) + HOUR_MS)).state;
  const later = advance(soon, instantFromMs(epochMs(state.now) + 4 * DAY_MS)).state;
  const again = advance(later, instantFromMs(epochMs(state.now) + 8 * DAY_MS)).state;
  let renewed = 0;
  for (const { certificates: records } of [soon, later, again])
    for (const { slot, issueNumber, serialHex, original } of records) {
      const read = findSerial(slot);
      if (read === undefined) continue;
      if (issueNumber === 1) expect(serialHex).toBe(read);
      else expect(serialHex).not.toBe(read);
      if (original === undefined) continue;
      renewed += 1;
      expect(original.serialHex).toBe(read);
    }
  expect(renewed).toBeGreaterThan(20);
});
