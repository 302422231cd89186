import type { Statement } from '../../shared/citation.ts';
import { isMessageKey, type Wording } from '../../shared/text/text.ts';

/** Returns whether a condition combines several cases. Its parameters are then the message keys of the cases. */
export function joinsCases({ text }: Statement): boolean {
  return text.startsWith('repair.plan.either');
}

/**
 * Returns conditions that must all hold as one sentence, such as “If the check confirms it, or if A and if B”; empty if
 * there are none. `translate` is for conditions with one case.
 */
export function conditionText(
  only: readonly Statement[],
  wording: Wording,
  translate: (condition: Statement) => string,
): string {
  let cases: string[][] = [[]];
  for (const condition of only) {
    const listed = joinsCases(condition) ? Object.values(condition.params ?? {}).map(String) : undefined;
    const texts = listed?.map((key) => (isMessageKey(key) ? wording.translate(key) : key)) ?? [translate(condition)];
    cases = cases.flatMap((known) => texts.map((text) => [...new Set([...known, text])]));
  }
  // A case that needs more than another case adds nothing.
  const least = cases.filter(
    (each, at) => !cases.some((other, place) => place !== at && isLess(other, each, place < at)),
  );
  least.sort((one, other) => one.length - other.length);
  const join = (texts: readonly string[], key: 'steps.case.and' | 'steps.case.or') =>
    texts.reduce((one, other) => wording.translate(key, { one, other: beginInside(other, wording) }));
  return join(
    least.map((each) => (each.length === 0 ? '' : join(each, 'steps.case.and'))),
    'steps.case.or',
  );
}

/** Returns whether `other` is a part of `each`, or the same and listed earlier. */
function isLess(other: readonly string[], each: readonly string[], isEarlier: boolean): boolean {
  if (!other.every((text) => each.includes(text))) return false;
  return other.length < each.length || isEarlier;
}

/** In English, a condition inside a sentence begins in lower case. */
function beginInside(text: string, { language }: Wording): string {
  return language !== 'en' ? text : text.charAt(0).toLowerCase() + text.slice(1);
}
