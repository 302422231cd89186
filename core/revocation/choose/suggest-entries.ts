import {
  AD_SSO,
  DOC_CREDENTIAL,
  KUBEADM,
  KUBEADM_BACKDATING,
  OVERVIEW_PROVISIONING,
  OVERVIEW_RENEWAL,
  OVERVIEW_REVOCATION,
  citeText,
} from '../../knowledge/model/sources/sources.ts';
import { ROW_KUBECONFIG } from '../../knowledge/model/sources/sources-revocation.ts';
import type { Statement } from '../../shared/citation.ts';
import type { CredentialId } from '../../shared/ids.ts';
import { epochMs, type Instant } from '../../shared/instant.ts';
import { distinctBy } from '../../shared/lists.ts';
import { ConsoleError } from '../../shared/problem.ts';
import type { DraftEntry, RevocationDraft } from '../../shared/renew-revocation/draft.ts';
import { draftWithDefaults } from '../model/fix.ts';
import type { KnownCertificate } from '../model/inventory-index.ts';
import { getKnownIndex } from '../model/postings.ts';
import type { RevocationChoice } from '../contract.ts';
import type { EvaluationContext } from '../evaluate.ts';
import type { ProposedRevocation } from '../model/view.ts';
import { comparableSerial } from '../../shared/renew-revocation/values.ts';
import { isInUse } from '../kubeconfig.ts';
import { listNodes, type ClusterNode } from './nodes.ts';
import { spellEntries } from './kind-spelling.ts';

type ProposeContext = Pick<EvaluationContext, 'certificates' | 'now' | 'serialSpelling' | 'kubeconfig'>;

type ChoiceFor<G extends RevocationChoice['goal']> = Extract<RevocationChoice, { goal: G }>;
type Proposal = { description: string; entries: DraftEntry[]; notes: Statement[] };

const LONGEST_DESCRIPTION = 120;

/**
 * Suggests entries for a goal, with notes on them. A known certificate gets an entry by serial number, which affects
 * nothing else. All other entries have the current second as their cutoff, so that a repair lasts. Throws
 * `revocation.choice-gone`.
 */
export function propose(choice: RevocationChoice, context: ProposeContext): ProposedRevocation {
  const { description, entries, notes } = proposalFor(choice, context);
  const draft: RevocationDraft = draftWithDefaults({
    name: nameFor(choice.goal, context.now),
    description: shorten(description),
    entries: spellEntries(removeDuplicates(entries), context.serialSpelling),
  });
  return { draft, notes };
}

function proposalFor(choice: RevocationChoice, context: ProposeContext): Proposal {
  switch (choice.goal) {
    case 'lost-kubeconfig':
      return suggestKubeconfigs(choice, context);
    case 'node':
      return suggestNodes(choice, context);
    case 'group':
      return suggestGroups(choice, context);
    case 'serial':
      return suggestSerials(choice, context);
  }
}

/** Returns a name such as `lost-kubeconfig-20261125-1305`, in UTC. */
function nameFor(goal: RevocationChoice['goal'], now: Instant): string {
  const [date = '', time = ''] = now.replaceAll(/[-:Z]/gu, '').split('T');
  return `${goal}-${date}-${time.slice(0, 4)}`;
}

function suggestKubeconfigs(
  { certificates: ids }: ChoiceFor<'lost-kubeconfig'>,
  { certificates, kubeconfig }: ProposeContext,
): Proposal {
  const chosen = findChosen(certificates, ids);
  const isOwn = chosen.some((one) => isInUse(one, kubeconfig));
  return {
    description: `Lost kubeconfig: ${chosen.map(({ name, cluster }) => `${name} (${cluster})`).join(', ')}`,
    entries: chosen.map(serialEntry),
    notes: [
      ...(isOwn ? [citeText('revocation.note.kubeconfig-in-use', DOC_CREDENTIAL)] : []),
      citeText('revocation.note.kubeconfig-unmanaged', OVERVIEW_RENEWAL, ROW_KUBECONFIG),
      citeText('revocation.note.kubeconfig-sure', AD_SSO, ROW_KUBECONFIG),
    ],
  };
}

function suggestNodes(
  { nodes: wanted, withNames }: ChoiceFor<'node'>,
  { certificates, now }: ProposeContext,
): Proposal {
  const known = listNodes(certificates, epochMs(now));
  const nodes = wanted.map(({ clusterId, name }): ClusterNode => {
    const node = known.find((each) => each.clusterId === clusterId && each.name === name);
    if (node === undefined) throw new ConsoleError('revocation.choice-gone', {});
    return node;
  });
  const entries = nodes.flatMap(({ name, certificates: own, dns, ip }): DraftEntry[] => [
    ...own.map(serialEntry),
    ...(withNames
      ? [
          ...dns.map((value) => ({ description: name, kind: 'DNS', dns: value, notBefore: now })),
          ...ip.map((value) => ({ description: name, kind: 'IP', ip: value, notBefore: now })),
        ]
      : []),
  ]);
  const unplaced = Math.max(0, ...nodes.map((node) => node.unplaced));
  const hasControlPlane = nodes.some(({ controlPlane }) => controlPlane);
  const hasNames = nodes.some(({ dns, ip }) => dns.length + ip.length > 0);
  return {
    description: `Compromised node: ${nodes.map(({ name, cluster }) => `${name} in ${cluster}`).join(', ')}`,
    entries,
    notes: [
      citeText('revocation.note.kubelet-server', OVERVIEW_REVOCATION),
      ...(hasControlPlane ? [citeText('revocation.note.control-plane-keys', KUBEADM, OVERVIEW_PROVISIONING)] : []),
      ...(unplaced > 0 ? [{ ...citeText('revocation.note.nameless', KUBEADM), params: { count: unplaced } }] : []),
      ...(withNames
        ? [
            citeText(
              hasNames ? 'revocation.note.names-shared' : 'revocation.note.names-none',
              KUBEADM,
              OVERVIEW_REVOCATION,
            ),
          ]
        : []),
      ...(withNames && hasNames ? [WAIT] : []),
    ],
  };
}

const WAIT = citeText('revocation.note.wait', KUBEADM_BACKDATING, OVERVIEW_REVOCATION);

function suggestGroups({ groups }: ChoiceFor<'group'>, { now }: ProposeContext): Proposal {
  return {
    description: `All certificates of ${groups.join(', ')} issued before ${now}`,
    entries: groups.map((group) => ({ kind: 'Group', group, notBefore: now })),
    notes: [citeText('revocation.note.group-cutoff', OVERVIEW_REVOCATION), WAIT],
  };
}

function suggestSerials(
  { serials, certificates: ids }: ChoiceFor<'serial'>,
  { certificates }: ProposeContext,
): Proposal {
  const index = getKnownIndex(certificates);
  const typed = serials.map((serialNumber): DraftEntry => {
    const [known] = index.findBySerial(serialNumber);
    return known === undefined ? { kind: 'serialnumber', serialNumber } : { ...serialEntry(known), serialNumber };
  });
  const entries = [...findChosen(certificates, ids).map(serialEntry), ...typed];
  return {
    description: entries.length === 1 ? 'One certificate by serial number' : 'Certificates by serial number',
    entries,
    notes: [],
  };
}

function findChosen(certificates: readonly KnownCertificate[], ids: readonly CredentialId[]): KnownCertificate[] {
  const wanted = new Set(ids);
  const byId = new Map<CredentialId, KnownCertificate>();
  for (const certificate of certificates)
    if (wanted.has(certificate.id) && !byId.has(certificate.id)) byId.set(certificate.id, certificate);
  return ids.map((id) => {
    const certificate = byId.get(id);
    if (certificate === undefined) throw new ConsoleError('revocation.choice-gone', {});
    return certificate;
  });
}

function serialEntry({ name, serialHex }: KnownCertificate): DraftEntry {
  return { description: shorten(name), kind: 'serialnumber', serialNumber: serialHex };
}

/** Keeps the first of several entries with the same effect, whatever their descriptions. */
function removeDuplicates(entries: readonly DraftEntry[]): DraftEntry[] {
  return distinctBy(entries, ({ description: _, serialNumber = '', ...rest }) =>
    JSON.stringify([comparableSerial(serialNumber) ?? serialNumber, rest]),
  );
}

function shorten(text: string): string {
  return text.length <= LONGEST_DESCRIPTION ? text : `${text.slice(0, LONGEST_DESCRIPTION - 1)}…`;
}
