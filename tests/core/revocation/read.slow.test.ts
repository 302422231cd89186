import { expect, test } from 'vitest';
import type { ClusterId } from '../../../core/shared/ids.ts';
import type { Cluster } from '../../../core/inventory/model/credential.ts';
import { instant } from '../../../core/shared/instant.ts';
import type { KnownRevocation } from '../../../core/shared/renew-revocation/known.ts';
import type { RevocationEntry } from '../../../core/shared/renew-revocation/entry.ts';
import { readRevocationManifest } from '../../../core/formats/renew-revocation/manifest.ts';
import { writeDraft } from '../../../core/revocation/manifest/writer.ts';
import { readDraft, readRevocations } from '../../../core/revocation/read.ts';
import { NOW } from '../../support/known-certificates.ts';

const READ_AT = instant('2026-11-20T08:00:00Z');
const CONTEXT = { now: NOW, certificates: [] };

const ENTRIES: RevocationEntry[] = [
  { kind: 'serialnumber', value: '0a1b', description: 'a laptop' },
  { kind: 'Group', value: 'system:nodes' },
  { kind: 'DNS', value: '.pool.example', notBefore: instant('2026-11-01T00:00:00Z') },
  { kind: 'IP', value: '10.0.0.1', notBefore: instant('2026-11-01T00:00:00Z') },
];

function aRead(name: string, changes: Partial<KnownRevocation> = {}): KnownRevocation {
  const path = `/files/${name}.yaml`;
  return {
    object: { name, namespace: 'kube-system', entries: ENTRIES },
    source: { path, entry: '', fileModified: READ_AT, readAt: READ_AT },
    isAlone: true,
    ...changes,
  };
}

function aCluster(id: string, revocations: KnownRevocation[], sample = false): Cluster {
  return {
    id: id as ClusterId,
    name: id,
    kind: 'kubernetes',
    addresses: [],
    credentials: [],
    history: [],
    revocations,
    ...(sample && { sample: true }),
  };
}

const EAST = aCluster('east', [aRead('lost'), aRead('old', { liftedAt: NOW })]);
const WEST = aCluster('west', [aRead('lost')], true);
const READ = { clusters: [EAST, WEST], unplaced: [{ known: aRead('nowhere') }] };

test('imported objects are sorted by cluster, with their faults', () => {
  const common = { namespace: 'kube-system', entries: 4, errors: 1, readAt: READ_AT };
  const east = { ...common, clusterId: 'east', cluster: 'east' };
  expect(readRevocations(READ, () => CONTEXT)).toEqual([
    { ...east, name: 'lost', path: '/files/lost.yaml' },
    { ...east, name: 'old', path: '/files/old.yaml', lifted: true },
    { ...common, clusterId: 'west', cluster: 'west', sample: true, name: 'lost', path: '/files/lost.yaml' },
    { ...common, name: 'nowhere', path: '/files/nowhere.yaml' },
  ]);
});

test('a copy of an object has the same content, entry by entry', () => {
  const draft = readDraft(READ, { clusterId: EAST.id, name: 'lost', namespace: 'kube-system' });
  if (draft === undefined) throw new Error('not there');
  const { objects, findings } = readRevocationManifest(writeDraft(draft));
  expect(findings).toEqual([]);
  expect(objects).toEqual([EAST.revocations?.[0]?.object]);
});

test('an object is identified by cluster, namespace and name together', () => {
  const find = (name: string, namespace: string, cluster?: Cluster) =>
    readDraft(READ, { name, namespace, ...(cluster !== undefined && { clusterId: cluster.id }) });
  expect(find('nowhere', 'kube-system')?.name).toBe('nowhere');
  expect(find('nowhere', 'kube-system', EAST)).toBeUndefined();
  expect(find('old', 'kube-system', WEST)).toBeUndefined();
  expect(find('lost', 'default', EAST)).toBeUndefined();
  expect(find('lost', 'kube-system')).toBeUndefined();
});
