import type { Citation, Statement } from '../citation.ts';
import { isMessageKey, type Translate, type Wording } from './text.ts';

/** Returns the text unchanged if it is not a message key. Parameters, which may be typed words, are never keys. */
export function statementText({ text, params }: Pick<Statement, 'text' | 'params'>, translate: Translate): string {
  return isMessageKey(text) ? translate(text, params) : text;
}

/** Returns, for instance, `Documented: Microsoft Learn, …, Certificate types`. */
export function citationText({ certainty, work, place }: Citation, { translate }: Pick<Wording, 'translate'>): string {
  const words = [work, place ?? []].flat().map((text) => statementText({ text }, translate));
  return `${translate(`certainty.${certainty}`)}: ${words.join(', ')}`;
}

export function sourceTexts({ citations }: Pick<Statement, 'citations'>, translate: Translate): string[] {
  return citations.map((citation) => citationText(citation, { translate }));
}
