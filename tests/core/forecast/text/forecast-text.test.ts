import { describe, expect, test } from 'vitest';
import { LIFETIME_CLASS_IDS } from '../../../../core/knowledge/model/credentials/lifetimes.ts';
import { NODE_POOL_ENDS, SUPPORT_ENDS } from '../../../../core/knowledge/model/support-end.ts';
import type { ClusterId, CredentialId } from '../../../../core/shared/ids.ts';
import {
  listCitations,
  EXPIRY_CAUSES,
  FORECAST_ASSUMPTIONS,
  FORECAST_EVENT_KINDS,
  type ForecastAnswer,
  type ForecastEvent,
  type ForecastScenario,
} from '../../../../core/forecast/model/forecast.ts';
import { DAY_MS, epochMs } from '../../../../core/shared/instant.ts';
import {
  answerSentences,
  answerText,
  clusterAnswerText,
  eventText,
  renewalText,
  type ForecastWords,
} from '../../../../core/forecast/text/forecast-text.ts';
import { isMessageKey, LANGUAGES, translator, type Language } from '../../../../core/shared/text/text.ts';
import { formatInstant, formatSpan } from '../../../../core/shared/text/time.ts';
import { PUBLIC_TEXTS } from '../../../../core/simulation/actions/refusals.ts';

const NOW = Date.UTC(2026, 10, 24, 12);

function words(language: Language): ForecastWords {
  return {
    translate: translator(language),
    moment: (ms) => formatInstant(ms, language, 'utc'),
    span: (ms) => formatSpan(ms, language),
    clusterName: (id) => id.toUpperCase(),
    nowMs: NOW,
  };
}

const EVENT: ForecastEvent = {
  kind: 'expiry',
  atMs: NOW + 2 * DAY_MS,
  clusterId: 'retail' as ClusterId,
  credential: 'a'.repeat(64) as CredentialId,
  credentialKind: 'certificate',
  role: 'apiserver',
  name: 'kube-apiserver',
  needsSomebody: true,
  cause: 'off',
  certainty: 'inferred',
};
const ANSWER: ForecastAnswer = { first: EVENT, broken: 0, breaking: 1 };
const UNTIL = { untilMs: NOW + 365 * DAY_MS };

describe.each(LANGUAGES)('the texts of a forecast in %s', (language) => {
  const own = words(language);

  test('large numbers have thousands separators', () => {
    const answer = { ...ANSWER, breaking: 1_162_887, broken: 30_927 };
    const text = answerText(answer, { ...UNTIL, scenario: {} }, own);
    expect(text).toContain('1,162,886');
    expect(text).toContain('30,927');
  });

  test('every kind of event, cause and assumption has a text', () => {
    for (const kind of FORECAST_EVENT_KINDS) {
      expect(isMessageKey(`forecast.kind.${kind}`), kind).toBe(true);
      const event = { ...EVENT, kind, windowsServer: 'windows-server-2022' as const };
      expect(eventText(event, own)).not.toMatch(/forecast\.|role\.|windows\.|\{/u);
    }
    for (const cause of EXPIRY_CAUSES)
      expect(eventText({ ...EVENT, cause, reason: 'revoked' }, own)).not.toMatch(/forecast\.|\{/u);
    for (const assumption of FORECAST_ASSUMPTIONS)
      expect(isMessageKey(`forecast.assumption.${assumption}`), assumption).toBe(true);
    for (const reason of Object.keys(PUBLIC_TEXTS))
      expect(isMessageKey(`forecast.reason.${reason}`), reason).toBe(true);
  });

  test('every event source has a message', () => {
    for (const kind of FORECAST_EVENT_KINDS)
      for (const { work, place = work } of listCitations({ ...EVENT, kind }))
        for (const key of [work, place]) if (key.startsWith('source.')) expect(isMessageKey(key), key).toBe(true);
    for (const { citations, at, windowsServer } of SUPPORT_ENDS) {
      const event = { ...EVENT, kind: 'support-end' as const, atMs: epochMs(at), windowsServer };
      expect(listCitations(event)).toBe(citations);
      expect(eventText(event, own)).not.toMatch(/forecast\.|windows\.|\{/u);
    }
    for (const { citations, at, windowsServer } of NODE_POOL_ENDS) {
      const event = { ...EVENT, kind: 'node-pool-end' as const, atMs: epochMs(at), windowsServer };
      expect(listCitations(event)).toBe(citations);
    }
  });

  test('the text about renewals contains the number of credentials and of renewals', () => {
    for (const lifetimeClass of LIFETIME_CLASS_IDS)
      expect(renewalText({ lifetimeClass, credentials: 3, renewals: 120, nextMs: NOW }, own)).toMatch(/3.*120/u);
  });

  test.each<[string, ForecastScenario]>([
    ['no scenario', {}],
    ['an update', { updateOnMs: NOW + DAY_MS }],
    ['hosts that are off', { off: { fromMs: NOW, toMs: NOW + DAY_MS } }],
    ['a cluster that is off', { off: { fromMs: NOW, toMs: 1, clusterId: 'x' as ClusterId } }],
    ['an absence', { absent: { fromMs: NOW, toMs: NOW + DAY_MS } }],
    ['a missed update', { missesUpdate: true }],
    ['a missed update and another update', { missesUpdate: true, updateOnMs: NOW + DAY_MS }],
  ])('the answer states its scenario: %s', (_name, scenario) => {
    const text = answerText(ANSWER, { ...UNTIL, scenario }, own);
    expect(text).not.toMatch(/forecast\.|\{/u);
    if (Object.keys(scenario).length > 0) expect(text).not.toBe(answerText(ANSWER, { ...UNTIL, scenario: {} }, own));
  });
});

describe('the answer in words', () => {
  const english = words('en');

  test('states what breaks first, in which cluster, when, and how soon', () => {
    expect(answerSentences(ANSWER, { ...UNTIL, scenario: {} }, english)).toEqual([
      'If nothing changes, API server kube-apiserver of RETAIL breaks first, on 26 Nov 2026 12:00 UTC (2 d from now).',
    ]);
    expect(clusterAnswerText(ANSWER, UNTIL.untilMs, english)).toBe(
      'Breaks first: API server kube-apiserver, on 26 Nov 2026 12:00 UTC (2 d from now).',
    );
  });

  test('adds what the scenario breaks, what else breaks and what is already broken', () => {
    const answer = { first: EVENT, because: { ...EVENT, atMs: NOW + 3 * DAY_MS }, broken: 2, breaking: 4 };
    const [, ...more] = answerSentences(answer, { ...UNTIL, scenario: {} }, english);
    expect(more).toEqual([
      'This scenario first breaks API server kube-apiserver of RETAIL, on 27 Nov 2026 12:00 UTC.',
      '3 more break until 24 Nov 2027 12:00 UTC.',
      '2 credentials have already expired and need an admin.',
    ]);
  });

  test('states that nothing breaks', () => {
    expect(answerText({ broken: 0, breaking: 0 }, { ...UNTIL, scenario: {} }, english)).toBe(
      'If nothing changes, nothing more breaks until 24 Nov 2027 12:00 UTC.',
    );
  });
});

test.each([
  ['one second before now', -1_000, 'has expired.'],
  ['now', 0, 'has expired.'],
  ['one second later', 1_000, 'expires.'],
])('an expiry %s is described in the correct tense', (_title, ms, verb) => {
  expect(eventText({ ...EVENT, atMs: NOW + ms }, words('en'))).toContain(`kube-apiserver ${verb}`);
});

test('a problem that resolves itself is described without a request to act', () => {
  const event = { ...EVENT, needsSomebody: false, recoversMs: NOW + 3 * DAY_MS };
  expect(eventText(event, words('en'))).toBe(
    'API server kube-apiserver expires. The service that renews it is switched off. Recovers on 27 Nov 2026 12:00 UTC.',
  );
});
