import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { signRequestOperation } from '../../../../core/authorities/operations/issue.ts';
import { listRenewals, renewDueOperation, type Renewal } from '../../../../core/authorities/operations/renew-due.ts';
import { readTree } from '../../../../core/authorities/operations/view.ts';
import { encodePem } from '../../../../core/formats/der/pem.ts';
import { createRequest } from '../../../../core/pki/issue/create-request.ts';
import { isActive, type AuthorityEntry } from '../../../../core/pki/model/authority.ts';
import type { ProfileId } from '../../../../core/pki/model/profile.ts';
import { DAY_MS, epochMs, HOUR_MS, instantFromMs } from '../../../../core/shared/instant.ts';
import { openssl } from '../../../support/openssl.ts';
import { MemoryFiles } from '../../../support/ports.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';
import { logIn } from './clients.ts';
import { aScenario, findEntry, issueProfile, reopen, type Scenario } from './scenario.ts';

const NODE = { values: { node: ['worker-1'], 'node-ip': ['10.0.0.21'] } };
/** A quarter of four days and five minutes is left when a renewal is due. */
const LEFT_MS = DAY_MS + 75_000;

function later({ ports }: Scenario, ms: number): void {
  ports.clock.moment = instantFromMs(epochMs(ports.clock.now()) + ms);
}

/** Renews what is due and nothing else. */
function renewDue(
  scenario: Scenario,
  order: Partial<Parameters<typeof renewDueOperation>[1]> = {},
): Promise<Renewal[]> {
  return renewDueOperation(scenario, {
    authorityId: scenario.id,
    isTried: ({ dueAt }) => dueAt <= scenario.ports.clock.now(),
    record: (_, renew) => renew(),
    ...order,
  });
}

function countActive({ store, id }: Scenario, profile: ProfileId): number {
  return store.get(id).entries.filter((each) => each.profile === profile && isActive(each)).length;
}

describe('an authority renews', () => {
  test('what has a rule and a key of its own, and neither roots nor the article’s exceptions', async () => {
    const scenario = await aScenario('kubernetes');
    const own = ['apiserver', 'etcd-peer', 'scheduler', 'kubelet-client'] as const;
    const node = { values: { node: ['worker-1'] } };
    for (const profile of [...own, 'kubelet-server', 'super-admin'] as const)
      await issueProfile(scenario, profile, ['scheduler', 'super-admin'].includes(profile) ? {} : node);
    const key = await scenario.ports.keys.generate('p-384');
    const subject = { commonName: 'kubernetes-admin', organizations: ['kubeadm:cluster-admins'] };
    const template = { subject, sans: { dns: [], ip: [] }, keyUsage: [], extendedKeyUsage: [] };
    const der = createRequest(scenario.ports, { template, key });
    await signRequestOperation(scenario, { authorityId: scenario.id, profile: 'admin', der });
    const authority = scenario.store.get(scenario.id);
    expect(listRenewals(authority).map(({ entry }) => entry.profile)).toEqual([...own]);
    const { rows } = await readTree(scenario, authority);
    expect(rows.flatMap(({ renewalDueMs, profile }) => (renewalDueMs === undefined ? [] : [profile]))).toEqual([
      ...own,
    ]);
  });

  test('the server certificate of a cloud agent, and not its clients', async () => {
    const scenario = await aScenario('moc');
    await logIn(scenario, 'node-1');
    const renewals = listRenewals(scenario.store.get(scenario.id));
    expect(renewals.map(({ entry }) => entry.profile)).toEqual(['cloud-agent-server']);
  });

  test('from the instant at which the renewal is due, and not a second before', async () => {
    const scenario = await aScenario('kubernetes');
    const old = await issueProfile(scenario, 'scheduler');
    later(scenario, 4 * DAY_MS - LEFT_MS - 1_000);
    expect((await renewDue(scenario))[0]?.made).toBeUndefined();
    later(scenario, 1_000);
    const [renewal] = await renewDue(scenario);
    expect([renewal?.entry.id, renewal?.dueAt]).toEqual([old.id, scenario.ports.clock.now()]);
    expect(renewal?.made).toEqual(findEntry(scenario, 'scheduler'));
    expect((await renewDue(scenario))[0]?.made).toBeUndefined();
  });
});

test('a year of daily renewals renews each certificate in its window, none late and none twice, as openssl confirms', async () => {
  const scenario = await aScenario('kubernetes');
  const { store, id, ports } = scenario;
  const profiles = ['apiserver', 'etcd-server', 'apiserver-etcd-client', 'scheduler'] as const;
  await issueProfile(scenario, 'apiserver', NODE);
  await issueProfile(scenario, 'etcd-server', NODE);
  later(scenario, 5 * HOUR_MS);
  await issueProfile(scenario, 'apiserver-etcd-client', { issuer: 'cluster-ca' });
  await issueProfile(scenario, 'scheduler');
  const renewed = new Set<string>();
  for (let day = 1; day <= 365; day += 1) {
    later(scenario, DAY_MS);
    const now = epochMs(ports.clock.now());
    for (const { entry, dueAt, made, problem } of await renewDue(scenario)) {
      expect(problem).toBeUndefined();
      expect(now).toBeLessThanOrEqual(epochMs(entry.facts.notAfter));
      expect(made !== undefined).toBe(epochMs(dueAt) <= now);
      if (made === undefined) continue;
      expect(now - epochMs(dueAt)).toBeLessThan(DAY_MS);
      expect(renewed.has(entry.id)).toBe(false);
      renewed.add(entry.id);
    }
    for (const profile of profiles) expect(countActive(scenario, profile)).toBe(1);
  }
  // Each is renewed three days after it was issued: 121 times in a year.
  expect(renewed.size).toBe(profiles.length * 121);
  const folder = temporaryFolder();
  const save = (name: string, { der }: AuthorityEntry): string => {
    writeFileSync(join(folder, name), encodePem('CERTIFICATE', der));
    return join(folder, name);
  };
  const at = ['-attime', String(epochMs(ports.clock.now()) / 1_000), '-x509_strict'];
  const cas = {
    'cluster-ca': save('ca', findEntry(scenario, 'cluster-ca')),
    'etcd-ca': save('etcd', findEntry(scenario, 'etcd-ca')),
  };
  for (const profile of profiles) {
    const [ca, other] =
      profile === 'etcd-server' ? [cas['etcd-ca'], cas['cluster-ca']] : [cas['cluster-ca'], cas['etcd-ca']];
    const entry = findEntry(scenario, profile);
    const path = save('leaf', entry);
    expect(openssl('verify', ...at, '-CAfile', ca, path).toString()).toContain('OK');
    expect(() => openssl('verify', ...at, '-CAfile', other, path)).toThrow(/verif/u);
    const key = await store.getKeyring(id).key(entry.keyFile ?? ('' as never));
    expect(
      openssl('x509', '-in', path, '-noout', '-pubkey')
        .toString()
        .replace(/-----.*-----|\s/gu, ''),
    ).toBe(Buffer.from(key.spki).toString('base64'));
  }
});

describe('a fault', () => {
  async function dueScenario(): Promise<Scenario> {
    const scenario = await aScenario('kubernetes');
    await issueProfile(scenario, 'etcd-server', NODE);
    await issueProfile(scenario, 'scheduler');
    await issueProfile(scenario, 'controller-manager');
    later(scenario, 3 * DAY_MS);
    return scenario;
  }

  test('of one CA does not keep the certificates of another from being renewed', async () => {
    const scenario = await dueScenario();
    const { files } = scenario.ports;
    const { keyFile } = findEntry(scenario, 'etcd-ca');
    for (const path of files.paths()) if (path.includes(keyFile ?? 'none')) files.drop(path);
    const broken = await reopen(files);
    broken.ports.clock.moment = scenario.ports.clock.now();
    const renewals = await renewDue(broken);
    const told = renewals.map(({ entry, made, problem }) => [entry.profile, made !== undefined, problem?.code]);
    expect(told).toEqual([
      ['etcd-server', false, 'key-file.missing'],
      ['scheduler', true, undefined],
      ['controller-manager', true, undefined],
    ]);
  });

  test('of the keyring renews nothing and loses nothing while it is locked', async () => {
    const scenario = await dueScenario();
    const { store, id } = scenario;
    const before = store.get(id);
    store.getKeyring(id).lock();
    expect((await renewDue(scenario)).map(({ problem }) => problem?.code)).toEqual(Array(3).fill('keyring.locked'));
    expect(store.get(id)).toEqual(before);
  });

  test('in the audit trail after a renewal leaves the certificate renewed', async () => {
    const scenario = await dueScenario();
    scenario.store.getKeyring(scenario.id).lock();
    const [first] = await renewDue(scenario, { isTried: () => true });
    const problem = first?.problem;
    await scenario.store.getKeyring(scenario.id).unlock('seven swans a-swimming');
    const record = async (_: unknown, renew: () => Promise<unknown>): Promise<void> => {
      await renew();
      throw problem ?? new Error('no problem');
    };
    for (const { made, problem: told } of await renewDue(scenario, { record })) {
      expect(made).toBeDefined();
      expect(told).toBe(problem);
    }
    expect(countActive(scenario, 'scheduler')).toBe(1);
  });

  test('that ends the program between any two writes loses nothing, and the next run renews the rest once', async () => {
    class Killed extends Error {}
    for (let writes = 0; ; writes += 1) {
      const scenario = await dueScenario();
      const { files, clock } = scenario.ports;
      let left = writes;
      const killable =
        <Args extends unknown[], T>(work: (...args: Args) => Promise<T>) =>
        async (...args: Args): Promise<T> => {
          left -= 1;
          if (left < 0) throw new Killed();
          return work(...args);
        };
      files.replace = killable(MemoryFiles.prototype.replace.bind(files));
      files.remove = killable(MemoryFiles.prototype.remove.bind(files));
      const isKilled = await renewDue(scenario).then(
        () => false,
        (error: unknown) => {
          if (!(error instanceof Killed)) throw error;
          return true;
        },
      );
      const after = await reopen(files);
      after.ports.clock.moment = clock.now();
      expect(after.store.findings()).toEqual([]);
      await renewDue(after);
      for (const profile of ['etcd-server', 'scheduler', 'controller-manager'] as const) {
        const own = after.store.get(after.id).entries.filter((each) => each.profile === profile);
        expect(own.map(isActive), `killed after ${writes} writes`).toEqual([false, true]);
        for (const { keyFile } of own) await after.store.getKeyring(after.id).key(keyFile ?? ('' as never));
      }
      if (!isKilled) {
        expect(writes).toBeGreaterThan(5);
        break;
      }
    }
  });
});
