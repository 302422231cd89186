import { SURE_CONFIDENCE, type Cause, type EvidenceItem } from '../model/diagnose.ts';
import type { AnswerTest } from '../../knowledge/model/failure.ts';
import type { PlanWording } from '../../plan/text/plan-text.ts';
import { formatInstant } from '../../shared/text/time.ts';
import { isMessageKey, type Translate } from '../../shared/text/text.ts';

/** Returns evidence such as `line 3: "rpc error … Valid Token Required"`. */
export function evidenceText(item: EvidenceItem, translate: Translate): string {
  switch (item.kind) {
    case 'text':
      return translate('diagnosis.text', { line: item.line, phrases: item.phrases.join(' … ') });
    case 'inventory':
      return translate(item.isLater ? 'diagnosis.inventory.valid-later' : `diagnosis.inventory.${item.state}`, {
        roles: rolesText(item.roles, translate),
      });
    case 'answer':
      return item.from === undefined
        ? answerText(item.answer, translate)
        : translate(`diagnosis.from.${item.from}`, {
            answer: answerText(item.answer, translate),
            line: item.line ?? 0,
          });
    case 'part-of':
      return translate('diagnosis.part-of', { failure: item.failure });
    case 'build':
      return translate('diagnosis.build', { build: item.build });
  }
}

const ALMOST_SURE = 0.9;

/** Names the strength of the evidence for a cause. A number would look like a probability. */
export function surenessText(
  { confidence, evidence = [] }: Pick<Cause, 'confidence'> & Partial<Pick<Cause, 'evidence'>>,
  { translate, language, zone }: PlanWording,
): string {
  if (confidence < SURE_CONFIDENCE) return translate('diagnosis.sureness.possible');
  const facts = evidence.flatMap((item) => (item.kind === 'inventory' && item.state !== 'valid' ? [item] : []));
  if (facts.length === 0) return translate(`diagnosis.sureness.${confidence < ALMOST_SURE ? 'likely' : 'sure'}`);
  const readMs = Math.max(...facts.map((item) => item.readMs ?? -Infinity));
  return readMs === -Infinity
    ? translate('diagnosis.sureness.confirmed')
    : translate('diagnosis.sureness.confirmed.read', { date: formatInstant(readMs, language, zone) });
}

export function rolesText(roles: readonly string[], translate: Translate): string {
  return roles.map((role) => translateKey(`role.${role}`, translate)).join(translate('list.and'));
}

export function translateKey(key: string, translate: Translate): string {
  return isMessageKey(key) ? translate(key) : key;
}

function answerText(answer: AnswerTest, translate: Translate): string {
  switch (answer.field) {
    case 'offHours':
    case 'daysSinceUpdate':
      return translate(`diagnosis.answer.${answer.field}`, { count: answer.atLeast });
    case 'sameUser':
      return translate(answer.is ? 'diagnosis.answer.installingUser' : 'diagnosis.answer.otherUser');
    case 'found':
      return translate(`diagnosis.answer.${answer.is}`, { question: translateKey(`triage.${answer.of}`, translate) });
  }
}
