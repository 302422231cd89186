import { instantFromMs } from '../../shared/instant.ts';
import type { RoleId } from '../../knowledge/model/credentials/credentials.ts';
import type { KnownCertificate } from '../model/inventory-index.ts';
import { buildPostings } from '../model/postings.ts';
import { checkEntry } from '../../shared/renew-revocation/structure.ts';
import type { MatchesQuestion } from '../contract.ts';
import type { RevocationEntry } from '../../shared/renew-revocation/entry.ts';
import type { CertificateRow, EntryPlace, MatchPage, MatchRow } from '../model/view.ts';
import type { WrittenRevocations } from '../../formats/renew-revocation/draft-reader.ts';
import { getMatches } from '../impact/impact.ts';
import { getGroup } from '../impact/impact-counts.ts';
import { isInUse } from '../kubeconfig.ts';

/** Lists the well-formed entries of all objects in text order. */
export function listWellFormed(objects: WrittenRevocations['objects']): (EntryPlace & { entry: RevocationEntry })[] {
  return objects.flatMap(({ draft }, objectIndex) =>
    draft.entries.flatMap((written, entryIndex) => {
      const { entry } = checkEntry(written);
      return entry === undefined ? [] : { objectIndex, entryIndex, entry };
    }),
  );
}

export function matchesIn(
  { objects }: WrittenRevocations,
  certificates: readonly KnownCertificate[],
  question: MatchesQuestion,
  roleName: (role: RoleId) => string,
): MatchPage {
  const { list, clusterId, kubeconfig, offset, limit } = question;
  const asked = listWellFormed(objects).filter(
    ({ objectIndex, entryIndex }) =>
      (question.objectIndex ?? objectIndex) === objectIndex && (question.entryIndex ?? entryIndex) === entryIndex,
  );
  const indexed = buildPostings(
    asked.map(({ entry }) => entry),
    certificates,
  );
  const fits = wordsIn(question.query, roleName);
  const seen = new Set<KnownCertificate>();
  const found: { certificate: KnownCertificate; why: string; at: number }[] = [];
  for (const [at, one] of indexed.entries())
    for (const { certificate, why } of getMatches(one)[list]) {
      if (seen.has(certificate)) continue;
      seen.add(certificate);
      const isWanted = clusterId === undefined || certificate.clusterId === clusterId;
      if (isWanted && fits(certificate)) found.push({ certificate, why, at });
    }
  found.sort((one, other) => compareCertificates(one.certificate, other.certificate));
  const rows = found.slice(offset, offset + limit).map(({ certificate, why, at }): MatchRow => {
    const { objectIndex = 0, entryIndex = 0 } = asked[at] ?? {};
    const row = buildCertificateRow(certificate, kubeconfig);
    return { ...row, group: getGroup(certificate), why, objectIndex, entryIndex };
  });
  return { total: found.length, rows };
}

export function buildCertificateRow(certificate: KnownCertificate, kubeconfig: string | undefined): CertificateRow {
  const { clusterId, id, cluster, name, role, notBeforeMs, notAfterMs, replaced } = certificate;
  const [notBefore, notAfter] = [instantFromMs(notBeforeMs), instantFromMs(notAfterMs)];
  const inUse = isInUse(certificate, kubeconfig) ? true : undefined;
  return { clusterId, id, cluster, name, role, notBefore, notAfter, replaced, inUse };
}

export function textHas(query: string): (texts: readonly string[]) => boolean {
  const words = query.toLowerCase().match(/\S+/gu);
  if (words === null) return () => true;
  return (texts) => {
    const all = texts.join(' ').toLowerCase();
    return words.every((word) => all.includes(word));
  };
}

export function wordsIn(query = '', roleName: (role: RoleId) => string): (certificate: KnownCertificate) => boolean {
  const fits = textHas(query);
  const roles = new Map<RoleId, string>();
  return ({ cluster, name, role, serialHex, computer = '', paths }) => {
    let roleText = roles.get(role);
    if (roleText === undefined) roles.set(role, (roleText = roleName(role)));
    return fits([cluster, name, serialHex, role, roleText, computer, ...paths]);
  };
}

export function compareCertificates(one: KnownCertificate, other: KnownCertificate): number {
  return (
    compare(one.cluster, other.cluster) ||
    compare(one.name, other.name) ||
    compare(one.role, other.role) ||
    other.notAfterMs - one.notAfterMs ||
    compare(one.id, other.id)
  );
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
