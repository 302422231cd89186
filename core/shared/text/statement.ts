import type { Statement } from '../citation.ts';
import { isMessageKey, type Translate } from './text.ts';

/** A catalogue statement in words, without its sources. */
export function statementText({ text, params }: Statement, translate: Translate): string {
  return isMessageKey(text) ? translate(text, params) : text;
}

/** Sources of a statement: `documented: Microsoft Learn, …, Certificate types`. */
export function sourceTexts({ citations }: Statement, translate: Translate): string[] {
  const words = (text: string): string => (isMessageKey(text) ? translate(text) : text);
  return citations.map(({ certainty, work, place }) =>
    [`${translate(`certainty.${certainty}`)}: ${words(work)}`, ...(place === undefined ? [] : [words(place)])].join(
      ', ',
    ),
  );
}
