import { beforeAll, describe, expect, test } from 'vitest';
import { advance } from '../../../../core/simulation/advance.ts';
import { provisionDeployment } from '../../../../core/simulation/provision.ts';
import type { ClusterId } from '../../../../core/shared/ids.ts';
import type { Cluster } from '../../../../core/inventory/model/credential.ts';
import {
  DAY_MS,
  HOUR_MS,
  instant,
  instantFromMs,
  MINUTE_MS,
  epochMs,
  type Instant,
} from '../../../../core/shared/instant.ts';
import type { RenewRevocation, RevocationEntry } from '../../../../core/shared/renew-revocation/entry.ts';
import { isMessageKey } from '../../../../core/shared/text/text.ts';
import { COPY_ASSUMPTIONS, type DryRun } from '../../../../core/revocation/model/view.ts';
import { futureMatches } from '../../../../core/revocation/impact/upcoming-certificates.ts';
import { performDryRun, type DryRunRequest } from '../../../../core/revocation/dry-run/dry-run.ts';
import { buildInventory } from '../../../support/inventory-of-deployment.ts';
import { certificatesFor, randomObject } from '../../../support/random-revocations.ts';

const START = instant('2026-11-20T00:00:00Z');
const RETAIL = 'retail' as ClusterId;
const MANAGEMENT = 'management' as ClusterId;

let clusters: Cluster[];
let now: Instant;

beforeAll(() => {
  const provisioned = provisionDeployment({
    seed: 'rehearsal',
    at: START,
    cloudAgentFqdn: 'ca-5b1f0c2e.contoso.example',
    hosts: [{ name: 'host-1', ip: '10.0.0.11' }],
    management: { name: MANAGEMENT, controlPlane: 1, workers: 0, network: '172.16.0' },
    clusters: [{ name: RETAIL, controlPlane: 1, workers: 2, network: '172.16.10' }],
  });
  const { state } = advance(provisioned, instantFromMs(epochMs(START) + DAY_MS));
  now = state.now;
  clusters = buildInventory(state);
});

const subtractMs = (ms: number): Instant => instantFromMs(epochMs(now) - ms);
const makeObject = (...entries: RevocationEntry[]): RenewRevocation => ({
  name: 'r',
  namespace: 'kube-system',
  entries,
});
const credential = (role: string, cluster = RETAIL) => {
  const found = clusters
    .find(({ id }) => id === cluster)
    ?.credentials.find((each) => each.kind === 'certificate' && each.role === role);
  if (found?.kind !== 'certificate') throw new Error(role);
  return found;
};

function run(entry: RevocationEntry, changes: Partial<DryRunRequest> = {}): Promise<DryRun> {
  return performDryRun({
    objects: [makeObject(entry)],
    clusterId: RETAIL,
    clusters,
    facts: {},
    now,
    hours: 120,
    pause: () => Promise.resolve(),
    ...changes,
  });
}

const makeDnsEntry = (cutoff?: Instant): RevocationEntry => ({
  kind: 'DNS',
  value: '.cluster.local',
  notBefore: cutoff,
});

describe('a dry run', () => {
  test('predicts that the repair lasts after a serial number was revoked', async () => {
    const { id, facts } = credential('scheduler');
    const dryRun = await run({ kind: 'serialnumber', value: facts.serialHex });
    expect(dryRun.revoked).toEqual([id]);
    expect(dryRun.repair).toMatchObject({
      command: 'Update-AksHciClusterCertificates',
      issued: 1,
      stillRevoked: [],
      holds: true,
    });
    expect(dryRun.apiServer).toBe(true);
    const refused = dryRun.hours.flatMap((hour) => hour.refused);
    expect(refused).toEqual([]);
  });

  test('repairs only after the backdating period if a name has a cutoff, and then the repair lasts', async () => {
    const dryRun = await run(makeDnsEntry(now));
    expect(dryRun.revoked).toEqual([credential('apiserver').id]);
    expect(dryRun.repair?.at).toBe(instantFromMs(epochMs(now) + 5 * MINUTE_MS + 1_000));
    expect(dryRun.repair).toMatchObject({ holds: true, stillRevoked: [] });
    expect(dryRun.apiServer).toBe(true);
  });

  test('predicts that the cluster goes down if a name has no cutoff, since the new certificates are revoked too', async () => {
    const dryRun = await run(makeDnsEntry());
    const { id } = credential('apiserver');
    expect(dryRun.repair?.holds).toBe(false);
    expect(dryRun.repair?.stillRevoked).toMatchObject([{ id, object: 'r', entry: 0 }]);
    expect(dryRun.apiServer).toBe(false);
    const down = dryRun.hours.filter((hour) => !hour.apiServer);
    expect(down[0]?.expired).toContainEqual(expect.objectContaining({ id }));
    // Renewal is refused every hour, from the time when it is due until the certificate expires.
    const refusals = dryRun.hours.filter(({ refused }) => refused.some((one) => one.id === id));
    expect(refusals.length).toBeGreaterThan(5);
    expect(refusals.every(({ refused }) => refused.some(({ reason }) => reason === 'revoked'))).toBe(true);
    expect((refusals[0]?.at ?? '') < (down[0]?.at ?? '')).toBe(true);
  });

  test('predicts that renewals replace revoked certificates if nobody repairs the cluster', async () => {
    const dryRun = await run(makeDnsEntry(now), { withoutRepair: true, hours: 96 });
    expect(dryRun.repair).toBeUndefined();
    const { id } = credential('apiserver');
    const renewed = dryRun.hours.filter(({ renewed: all }) => all.some((one) => one.id === id));
    expect(renewed).toHaveLength(1);
    expect(dryRun.apiServer).toBe(true);
  });

  test('lists only hours in which something happens, each once and in order', async () => {
    const { hours, from, until } = await run(makeDnsEntry(now));
    const moments = hours.map(({ at }) => at);
    expect(moments).toEqual([...moments].sort());
    expect(hours.length).toBeLessThan(60);
    expect(hours[0]).toMatchObject({ step: 'apply', at: from });
    expect(epochMs(until) - epochMs(from)).toBe(120 * HOUR_MS);
    for (const { step, renewed, refused, expired } of hours)
      if (step === 'hour') expect(renewed.length + refused.length + expired.length).toBeGreaterThan(0);
  });

  test('repairs the management cluster with the host’s cmdlet', async () => {
    const { facts } = credential('scheduler', MANAGEMENT);
    const entry: RevocationEntry = { kind: 'serialnumber', value: facts.serialHex };
    expect((await run(entry, { clusterId: MANAGEMENT })).repair).toMatchObject({
      command: 'Update-AksHciCertificates',
      holds: true,
    });
  });

  test('predicts that no cmdlet works once the management kubeconfig is revoked', async () => {
    const { facts } = credential('management-kubeconfig', MANAGEMENT);
    const entry: RevocationEntry = { kind: 'serialnumber', value: facts.serialHex };
    expect((await run(entry, { clusterId: MANAGEMENT })).repair).toMatchObject({
      failure: 'unauthorized',
      holds: false,
    });
  });

  test('lists its assumptions', async () => {
    const bare = clusters.map((cluster) => ({
      ...cluster,
      credentials: cluster.credentials.filter(({ role }) => role === 'scheduler'),
    }));
    const dryRun = await run(makeDnsEntry(now), { clusters: bare.filter(({ id }) => id === RETAIL) });
    expect(new Set(dryRun.assumed)).toEqual(
      new Set(['always-on', 'cloud-agent', 'management-cluster', 'control-plane', 'kubeconfig']),
    );
    expect(dryRun.applyFailure).toBeUndefined();
    expect((await run(makeDnsEntry(now))).assumed).toEqual(['always-on']);
    for (const id of COPY_ASSUMPTIONS) expect(isMessageKey(`revocation.assumption.${id}`), id).toBe(true);
  });

  test('applies several objects in sequence, and reports which of them still revokes a certificate after the repair', async () => {
    const other = { ...makeObject(makeDnsEntry()), name: 'second' };
    const { hours, repair } = await run(makeDnsEntry(), {
      objects: [makeObject({ kind: 'Group', value: 'nobody' }), other],
    });
    expect(hours.filter(({ step }) => step === 'apply')).toHaveLength(2);
    expect(repair?.stillRevoked[0]).toMatchObject({ object: 'second', entry: 0 });
  });
});

describe('the future certificates that a revocation matches', () => {
  const future = async (...entries: RevocationEntry[]) =>
    (await futureMatches({ object: makeObject(...entries), clusters, now, pause: () => Promise.resolve() })).map(
      ({ id, entries: by }) => [id, by],
    );

  test('include none that are issued after the cutoff', async () => {
    expect(await future(makeDnsEntry(now), { kind: 'Group', value: 'system:nodes', notBefore: now })).toEqual([]);
  });

  test('include all renewals with the name if there is no cutoff', async () => {
    const found = await future(makeDnsEntry());
    expect(new Map(found as [string, number[]][])).toEqual(
      new Map([credential('apiserver', MANAGEMENT), credential('apiserver')].map(({ id }) => [id, [0]])),
    );
  });

  test('include none for an entry by serial number, since renewals have new serial numbers', async () => {
    const { facts } = credential('apiserver');
    expect(await future({ kind: 'serialnumber', value: facts.serialHex })).toEqual([]);
  });

  test('include renewals before a future cutoff', async () => {
    const soon: RevocationEntry = { kind: 'Group', value: 'system:nodes', notBefore: subtractMs(-4 * DAY_MS) };
    const later = await future(soon);
    const kubelets = clusters.flatMap(({ credentials }) => credentials.filter(({ role }) => role === 'kubelet-client'));
    expect(new Set(later.map(([id]) => id))).toEqual(new Set(kubelets.map(({ id }) => id)));
    expect(await future({ ...soon, notBefore: subtractMs(-HOUR_MS) })).toEqual([]);
  });

  test('are the same as those that a dry run refuses', async () => {
    let refusedInAll = 0;
    for (let seed = 1; seed <= 24; seed += 1) {
      const { clusters: some, clusterId } = certificatesFor(seed % 4);
      const at = certificatesFor(seed % 4).state.state.now;
      const object = randomObject(seed, some);
      const foreseen = await futureMatches({ object, clusters: some, now: at, pause: () => Promise.resolve() });
      const { hours } = await performDryRun({
        objects: [object],
        clusterId,
        clusters: some,
        facts: {},
        now: at,
        hours: 97,
        withoutRepair: true,
        pause: () => Promise.resolve(),
      });
      const refused = hours.flatMap((hour) =>
        hour.refused.flatMap(({ id, reason }) => (reason === 'revoked' && id !== null ? [id] : [])),
      );
      const own = new Set<string>(some.find(({ id }) => id === clusterId)?.credentials.map(({ id }) => id));
      const ids = foreseen.map(({ id }) => id).filter((id) => own.has(id));
      expect(new Set(refused), `seed ${seed}`).toEqual(new Set(ids));
      refusedInAll += ids.length;
    }
    expect(refusedInAll).toBeGreaterThan(10);
  });

  test("exclude kubelets' server certificates", async () => {
    const servers = clusters.flatMap(({ credentials }) => credentials.filter(({ role }) => role === 'kubelet-server'));
    const found = await future({ kind: 'Group', value: 'system:nodes' });
    expect(found.length).toBeGreaterThan(0);
    for (const { id } of servers) expect(found.map(([each]) => each)).not.toContain(id);
  });
});
