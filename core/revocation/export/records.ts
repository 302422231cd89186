import { citationRecord } from '../../plan/export/plan-records.ts';
import type { Statement } from '../../shared/citation.ts';
import { statementText } from '../../shared/text/statement.ts';
import type { Finding } from '../../shared/finding.ts';
import { instantFromMs, type Instant } from '../../shared/instant.ts';
import { commandText, type Plan, type PlanCommand } from '../../plan/model/plan.ts';
import {
  IMPACT_GROUPS,
  type ClusterImpact,
  type Guard,
  type JudgedFinding,
  type RevocationImpact,
  type RevocationJudgement,
} from '../model/view.ts';
import { isMessageKey, translator } from '../../shared/text/text.ts';
import type { Match } from '../impact/impact.ts';
import type { Preview, PreviewedEntry } from '../impact/preview.ts';

/*
 * Output for programs: the JSON of the command line and of bundles, described in docs/revocation.md. Sentences are always in
 * English.
 */

const english = translator('en');

export function findingRecord({ rule, severity, place, params, citations: [citation] }: JudgedFinding) {
  const key = `finding.${rule}`;
  return {
    rule,
    severity,
    line: place.line ?? null,
    column: place.column ?? null,
    message: isMessageKey(key) ? english(key, params) : rule,
    citation: citationRecord(citation),
  };
}

function matchRecord({ certificate, why }: Match) {
  const { id, name, role, cluster, notBeforeMs, notAfterMs, replaced = false } = certificate;
  const [notBefore, notAfter] = [instantFromMs(notBeforeMs), instantFromMs(notAfterMs)];
  return { id, why, name, role, cluster, notBefore, notAfter, replaced };
}

export function revocationImpactRecord({ object, entryIndex: index, entry, counts, listed }: PreviewedEntry) {
  const { kind, value, notBefore = null } = entry;
  return {
    object,
    index,
    kind,
    value,
    notBefore,
    counts,
    matches: listed.matches.map(matchRecord),
    possible: listed.possible.map(matchRecord),
    exempt: listed.exempt.map(matchRecord),
    /** `id`: the certificate that would be replaced. */
    future: listed.future.map(({ id, at }) => ({ id, at })),
  };
}

export function clusterRecord({ clusterId, cluster, shares, byRole }: ClusterImpact): object {
  return {
    clusterId,
    cluster,
    total: shares.total,
    ...Object.fromEntries(IMPACT_GROUPS.map((group) => [group, shares[group]])),
    inUse: shares.inUse,
    roles: Object.fromEntries(byRole.map(({ role, ...share }) => [role, share])),
  };
}

export function guardRecord({ consequences, phrase }: Guard) {
  return {
    needed: phrase !== undefined,
    phrase: phrase ?? null,
    consequences: consequences.map(({ id, clusters, citations }) => ({
      id,
      message: english(`revocation.consequence.${id}`),
      clusters,
      citations: citations.map(citationRecord),
    })),
  };
}

export function planRecord({ steps }: Plan): object[] {
  const record = (step: string, command: PlanCommand | undefined, statement: Statement): object => ({
    step,
    command: command === undefined ? null : commandText(command),
    ...statementRecord(statement),
  });
  return [
    ...steps.map(({ id, command, why }) => record(id, command, why)),
    ...steps.flatMap(({ undo }) => (undo === undefined ? [] : record('undo', undo.command, undo.statement))),
  ];
}

function statementRecord({ text, params, citations }: Statement) {
  return { message: statementText({ text, params }, english), citations: citations.map(citationRecord) };
}

interface PreviewFacts
  extends
    Preview,
    Pick<RevocationImpact, 'matched' | 'exposureUntil' | 'exposure'>,
    Pick<RevocationJudgement, 'guard' | 'plan' | 'findings'> {
  generatedAt: Instant;
  file: string;
  inventoryFindings: readonly Finding[];
}

export function previewRecord(facts: PreviewFacts) {
  const { generatedAt, file, matched, inventoryFindings } = facts;
  return {
    generatedAt,
    file,
    entries: facts.entries.map(revocationImpactRecord),
    matched,
    objects: facts.objects.map(({ name, clusters }) => ({ name, clusters: clusters.map(clusterRecord) })),
    exposureUntil: facts.exposureUntil ?? null,
    enforcement: facts.exposure.map(statementRecord),
    guard: guardRecord(facts.guard),
    plan: planRecord(facts.plan),
    findings: facts.findings.map(findingRecord),
    inventoryFindings,
  };
}
