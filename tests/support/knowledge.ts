import { CHECKS } from '../../core/knowledge/model/checks.ts';
import { COMMANDS } from '../../core/knowledge/model/cmdlets/cmdlets.ts';
import { CONTRADICTIONS } from '../../core/knowledge/model/contradictions.ts';
import { ELSEWHERE } from '../../core/knowledge/model/other-causes.ts';
import { FAILURES } from '../../core/knowledge/model/failures/failures.ts';
import { PROTECTED_OBJECTS } from '../../core/knowledge/model/cmdlets/protected-objects.ts';
import { TRIAGE, TRIAGE_FACTS } from '../../core/knowledge/model/triage.ts';
import type { Citation, Statement } from '../../core/shared/citation.ts';

const CITED = [CHECKS, COMMANDS, CONTRADICTIONS, ELSEWHERE, FAILURES, PROTECTED_OBJECTS, TRIAGE, TRIAGE_FACTS];

function objectsIn(value: unknown): object[] {
  if (typeof value !== 'object' || value === null) return [];
  return [value, ...Object.values(value).flatMap(objectsIn)];
}

/** Lists the citations of failures, other causes, cmdlets and their effects, checks, contradictions and the triage. */
export function knowledgeCitations(): Citation[] {
  return objectsIn(CITED).filter((each): each is Citation => 'certainty' in each && 'work' in each);
}

export function knowledgeStatements(): Statement[] {
  return objectsIn(CITED).filter((each): each is Statement => 'text' in each && 'citations' in each);
}

/** Lists the keys of texts for failures, other causes, cmdlets, checks, contradictions and the triage. */
export function knowledgeKeys(): string[] {
  const texts = objectsIn(CITED).flatMap((each) => Object.values(each) as unknown[]);
  const keys = texts.filter(
    (each): each is string =>
      typeof each === 'string' && /^(?:failure|repair|remedy|cmdlet|check|triage|contradiction)\.[\w.-]+$/u.test(each),
  );
  return [...new Set([...keys, ...FAILURES.map(({ id }) => `failure.${id}`)])];
}
