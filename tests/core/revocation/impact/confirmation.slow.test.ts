import { describe, expect, test } from 'vitest';
import type { ClusterId } from '../../../../core/shared/ids.ts';
import { DAY_MS, instantFromMs, epochMs, SECOND_MS } from '../../../../core/shared/instant.ts';
import type { RevocationEntry } from '../../../../core/shared/renew-revocation/entry.ts';
import type { KnownCertificate } from '../../../../core/revocation/model/inventory-index.ts';
import { ConsoleError } from '../../../../core/shared/problem.ts';
import { findWorst, isUnderstood } from '../../../../core/revocation/model/view.ts';
import { getConfirmation } from '../../../../core/revocation/impact/confirmation.ts';
import { judgeText } from '../../../../core/revocation/evaluate.ts';
import { buildManifest } from '../../../../core/revocation/manifest/manifest.ts';
import { writeDraft } from '../../../../core/revocation/manifest/writer.ts';
import { aKnown, NOW } from '../../../support/known-certificates.ts';
import { computeImpact } from '../../../support/impact.ts';

const nowMs = epochMs(NOW);
const serial = (certificate: KnownCertificate): RevocationEntry => ({
  kind: 'serialnumber',
  value: certificate.serialHex,
});

/** Lists the ids of the consequences if `hit` is revoked by serial number and `others` are not revoked. */
function consequences(hit: readonly KnownCertificate[], others: readonly KnownCertificate[]): string[] {
  const certificates = [...hit, ...others];
  const entries = hit.map(serial);
  const impact = computeImpact(entries, certificates);
  return getConfirmation({ entries, consequences: [], nowMs }, impact, certificates).consequences.map(({ id }) => id);
}

const apiserver = (more: Partial<KnownCertificate> = {}) => aKnown({ role: 'apiserver', ...more });
const kubelet = (more: Partial<KnownCertificate> = {}) =>
  aKnown({ role: 'kubelet-client', name: 'system:node:w', ...more });
const admin = (more: Partial<KnownCertificate> = {}) =>
  aKnown({ role: 'admin-kubeconfig', layer: 'workstation', ...more });
const masters = () => aKnown({ role: 'apiserver-kubelet-client', groups: ['system:masters'] });
const on1 = { dns: ['m1'], paths: ['/m1/pki/a.crt'] };
const on2 = { dns: ['m2'], paths: ['/m2/pki/a.crt'] };
/** Makes a certificate without the name of its machine. Only the folder of its file shows the machine. */
const etcdClient = ({ paths = [] }: Partial<KnownCertificate> = {}) => aKnown({ role: 'apiserver-etcd-client', paths });
const nodes = ['m1', 'm2'].map((name) => aKnown({ role: 'kubelet-client', cn: `system:node:${name}` }));
const etcd = (cn: string, role: 'etcd-server' | 'etcd-peer' = 'etcd-server') => aKnown({ role, cn, dns: [cn] });
const west = { clusterId: 'west' as ClusterId, cluster: 'west' };

describe('the consequences of revoking', () => {
  test.each<[string, KnownCertificate[], KnownCertificate[], string[]]>([
    ['one of two API servers', [apiserver()], [apiserver()], []],
    ['both API servers', [apiserver(), apiserver()], [aKnown()], ['all-api-servers']],
    [
      'one API server, while the other has expired',
      [apiserver()],
      [apiserver({ notAfterMs: nowMs - SECOND_MS }), aKnown()],
      ['all-api-servers'],
    ],
    [
      'one API server, while the other expires this second',
      [apiserver()],
      [apiserver({ notAfterMs: nowMs }), aKnown()],
      [],
    ],
    [
      'one API server, while the other was replaced',
      [apiserver()],
      [apiserver({ replaced: true }), aKnown()],
      ['all-api-servers'],
    ],
    ['all API servers of one cluster', [apiserver()], [apiserver(west), aKnown()], ['all-api-servers']],
    ['only an expired API server', [apiserver({ notAfterMs: nowMs - DAY_MS })], [], []],
    ['the only client of etcd, with an unknown API server', [etcdClient()], [kubelet()], ['all-api-servers']],
    [
      'one API server, and the etcd client of the other',
      [apiserver(on1), etcdClient(on2)],
      [apiserver(on2)],
      ['all-api-servers'],
    ],
    [
      'an API server and its own etcd client',
      [apiserver(on1), etcdClient(on1)],
      [apiserver(on2), etcdClient(on2), ...nodes],
      [],
    ],
    [
      'one API server, and an etcd client of unknown origin',
      [apiserver(on1), etcdClient()],
      [apiserver(on2), etcdClient()],
      ['all-api-servers'],
    ],
    ['two of three members of etcd', [etcd('m1'), etcd('m2', 'etcd-peer')], [etcd('m3')], ['etcd']],
    [
      'both certificates of one of three members of etcd',
      [etcd('m1'), etcd('m1', 'etcd-peer')],
      [etcd('m2'), etcd('m3')],
      [],
    ],
    ['one of two members of etcd', [etcd('m1')], [etcd('m2')], ['etcd']],
    ['a whole control plane', [apiserver(), aKnown()], [kubelet()], ['all-api-servers', 'control-plane']],
    ['a control plane except for one certificate', [aKnown()], [apiserver()], []],
    ['a scheduler of which nothing else is known', [aKnown()], [], []],
    ['every kubelet', [kubelet(), kubelet()], [apiserver()], ['all-kubelets']],
    ['one of two kubelets', [kubelet()], [kubelet(), apiserver()], []],
    [
      'every kubelet that can be revoked',
      [kubelet()],
      [kubelet({ exempt: 'kubelet-server' }), apiserver()],
      ['all-kubelets'],
    ],
    ['the only admin', [admin()], [apiserver()], ['last-admin']],
    ['one of two admins', [admin()], [admin(), apiserver()], []],
    ['every admin', [admin(), aKnown({ role: 'admin-conf' })], [apiserver()], ['last-admin']],
    ['all of system:masters', [masters(), masters()], [apiserver()], ['system-masters']],
    ['one of system:masters', [masters()], [masters(), apiserver()], []],
  ])('%s', (_title, hit, others, expected) => {
    expect(consequences(hit, others)).toEqual(expected);
  });

  test('certificates of two clusters are listed with the affected clusters', () => {
    const certificates = [apiserver(), apiserver(west), apiserver(west), aKnown(), aKnown(west)];
    const entries = certificates.slice(0, 2).map(serial);
    const { consequences: found } = getConfirmation(
      { entries, consequences: [], nowMs },
      computeImpact(entries, certificates),
      certificates,
    );
    expect(found).toMatchObject([{ id: 'all-api-servers', clusters: ['retail-east'] }]);
  });
});

test('a consequence lists the management cluster first, whatever its name', () => {
  const certificates = [apiserver(west), apiserver(), aKnown({ role: 'management-kubeconfig', layer: 'workstation' })];
  const entries = certificates.slice(0, 2).map(serial);
  const guard = getConfirmation(
    { entries, consequences: [], nowMs },
    computeImpact(entries, certificates),
    certificates,
  );
  expect(findWorst(guard)).toMatchObject({
    id: 'all-api-servers',
    clusters: ['retail-east', 'west'],
    isManagement: true,
  });
});

describe('entries for the names that kubeadm gives to API servers', () => {
  const listConsequences = (entry: RevocationEntry, certificates: KnownCertificate[] = []) =>
    getConfirmation({ entries: [entry], consequences: [], nowMs }, computeImpact([entry], certificates), certificates)
      .consequences;
  const dns = (value: string, cutoffMs?: number): RevocationEntry => ({
    kind: 'DNS',
    value,
    ...(cutoffMs !== undefined && { notBefore: instantFromMs(nowMs + cutoffMs) }),
  });

  test.each<[RevocationEntry, boolean]>([
    [dns('kubernetes.default.svc.'), true],
    [dns('.cluster.local'), true],
    [dns('kubernetes'), true],
    [dns('kubernetes.default', 0), true],
    // A certificate of an API server is valid for four days.
    [dns('kubernetes.default', -4 * DAY_MS), false],
    [dns('kubernetes.default', -4 * DAY_MS + SECOND_MS), true],
    [dns('node-1'), false],
    [{ kind: 'Group', value: 'system:nodes' }, false],
  ])('may bring down a cluster without a known API server (entry %j): %s', (entry, isNamed) => {
    const found = listConsequences(entry);
    expect(found.map(({ id, clusters }) => [id, clusters])).toEqual(isNamed ? [['all-api-servers', []]] : []);
    if (isNamed) expect(found[0]?.citations.map(({ certainty }) => certainty)).toContain('inferred');
  });

  test('have no consequences in a cluster with a known API server', () => {
    expect(listConsequences(dns('kubernetes'), [apiserver()])).toEqual([]);
  });

  test('are judged for each cluster separately', () => {
    const [found, ...others] = listConsequences(dns('kubernetes'), [apiserver(), kubelet(west)]);
    expect([found?.id, found?.clusters, others]).toEqual(['all-api-servers', ['west'], []]);
    expect(found?.citations.map(({ certainty }) => certainty)).toContain('inferred');
  });
});

describe('a manifest', () => {
  const source = writeDraft({ name: 'r', entries: [{ kind: 'Group', group: 'system:nodes' }] });
  const judged = judgeText(source, { clusters: [], certificates: [], now: NOW, serialSpelling: 'serialnumber' });
  const PHRASE = 'revoke future certificates, all kubelets';

  test('is made from a judged text if the phrase is typed', () => {
    expect(judged.judgement.guard.phrase).toBe(PHRASE);
    const { text, undo } = buildManifest(judged, ` ${PHRASE}  `);
    expect(text).toBe(source);
    expect(text).toContain('  - group: system:nodes\n');
    expect(text.startsWith(undo.slice(0, 60))).toBe(true);
  });

  test.each([undefined, '', 'yes', 'revoke all kubelets', PHRASE.toUpperCase(), `${PHRASE}.`])(
    'is not made with the typed text %j',
    (understood) => {
      const make = () => buildManifest(judged, understood);
      expect(make).toThrow(ConsoleError);
      expect(make).toThrow('revocation.not-understood');
    },
  );

  test('needs no confirmation if nothing goes down', () => {
    expect(isUnderstood({ consequences: [] }, undefined)).toBe(true);
  });
});
