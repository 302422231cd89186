import {
  isBreak,
  findSupportEnd,
  type ForecastAnswer,
  type ForecastEvent,
  type ForecastScenario,
  type RenewalSum,
} from '../model/forecast.ts';
import { isMessageKey, type MessageValues, type Translate } from '../../shared/text/text.ts';

export interface ForecastWords {
  translate: Translate;
  moment: (ms: number) => string;
  span: (ms: number) => string;
  clusterName: (clusterId: string) => string;
  /** Earlier events are described in the past tense. */
  nowMs: number;
}

/** Translates a composed key. Returns the key itself if it has no text, which a test rules out. */
function translateKey({ translate }: ForecastWords, key: string, values?: MessageValues): string {
  return isMessageKey(key) ? translate(key, values) : key;
}

export function answerSentences(
  answer: ForecastAnswer,
  about: { scenario: ForecastScenario; untilMs: number },
  words: ForecastWords,
): [string, ...string[]] {
  const condition = conditionText(about.scenario, words);
  const consequence = firstSentence('then', answer.first, about.untilMs, words);
  const sentence = words.translate('forecast.answer', { condition, consequence });
  return [sentence, ...moreSentences(answer, about.untilMs, words)];
}

export function answerText(...request: Parameters<typeof answerSentences>): string {
  return joinSentences(answerSentences(...request), request[2]);
}

/** Sums up one cluster. The text is shown beside the cluster's name and the scenario. */
export function clusterAnswerText(answer: ForecastAnswer, untilMs: number, words: ForecastWords): string {
  const sentence = firstSentence('cluster', answer.first, untilMs, words);
  return joinSentences([sentence, ...moreSentences(answer, untilMs, words)], words);
}

function firstSentence(
  place: 'then' | 'cluster',
  first: ForecastEvent | undefined,
  untilMs: number,
  words: ForecastWords,
): string {
  const { translate, moment, span, clusterName, nowMs } = words;
  if (first === undefined) return translate(`forecast.${place}.nothing`, { date: moment(untilMs) });
  return translate(`forecast.${place}.first`, {
    about: subjectText(first, words),
    cluster: clusterName(first.clusterId),
    date: moment(first.atMs),
    span: span(first.atMs - nowMs),
  });
}

function moreSentences({ because, breaking, broken }: ForecastAnswer, untilMs: number, words: ForecastWords): string[] {
  const { translate, moment, clusterName } = words;
  const sentences: string[] = [];
  if (because !== undefined)
    sentences.push(
      translate('forecast.then.because', {
        about: subjectText(because, words),
        cluster: clusterName(because.clusterId),
        date: moment(because.atMs),
      }),
    );
  if (breaking > 1) sentences.push(translate('forecast.then.rest', { count: breaking - 1, date: moment(untilMs) }));
  if (broken > 0) sentences.push(translate('forecast.then.broken', { count: broken }));
  return sentences;
}

export function joinSentences(sentences: readonly string[], { translate }: ForecastWords): string {
  return sentences.reduce((before, sentence) => translate('forecast.then', { before, sentence }));
}

function conditionText(scenario: ForecastScenario, words: ForecastWords): string {
  const { translate, moment, clusterName } = words;
  const { updateOnMs, off, absent, missesUpdate } = scenario;
  const several = [updateOnMs, off, absent, missesUpdate].filter((each) => each !== undefined);
  if (several.length > 1) return translate('forecast.if.several');
  if (updateOnMs !== undefined) return translate('forecast.if.updated', { on: moment(updateOnMs) });
  if (missesUpdate) return translate('forecast.if.missed');
  const between = off ?? absent;
  if (between === undefined) return translate('forecast.if.nothing');
  const span = { from: moment(between.fromMs), to: moment(between.toMs) };
  if (off === undefined) return translate('forecast.if.absent', span);
  return off.clusterId === undefined
    ? translate('forecast.if.off-hosts', span)
    : translate('forecast.if.off', { ...span, cluster: clusterName(off.clusterId) });
}

function subjectText({ role, name }: ForecastEvent, words: ForecastWords): string {
  if (role === undefined) return name ?? '';
  const roleText = translateKey(words, `role.${role}`);
  return name === undefined ? roleText : words.translate('forecast.about', { role: roleText, name });
}

export function eventText(event: ForecastEvent, words: ForecastWords): string {
  const { translate, moment } = words;
  const { kind, cause, reason, recoversMs, isPossible, text } = event;
  const reasonText = reason === undefined ? '' : translateKey(words, `forecast.reason.${reason}`);
  const sentences = [
    translateKey(words, eventKey(event, words), {
      about: subjectText(event, words),
      count: event.count ?? 1,
      system: event.windowsServer === undefined ? '' : translateKey(words, `windows.${event.windowsServer}`),
    }),
  ];
  if (cause !== undefined) sentences.push(translateKey(words, `forecast.cause.${cause}`, { reason: reasonText }));
  else if (kind !== 'expiry' && reason !== undefined)
    sentences.push(text === undefined ? reasonText : `${reasonText}: “${text}”`);
  if (isPossible)
    sentences.push(
      translate(kind === 'support-end' ? 'forecast.event.possible' : 'forecast.event.possible.node-pools'),
    );
  if (recoversMs !== undefined) sentences.push(translate('forecast.event.recovers', { date: moment(recoversMs) }));
  else if (isBreak(event)) sentences.push(translate('forecast.event.needs'));
  return joinSentences(sentences, words);
}

function eventKey(event: ForecastEvent, { nowMs }: ForecastWords): string {
  const { kind, atMs } = event;
  if (kind === 'expiry' && atMs <= nowMs) return 'forecast.event.expired';
  if (kind !== 'support-end') return `forecast.event.${kind}`;
  const end = findSupportEnd(event);
  if (end?.superseded) return 'forecast.event.support-end.superseded';
  return end?.precision === 'month' ? 'forecast.event.support-end.month' : 'forecast.event.support-end';
}

export function renewalText(sum: RenewalSum, words: ForecastWords): string {
  const { lifetimeClass, credentials, renewals, nextMs } = sum;
  return words.translate('forecast.renewals', {
    lifetimeClass: words.translate(`forecast.class.${lifetimeClass}`),
    credentials,
    renewals,
    date: nextMs === undefined ? '' : words.moment(nextMs),
  });
}
