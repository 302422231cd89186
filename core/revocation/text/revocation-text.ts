import type { Statement } from '../../shared/citation.ts';
import { MINUTE_MS, epochMs, parseInstant } from '../../shared/instant.ts';
import type { RevocationEntry } from '../../shared/renew-revocation/entry.ts';
import type { BundleFacts } from '../model/bundle.ts';
import type { Consequence } from '../model/view.ts';
import { isMessageKey, type MessageValues, type Translate } from '../../shared/text/text.ts';

export interface RevocationWords {
  translate: Translate;
  /** Milliseconds since 1970. */
  moment: (ms: number) => string;
}

/** Formats parameters; rounds the waiting time up to the minute. */
export function formatParams({ moment }: Pick<RevocationWords, 'moment'>, params: MessageValues = {}): MessageValues {
  const { readyAt } = params;
  const ready = typeof readyAt === 'string' ? parseInstant(readyAt) : undefined;
  if (ready === undefined) return params;
  return { ...params, readyAt: moment(Math.ceil(epochMs(ready) / MINUTE_MS) * MINUTE_MS) };
}

export function revocationStatement(
  words: RevocationWords,
  { text, params }: Pick<Statement, 'text' | 'params'>,
): string {
  return isMessageKey(text) ? words.translate(text, formatParams(words, params)) : text;
}

/** Formats an entry; `number` is 1-based. */
export function formatNumberedEntry(
  { translate, moment }: RevocationWords,
  number: number,
  { kind, value, notBefore }: RevocationEntry,
): string {
  const instant = notBefore === undefined ? '' : moment(epochMs(notBefore));
  const cutoff = notBefore === undefined ? 'none' : 'some';
  return translate('revocation.entry', { number, kind, value, cutoff, notBefore: instant });
}

export function objectTexts(translate: Translate, objects: BundleFacts['objects'], most: number): string[] {
  const texts = objects.map(({ name, namespace, entries }) =>
    translate('bundle.object', { name, namespace, count: entries }),
  );
  return firstTexts(translate, texts, most);
}

export function firstTexts(translate: Translate, texts: readonly string[], most: number): string[] {
  const rest = texts.length - most;
  return rest > 0 ? [...texts.slice(0, most), translate('revocation.more', { rest })] : [...texts];
}

export function formatConsequence(translate: Translate, consequence: Consequence, clusters: string): string {
  const text = consequenceText(translate, consequence);
  return clusters === '' ? text : translate('revocation.consequence.in', { text, clusters });
}

export function consequenceText(translate: Translate, { id, clusters, citations }: Consequence): string {
  const text = translate(`revocation.consequence.${id}`);
  const isInferred = citations.some(({ certainty }) => certainty === 'inferred');
  return id === 'all-api-servers' && clusters.length === 0 && isInferred
    ? translate('revocation.consequence.inferred', { text })
    : text;
}
