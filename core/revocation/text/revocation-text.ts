import type { Statement } from '../../shared/citation.ts';
import { MINUTE_MS, toMilliseconds, parseInstant } from '../../shared/instant.ts';
import type { RevocationEntry } from '../../shared/renew-revocation/entry.ts';
import type { BundleFacts } from '../model/bundle.ts';
import type { Consequence } from '../model/view.ts';
import { isMessageKey, type MessageValues, type Translate } from '../../shared/text/text.ts';

/** How texts and instants are written where they are displayed. */
export interface RevocationWords {
  translate: Translate;
  /** Milliseconds since 1970. */
  moment: (ms: number) => string;
}

/** Parameters with the waiting time as people read it: to the minute, rounded up. */
export function shownParams({ moment }: Pick<RevocationWords, 'moment'>, params: MessageValues = {}): MessageValues {
  const { readyAt } = params;
  const ready = typeof readyAt === 'string' ? parseInstant(readyAt) : undefined;
  if (ready === undefined) return params;
  return { ...params, readyAt: moment(Math.ceil(toMilliseconds(ready) / MINUTE_MS) * MINUTE_MS) };
}

/** A step of a recovery plan, or what is known about enforcement. */
export function revocationStatement(
  words: RevocationWords,
  { text, params }: Pick<Statement, 'text' | 'params'>,
): string {
  return isMessageKey(text) ? words.translate(text, shownParams(words, params)) : text;
}

/** An entry with its number in the object, from 1. */
export function formatNumberedEntry(
  { translate, moment }: RevocationWords,
  number: number,
  { kind, value, notBefore }: RevocationEntry,
): string {
  const instant = notBefore === undefined ? '' : moment(toMilliseconds(notBefore));
  const cutoff = notBefore === undefined ? 'none' : 'some';
  return translate('revocation.entry', { number, kind, value, cutoff, notBefore: instant });
}

/** The objects of a bundle, up to a limit, and the number of the others. */
export function objectTexts(translate: Translate, objects: BundleFacts['objects'], most: number): string[] {
  const texts = objects.map(({ name, namespace, entries }) =>
    translate('bundle.object', { name, namespace, count: entries }),
  );
  return firstTexts(translate, texts, most);
}

/** Texts up to a limit, and the number of the others. */
export function firstTexts(translate: Translate, texts: readonly string[], most: number): string[] {
  const rest = texts.length - most;
  return rest > 0 ? [...texts.slice(0, most), translate('bundle.more', { rest })] : [...texts];
}

/** A consequence with the clusters in which it was seen, already listed. */
export function formatConsequence(translate: Translate, consequence: Consequence, clusters: string): string {
  const text = consequenceText(translate, consequence);
  return clusters === '' ? text : translate('revocation.consequence.in', { text, clusters });
}

/** A consequence to confirm, without the clusters in which it was seen. */
export function consequenceText(translate: Translate, { id, clusters, citations }: Consequence): string {
  const text = translate(`revocation.consequence.${id}`);
  const isInferred = citations.some(({ certainty }) => certainty === 'inferred');
  return id === 'all-api-servers' && clusters.length === 0 && isInferred
    ? translate('revocation.consequence.inferred', { text })
    : text;
}
