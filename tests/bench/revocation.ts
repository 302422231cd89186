/**
 * Measures the time to compute the blast radius of 10,000 entries over 100,000 certificates, in the best of several
 * rounds, and with fewer entries or certificates, to show that the time grows with each number and not with their
 * product. Then tries 10,000 random objects on random certificates: the preview must agree with the engine’s copy of
 * the cluster. Exits with 1 if a limit is exceeded or they disagree.
 */
import { applyRevocationTo, certificatesFor, randomObject } from '../support/random-revocations.ts';
import { writeDraft } from '../../core/revocation/manifest/writer.ts';
import { getMatches } from '../../core/revocation/impact/impact.ts';
import { judgeText } from '../../core/revocation/evaluate.ts';
import type { RoleId } from '../../core/knowledge/model/credentials/credentials.ts';
import type { ClusterId, CredentialId } from '../../core/shared/ids.ts';
import { listKnownCertificates, type KnownCertificate } from '../../core/revocation/model/inventory-index.ts';
import { DAY_MS, instant, instantFromMs, epochMs, SECOND_MS } from '../../core/shared/instant.ts';
import {
  API_VERSION,
  FIELD_OF_KIND,
  OBJECT_KIND,
  PUBLISHED_NAMESPACE,
} from '../../core/shared/renew-revocation/draft.ts';
import type { RevocationEntry } from '../../core/shared/renew-revocation/entry.ts';
import { recordAtLeast, recordAtMost, count, growth, limitWork, note } from './support/figures.ts';
import { least, leastWithSetup } from './support/measure.ts';
import { computeImpact } from '../support/impact.ts';

const CERTIFICATES = 100_000;
const ENTRIES = 10_000;
const LIMIT_MS = 60;
/** Higher than `LIMIT_MS`, because the first text requires reading all certificates. Later texts reuse them. */
const FIRST_MS = 160;
/** If a text is judged within this time, the screen keeps up with typing. */
const LIVE_MS = 150;
const HOSTILE_MS = 3_000;
const ROUNDS = 25;
const SHARES = [0.01, 0.1, 1];
const USUAL = '20 entries';
const CASES = 10_000;
const NOW = instant('2026-11-25T12:00:00Z');

/**
 * Creates certificates like those of clusters with twenty each: an API server with many names, etcd members, kubelets,
 * clients.
 */
function certificates(count: number): KnownCertificate[] {
  return Array.from({ length: count }, (_, at) => {
    const cluster = `cluster-${Math.floor(at / 20)}`;
    const node = `node-${at}.${cluster}.contoso.example`;
    const address = `10.${(at >> 16) & 255}.${(at >> 8) & 255}.${at & 255}`;
    const kind = at % 20;
    const service = ['kubernetes', 'kubernetes.default', 'kubernetes.default.svc'];
    const [role, cn, groups, dns, ip]: [RoleId, string, string[], string[], string[]] =
      kind === 0
        ? [
            ...(['apiserver', 'kube-apiserver', []] as [RoleId, string, string[]]),
            [...service, 'kubernetes.default.svc.cluster.local', node],
            ['10.96.0.1', address],
          ]
        : kind < 4
          ? ['etcd-server', node, [], ['localhost', node], ['127.0.0.1', address]]
          : kind < 8
            ? ['kubelet-client', `system:node:${node}`, ['system:nodes'], [], []]
            : kind < 12
              ? ['admin-conf', 'kubernetes-admin', ['system:masters'], [], []]
              : ['scheduler', 'system:kube-scheduler', [], [], []];
    const beganMs = epochMs(NOW) - (at % 345_600) * SECOND_MS;
    // Sets all fields of a certificate, in the order that the inventory uses.
    return {
      id: at.toString(16).padStart(64, '0') as CredentialId,
      clusterId: cluster as ClusterId,
      cluster,
      role,
      layer: 'kubernetes',
      name: cn,
      serialHex: serialNumber(at),
      cn,
      groups,
      dns,
      ip,
      notBeforeMs: beganMs,
      notAfterMs: beganMs + 4 * DAY_MS,
      paths: [],
    };
  });
}

function serialNumber(at: number): string {
  return Buffer.from((at + 1).toString(16).padStart(32, '7'), 'latin1').toString('latin1');
}

/**
 * Creates entries of all kinds; three per cent of them match thousands of certificates, each with a different cutoff.
 */
function entries(count: number, shift = 0): RevocationEntry[] {
  return Array.from({ length: count }, (_, at): RevocationEntry => {
    const notBefore = instantFromMs(epochMs(NOW) - (at * 30 + shift) * SECOND_MS);
    const target = (at * 37 + shift * 20) % CERTIFICATES;
    switch (at % 100) {
      case 0:
        return { kind: 'Group', value: 'system:nodes', notBefore };
      case 1:
        return { kind: 'DNS', value: '.contoso.example', notBefore };
      case 2:
        return { kind: 'IP', value: '10.96.0.1', notBefore };
      default:
        break;
    }
    const cluster = `cluster-${Math.floor(target / 20)}`;
    if (at % 4 === 0) return { kind: 'DNS', value: `node-${target}.${cluster}.contoso.example` };
    if (at % 4 === 1) return { kind: 'DNS', value: `.${cluster}.contoso.example`, notBefore };
    if (at % 4 === 2) {
      const value = `10.${(target >> 16) & 255}.${(target >> 8) & 255}.${target & 255}`;
      return { kind: 'IP', value, notBefore };
    }
    return { kind: 'serialnumber', value: serialNumber(target) };
  });
}

function bestTime<T>(prepare: (round: number) => T, work: (prepared: T) => void): number {
  return leastWithSetup(ROUNDS, prepare, work);
}

/** Measures the first text, for which the inventory is read, and later texts, which reuse the inventory. */
function measure(): void {
  const all = certificates(CERTIFICATES);
  const some = entries(ENTRIES);
  const { matched, entries: counted } = computeImpact(some, all);
  note('certificates matched', matched.length, '');
  note(
    '  times in all',
    counted.reduce((total, each) => total + each.count, 0),
    '',
  );
  const reading = bestTime(
    () => [...all],
    (unread) => computeImpact([], unread),
  );
  const first = bestTime(
    () => [...all],
    (unread) => computeImpact(some, unread),
  );
  const again = bestTime(
    () => some,
    (same) => computeImpact(same, all),
  );
  note('the inventory read, once for each state of it', reading, 'ms');
  limitWork(FIRST_MS, 'its first text, read for it', first);
  note('the same text again', again, 'ms');
  /**
   * Returns the best time for a text that differs from all earlier texts, except for groups and names, whose number is
   * limited.
   */
  const another = (list: readonly KnownCertificate[], length: number): number =>
    bestTime(
      (round) => entries(length, round + 1),
      (other) => computeImpact(other, list),
    );
  growth(
    'another text, certificates',
    SHARES.map((share) => ({ size: CERTIFICATES * share, ms: another(all.slice(0, CERTIFICATES * share), ENTRIES) })),
    LIMIT_MS,
  );
  growth(
    'another text, entries',
    SHARES.map((share) => ({ size: ENTRIES * share, ms: another([...all], ENTRIES * share) })),
  );
}

/**
 * Returns manifests such as a user would write, and manifests with a great many small objects, such as an attacker
 * might paste.
 */
function texts(): Record<string, string> {
  const draftText = (name: string, count: number, from: number): string =>
    writeDraft({
      apiVersion: API_VERSION,
      kind: OBJECT_KIND,
      name,
      namespace: PUBLISHED_NAMESPACE,
      entries: entries(from + count)
        .slice(from)
        .map(({ kind, value, notBefore }) => ({ kind, [FIELD_OF_KIND[kind]]: value, notBefore })),
    });
  return {
    [USUAL]: draftText('usual', 20, 0),
    '500 entries': draftText('long', 500, 0),
    '3,000 objects': Array.from({ length: 3_000 }, (_, at) => draftText(`o-${at}`, 1, at)).join('---\n'),
    '1 MB of wrong entries': `${draftText('wrong', 1, 0)}${'  - ip: 10.0.0.0/8\n    kind: IP\n'.repeat(29_000)}`,
  };
}

/** Limits the time to judge a text; the console judges at every pause in typing. */
function judgeLive(): void {
  const known = certificates(CERTIFICATES);
  for (const [name, text] of Object.entries(texts())) {
    const isUsual = name === USUAL;
    const ms = least(isUsual ? ROUNDS : 2, () => {
      const { judgement } = judgeText(text, {
        clusters: [],
        certificates: known,
        now: NOW,
        serialSpelling: 'serialnumber',
      });
      JSON.stringify(judgement);
    });
    limitWork(isUsual ? LIVE_MS : HOSTILE_MS, `judged against ${count(CERTIFICATES)} certificates: ${name}`, ms);
  }
}

/** Checks, for each object, that the preview lists exactly the certificates that the engine marks as revoked. */
function agree(): void {
  let revoked = 0;
  let differing = 0;
  for (let seed = 1; seed <= CASES; seed += 1) {
    const { state, clusters, clusterId } = certificatesFor(seed % 10);
    const object = randomObject(seed, clusters);
    const byEngine = applyRevocationTo(state, clusterId, object);
    const own = listKnownCertificates(clusters).filter((one) => one.clusterId === clusterId);
    const { entries: counted, matched } = computeImpact(object.entries, own);
    const listed = new Set(
      counted.flatMap(({ indexed }) => getMatches(indexed).matches.map(({ certificate: { id } }) => id)),
    );
    const byPreview = new Set([...matched].map(({ id }) => id));
    const isSame =
      byEngine.size === byPreview.size &&
      byEngine.size === listed.size &&
      [...byEngine].every((id) => byPreview.has(id) && listed.has(id));
    if (!isSame) {
      console.log(`seed ${seed}: the engine revokes ${byEngine.size}, the preview ${byPreview.size}`);
      console.log(JSON.stringify(object.entries));
      differing += 1;
    }
    revoked += byEngine.size;
  }
  recordAtMost(0, `of ${count(CASES)} random objects, those where engine and preview differ`, differing, '');
  recordAtLeast(CASES, '  certificates that they revoke', revoked, '');
}

measure();
judgeLive();
agree();
