import type { RoleId } from '../../knowledge/model/credentials/credentials.ts';
import { findWorst, type Guard, type RevocationJudgement, type Share } from '../model/view.ts';
import type { Instant } from '../../shared/instant.ts';
import type { Translate } from '../../shared/text/text.ts';

/** Sorted by how soon their loss has an effect. */
const SUBJECTS = ['apiServers', 'kubelets', 'controlPlane', 'admins', 'others'] as const;
type Subject = (typeof SUBJECTS)[number];

export interface ImpactAnswer {
  sentence: string;
  more: string[];
  gravity: 'none' | 'some' | 'danger';
}

/**
 * Describes the effects of a text in one sentence: the worst effect if something stops working; how long the
 * certificates may be accepted if they are all of people, which nothing renews. `moment` is absent if that is stated
 * elsewhere.
 */
export function impactAnswer(
  judgement: RevocationJudgement,
  translate: Translate,
  moment?: (at: Instant) => string,
): ImpactAnswer {
  const { objects, impact, guard } = judgement;
  const gravity = guard.consequences.length > 0 ? 'danger' : impact.matched > 0 ? 'some' : 'none';
  if (!objects.some(({ entries }) => entries.some(({ entry }) => entry !== undefined)))
    return { sentence: translate('impact.answer.no-entry'), more: [], gravity: 'none' };
  const counts = countSentences(impact, translate);
  const worst = worstSentence(guard, translate);
  const exposure = moment === undefined ? [] : exposureSentences(impact, translate, moment);
  const isOfPeople = findSubject(listShares(impact.clusters)) === 'admins';
  const [sentence = '', ...others] = [
    ...(isOfPeople ? exposure : []),
    ...(worst === undefined ? [] : [worst]),
    ...counts,
    ...(isOfPeople ? [] : exposure),
  ];
  const future = guard.consequences.some(({ id }) => id === 'future-certificates');
  return { sentence, more: [...(future ? [translate('impact.more.future')] : []), ...others], gravity };
}

function exposureSentences(
  { exposureUntil, matched, clusters }: RevocationJudgement['impact'],
  translate: Translate,
  moment: (at: Instant) => string,
): string[] {
  if (exposureUntil === undefined) return [];
  const touched = clusters.filter(({ shares }) => shares.total.matched > 0);
  const values = { clusters: touched.length, cluster: touched[0]?.cluster ?? '', matched };
  return [translate('impact.answer.exposure', { ...values, until: moment(exposureUntil) })];
}

function worstSentence(guard: Guard, translate: Translate): string | undefined {
  const worst = findWorst(guard);
  if (worst === undefined) return undefined;
  const [cluster] = worst.clusters;
  if (cluster === undefined) return translate('impact.worst.unknown');
  const kind = worst.isManagement === true ? 'management' : 'other';
  return translate(`impact.worst.${worst.id}`, { cluster, kind, others: worst.clusters.length - 1 });
}

function countSentences(impact: RevocationJudgement['impact'], translate: Translate): string[] {
  const { matched, known, clusters, revokesOwn } = impact;
  if (clusters.length === 0) return [translate('impact.answer.nothing-known')];
  const shares = listShares(clusters);
  const subject = findSubject(shares);
  if (matched === 0 || subject === undefined) return [translate('impact.answer.none', { known })];
  const share = shares[subject];
  const touched = clusters.filter((each) => each.shares.total.matched > 0).length;
  const all = { matched, known, touched, clusters: clusters.length };
  return [
    getSentence(subject, share, { revokesOwn, translate }),
    ...(matched > share.matched || clusters.length > 1 ? [translate('impact.more.all', all)] : []),
    ...(matched > impact.stillValid ? [translate('impact.more.ended', { count: matched - impact.stillValid })] : []),
    ...(revokesOwn === undefined ? [translate('impact.more.own-unknown')] : []),
  ];
}

function getSentence(
  subject: Subject,
  { matched, known }: Share,
  { revokesOwn, translate }: { revokesOwn: boolean | undefined; translate: Translate },
): string {
  const share = matched < known ? 'some' : known === 1 ? 'only' : 'all';
  return translate(subject === 'admins' ? 'impact.answer.admins' : 'impact.answer.renewed', {
    subject:
      subject === 'others'
        ? translate('impact.subject.others', { share, matched, known })
        : translate('impact.subject', { share, which: translate(`impact.subject.${subject}`), matched, known }),
    matched,
    own: revokesOwn === true ? 'yes' : 'no',
  });
}

function findSubject(shares: Record<Subject, Share>): Subject | undefined {
  return SUBJECTS.find((each) => shares[each].matched > 0);
}

/** Sums up all clusters. A control plane includes its API servers and kubelets. */
function listShares(clusters: RevocationJudgement['impact']['clusters']): Record<Subject, Share> {
  const roles = clusters.flatMap(({ byRole }) => byRole);
  const roleShare = (role: RoleId): Share => sum(roles.filter((each) => each.role === role));
  const groupShare = (group: 'controlPlane' | 'admins' | 'others'): Share =>
    sum(clusters.map(({ shares }) => shares[group]));
  const groups = {
    controlPlane: groupShare('controlPlane'),
    admins: groupShare('admins'),
    others: groupShare('others'),
  };
  return { apiServers: roleShare('apiserver'), kubelets: roleShare('kubelet-client'), ...groups };
}

export function sum(shares: readonly Share[]): Share {
  const total = { matched: 0, known: 0 };
  for (const { matched, known } of shares) {
    total.matched += matched;
    total.known += known;
  }
  return total;
}
