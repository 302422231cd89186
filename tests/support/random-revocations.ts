import { adopt, type Adoption } from '../../core/simulation/adopt/adopt.ts';
import { advance } from '../../core/simulation/advance.ts';
import { perform } from '../../core/simulation/actions/perform.ts';
import { provisionDeployment } from '../../core/simulation/provision.ts';
import type { ClusterId, CredentialId } from '../../core/shared/ids.ts';
import type { CertificateCredential, Cluster } from '../../core/inventory/model/credential.ts';
import { HOUR_MS, instant, instantFromMs, epochMs, SECOND_MS } from '../../core/shared/instant.ts';
import type { RenewRevocation, RevocationEntry } from '../../core/shared/renew-revocation/entry.ts';
import { buildInventory } from './inventory-of-deployment.ts';

/*
 * Creates random objects for a simulated cluster: values that its certificates have, values that no certificate has,
 * and cutoffs around the start of validity of the certificates.
 */

const START = instant('2026-11-20T00:00:00Z');
const CLUSTER = 'retail' as ClusterId;

export interface RevocationCase {
  clusterId: ClusterId;
  clusters: Cluster[];
  state: Adoption;
}

const cases = new Map<number, RevocationCase>();

/**
 * Returns the inventory of a deployment that has run for some hours, and the engine's copy of it; always the same for
 * the same number.
 */
export function certificatesFor(number: number): RevocationCase {
  const known = cases.get(number);
  if (known !== undefined) return known;
  const provisioned = provisionDeployment({
    seed: `revocation ${number}`,
    at: START,
    cloudAgentFqdn: 'ca-5b1f0c2e.contoso.example',
    hosts: [{ name: 'host-1', ip: '10.0.0.11' }],
    management: { name: 'management', controlPlane: 1, workers: 0, network: '172.16.0' },
    clusters: [{ name: CLUSTER, controlPlane: 1 + (number % 2) * 2, workers: number % 3, network: '172.16.10' }],
  });
  const { state } = advance(provisioned, instantFromMs(epochMs(START) + (1 + number * 11) * HOUR_MS));
  const clusters = buildInventory(state);
  const [cloudAgent, ...others] = clusters;
  const adoption = adopt({
    now: state.now,
    ...(cloudAgent !== undefined && { cloudAgent: { cluster: cloudAgent } }),
    clusters: others.map((cluster) => ({ cluster })),
    isStalled: () => false,
  });
  const made = { clusterId: CLUSTER, clusters, state: adoption };
  cases.set(number, made);
  return made;
}

/** Applies an object in the engine, and returns the inventory ids of the certificates that the object revokes. */
export function applyRevocationTo(
  { state, certificates }: Adoption,
  cluster: ClusterId,
  revocation: RenewRevocation,
): Set<CredentialId> {
  const after = perform(state, { kind: 'apply-revocation', cluster, revocation });
  if (!after.outcome.ok) throw new Error(after.outcome.code);
  return new Set(
    after.state.certificates.flatMap(({ slot, revokedBy }) => {
      const real = certificates.get(slot);
      return revokedBy === undefined || real === undefined ? [] : [real.credential.id];
    }),
  );
}

/**
 * Returns a function that draws whole numbers below a bound, always the same for the same seed. Source: mulberry32, by
 * T. Ettinger, public domain.
 */
function seedRandom(seed: number): (below: number) => number {
  let state = (seed * 0x9e3779b1) >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

export function randomObject(seed: number, clusters: readonly Cluster[]): RenewRevocation {
  const random = seedRandom(seed);
  const all = clusters.flatMap(({ credentials }) => credentials.filter((each) => each.kind === 'certificate'));
  const count = 1 + random(4);
  return {
    name: `seed-${seed}`,
    namespace: 'kube-system',
    entries: Array.from({ length: count }, () => randomEntry(random, all)),
  };
}

function randomEntry(random: (below: number) => number, all: readonly CertificateCredential[]): RevocationEntry {
  const { facts } = pick(random, all);
  const cutoffMs = epochMs(pick(random, all).facts.notBefore) + (random(3) - 1) * SECOND_MS;
  const notBefore = random(2) === 0 ? {} : { notBefore: instantFromMs(cutoffMs) };
  switch (random(5)) {
    case 0: {
      const text = facts.serialHex;
      return { kind: 'serialnumber', value: random(2) === 0 ? text.toUpperCase() : `0x00${text}`, ...notBefore };
    }
    case 1: {
      const groups = [...facts.subject.o, 'system:nodes', 'system:masters', 'nobody'];
      return { kind: 'Group', value: pick(random, groups), ...notBefore };
    }
    case 2: {
      const address = pick(random, [...facts.sans.ip, '10.96.0.1', '127.0.0.1', '192.0.2.9']);
      return { kind: 'IP', value: random(2) === 0 ? address : `::ffff:${address}`, ...notBefore };
    }
    default: {
      const name = pick(random, [...facts.sans.dns, 'kubernetes.default.svc', 'nobody.example']);
      const dot = name.indexOf('.');
      const value = random(2) === 0 || dot < 0 ? name : name.slice(dot);
      return { kind: 'DNS', value: random(4) === 0 ? `${value.toUpperCase()}.` : value, ...notBefore };
    }
  }
}

function pick<T>(random: (below: number) => number, from: readonly T[]): T {
  const picked = from[random(from.length)];
  if (picked === undefined) throw new Error('nothing to pick from');
  return picked;
}
