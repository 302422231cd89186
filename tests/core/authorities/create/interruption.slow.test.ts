import { createPrivateKey, X509Certificate } from 'node:crypto';
import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import { carryOut } from '../../../../core/authorities/create/apply.ts';
import { planCreation } from '../../../../core/authorities/create/plan.ts';
import { DAY_MS, instantFromMs, epochMs } from '../../../../core/shared/instant.ts';
import { TEST_NOW } from '../../../support/ports.ts';
import { create, DiskFiles, diskPorts, lines, OUT, PLACE, PowerFailure, makeSpec } from './world.ts';

const TEXT = `${PLACE}certificates: [apiserver]\nkubeconfigs: [admin]\nserviceAccountKey: { keyAlgorithm: p-256 }\n`;
const SPEC = makeSpec(TEXT);
/** A specification that gives the CA another name, so that everything except the service account key is replaced. */
const CHANGED = makeSpec(`${TEXT}authorities: [{ profile: cluster-ca, name: new }]\n`);

let before: Map<string, string>;
beforeAll(async () => {
  const ports = diskPorts();
  await create(ports, SPEC);
  before = await ports.files.content();
});

function diskWith(content: ReadonlyMap<string, string>): DiskFiles {
  const disk = new DiskFiles();
  for (const [path, text] of content) disk.put(path, text);
  return disk;
}

/** Applies a specification until the power fails after this many changes on the disk. Returns whether it failed. */
async function runUntil(disk: DiskFiles, changes: number, spec = CHANGED): Promise<boolean> {
  disk.changesLeft = changes;
  try {
    await create(diskPorts(disk), spec);
    return false;
  } catch (error) {
    if (!(error instanceof PowerFailure)) throw error;
    return true;
  } finally {
    disk.changesLeft = Infinity;
  }
}

async function expectWhole(disk: DiskFiles): Promise<void> {
  const authority = new X509Certificate(await disk.text(`${OUT}/pki/ca.crt`));
  for (const name of ['ca', 'apiserver']) {
    const certificate = new X509Certificate(await disk.text(`${OUT}/pki/${name}.crt`));
    const key = createPrivateKey(await disk.text(`${OUT}/pki/${name}.key`));
    expect(certificate.checkPrivateKey(key), name).toBe(true);
    expect(certificate.verify(authority.publicKey), name).toBe(true);
  }
}

function holds(content: ReadonlyMap<string, string>, key: string): boolean {
  return [...content.values()].some((text) => text.includes(key));
}

test('after an interruption at any point, the next run repairs everything and no earlier key is lost', async () => {
  const whole = diskWith(before);
  await runUntil(whole, Infinity);
  expect(whole.changes).toBe(10);
  for (let changes = 0; changes < whole.changes; changes += 1) {
    const disk = diskWith(before);
    expect(await runUntil(disk, changes)).toBe(true);
    const after = await disk.content();
    await create(diskPorts(disk), CHANGED);
    await expectWhole(disk);
    const repaired = await disk.content();
    for (const name of ['ca', 'apiserver']) {
      const key = before.get(`${OUT}/pki/${name}.key`) ?? '';
      expect(holds(after, key), `${name} after ${changes}`).toBe(true);
      expect(holds(repaired, key), `${name} repaired after ${changes}`).toBe(true);
    }
    const plan = await planCreation(diskPorts(disk), CHANGED, OUT);
    expect(new Set(plan.steps.map(({ action }) => action))).toEqual(new Set(['keep']));
  }
});

test('a run that is interrupted twice is repaired too', async () => {
  const moments = fc.tuple(fc.nat(10), fc.nat(13));
  await fc.assert(
    fc.asyncProperty(moments, async ([first, second]) => {
      const disk = diskWith(before);
      await runUntil(disk, first);
      await runUntil(disk, second);
      await create(diskPorts(disk), CHANGED);
      await expectWhole(disk);
      const key = before.get(`${OUT}/pki/ca.key`) ?? '';
      expect(holds(await disk.content(), key)).toBe(true);
    }),
    { numRuns: 8 },
  );
});

test('the next run finishes an interrupted first run, with the CA key of that run', async () => {
  const whole = new DiskFiles();
  await runUntil(whole, Infinity, SPEC);
  for (let changes = 0; changes < whole.changes; changes += 1) {
    const disk = new DiskFiles();
    expect(await runUntil(disk, changes, SPEC)).toBe(true);
    const key = (await disk.content()).get(`${OUT}/pki/ca.key`);
    await create(diskPorts(disk), SPEC);
    await expectWhole(disk);
    if (key !== undefined) expect(await disk.text(`${OUT}/pki/ca.key`)).toBe(key);
  }
});

test('a key whose certificate was never written is replaced by the previous key', async () => {
  const disk = diskWith(before);
  // The new CA key exists, but not its certificate.
  await runUntil(disk, 2);
  const half = await disk.content();
  const newKey = half.get(`${OUT}/pki/ca.key`) ?? '';
  expect(newKey).not.toBe(before.get(`${OUT}/pki/ca.key`));
  const plan = await planCreation(diskPorts(disk), SPEC, OUT);
  expect(lines(plan)).toEqual([
    'restore interrupted pki/ca.crt',
    'keep matches pki/sa.key',
    'keep matches pki/apiserver.crt',
    'keep matches admin.conf',
  ]);
  expect(plan.findings.map(({ rule, severity }) => `${severity} ${rule}`)).toEqual(['notice create.interrupted']);
  await carryOut(diskPorts(disk), plan);
  expect(await disk.content()).toEqual(new Map(before).set(`${OUT}/pki/ca.key.unmatched`, newKey));
});

test('a leaf whose replacement was interrupted is restored, or reissued if necessary', async () => {
  const later = (disk: DiskFiles, days: number) => {
    const ports = diskPorts(disk);
    ports.clock.moment = instantFromMs(epochMs(TEST_NOW) + days * DAY_MS);
    return ports;
  };
  const disk = diskWith(before);
  disk.changesLeft = 2;
  await expect(create(later(disk, 3.9), SPEC)).rejects.toThrow(PowerFailure);
  disk.changesLeft = Infinity;
  const old = before.get(`${OUT}/pki/apiserver.key`);
  expect(await disk.text(`${OUT}/pki/apiserver.key.previous`)).toBe(old);
  // The old certificate is not due at the correct time, so it is restored.
  expect(lines(await planCreation(later(disk, 0), SPEC, OUT))[2]).toBe('restore interrupted pki/apiserver.crt');
  const { plan } = await create(later(disk, 3.9), SPEC);
  expect(lines(plan)[2]).toBe('remake expiring pki/apiserver.crt');
  expect(await disk.text(`${OUT}/pki/apiserver.key.previous`)).toBe(old);
  await expectWhole(disk);
});

test('a second run of any specification changes nothing', async () => {
  const leaves = fc.subarray(['apiserver', 'etcd-server', 'front-proxy-client'] as const, { minLength: 1 });
  const extras = fc.record({
    names: fc.uniqueArray(fc.constantFrom('a.example', '*.b.example', 'LOCALHOST', 'cp-1'), { maxLength: 3 }),
    addresses: fc.uniqueArray(fc.constantFrom('127.0.0.1', '::1', 'FD00:0::1', '::ffff:10.0.0.1'), { maxLength: 3 }),
    groups: fc.uniqueArray(fc.constantFrom('a', 'b', '日本', 'system:masters'), { maxLength: 3 }),
    validity: fc.constantFrom('1h', '4d', '10y', '30y'),
    name: fc.constantFrom('x', 'kube:a b', '名前', '<node>'),
  });
  await fc.assert(
    fc.asyncProperty(leaves, extras, async (profiles, { names, addresses, groups, validity, name }) => {
      const common = { validity, name, organizations: groups };
      const entries = profiles.map((profile) => ({ profile, dnsNames: names, ipAddresses: addresses, ...common }));
      const spec = makeSpec(
        `${PLACE}certificates: ${JSON.stringify(entries)}\nkubeconfigs: ${JSON.stringify([{ profile: 'admin', ...common }])}\n`,
      );
      const ports = diskPorts();
      const first = await create(ports, spec);
      expect(first.plan.steps.every(({ action }) => action === 'create')).toBe(true);
      const content = await ports.files.content();
      const second = await create(ports, spec);
      expect(lines(second.plan).every((line) => line.startsWith('keep matches '))).toBe(true);
      expect(await ports.files.content()).toEqual(content);
    }),
    { numRuns: 8 },
  );
});

test('an item that cannot be created does not prevent the creation of others', async () => {
  const disk = diskWith(before);
  disk.put(`${OUT}/pki/ca.key`, 'x');
  disk.drop(`${OUT}/admin.conf`);
  const ports = diskPorts(disk);
  const spec = makeSpec(`${TEXT.replace('[apiserver]', '[apiserver, front-proxy-client]')}`);
  const { result } = await create(ports, spec);
  expect(result.map(({ action, path }) => `${action} ${path.slice(OUT.length + 1)}`)).toEqual([
    'blocked pki/ca.crt',
    'create pki/front-proxy-ca.crt',
    'keep pki/sa.key',
    'keep pki/apiserver.crt',
    'create pki/front-proxy-client.crt',
    'blocked admin.conf',
  ]);
  const content = await disk.content();
  expect(content.get(`${OUT}/pki/ca.key`)).toBe('x');
  expect(content.has(`${OUT}/admin.conf`)).toBe(false);
  expect(disk.modes.get(`${OUT}/pki/front-proxy-client.key`)).toBe(0o600);
});
