import type { KnownAnswer } from '../../core/repair/model/known-answers.ts';
import { rolesText } from '../../core/repair/text/diagnosis-text.ts';
import type { PlanWording } from '../../core/plan/text/plan-text.ts';
import { formatInstant, formatSpan } from '../../core/shared/text/time.ts';
import type { CitedSentence } from '../plan/plan-view.ts';
import type { Question } from './interview.svelte.ts';
import type { PlaceKnown } from './places.ts';

export interface KnownInput {
  place: PlaceKnown | undefined;
  build: string | undefined;
  nowMs: number;
  wording: PlanWording;
}

export function describeKnown({ id }: Question, input: KnownInput): CitedSentence | undefined {
  const { place, build, nowMs, wording } = input;
  const { translate, language, zone } = wording;
  switch (id) {
    case 'offHours': {
      const said = describeAnswer(place?.answers.offHours, input);
      if (said !== undefined || place?.ranMs === undefined) return said;
      const date = formatInstant(place.ranMs, language, zone);
      return { text: translate('repair.known.ran', { date }), citations: [] };
    }
    case 'daysSinceUpdate':
      return describeAnswer(place?.answers.daysSinceUpdate, input);
    case 'build':
      return build === undefined ? undefined : { text: translate('repair.known.from.session'), citations: [] };
    case 'sameUser':
      return undefined;
    default: {
      const roles = place?.expiredBehind(id) ?? [];
      if (roles.length === 0) return undefined;
      const values = { roles: rolesText(roles, translate) };
      const text =
        place?.readMs === undefined
          ? translate('repair.known.expired', values)
          : translate('repair.known.expired.read', {
              ...values,
              span: formatSpan(Math.max(0, nowMs - place.readMs), language),
            });
      return { text, citations: [] };
    }
  }
}

function describeAnswer(
  answer: KnownAnswer | undefined,
  { nowMs, wording: { translate, language } }: KnownInput,
): CitedSentence | undefined {
  if (answer === undefined) return undefined;
  const { source, readMs, citations } = answer;
  if (source === 'stated') return { text: translate('repair.known.from.stated'), citations };
  const text =
    readMs === undefined
      ? translate('repair.known.from.inventory')
      : translate('repair.known.from.inventory.read', { span: formatSpan(Math.max(0, nowMs - readMs), language) });
  return { text, citations };
}
