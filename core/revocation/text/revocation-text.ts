import type { Statement } from '../../shared/citation.ts';
import { MINUTE_MS, toMilliseconds, parseInstant } from '../../shared/instant.ts';
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

/** What has to be confirmed, without the clusters in which it was seen. */
export function consequenceText(translate: Translate, { id, clusters, citations }: Consequence): string {
  const text = translate(`revocation.consequence.${id}`);
  const isInferred = citations.some(({ certainty }) => certainty === 'inferred');
  return id === 'all-api-servers' && clusters.length === 0 && isInferred
    ? translate('revocation.consequence.inferred', { text })
    : text;
}
