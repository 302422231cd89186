import { expect, test } from 'vitest';
import { planCondition } from '../../../../core/plan/text/plan-text.ts';
import type { Statement } from '../../../../core/shared/citation.ts';
import { ENGLISH, JAPANESE } from '../export/samples.ts';

const CONFIRMED = 'repair.plan.confirmed';
const MOCCTL = 'repair.only.mocctl-expired';
const DOWN = 'repair.only.api-server-down';

const either = (one: string, other: string): Statement => ({
  text: 'repair.plan.either',
  params: { one, other },
  citations: [],
});
const plain = (text: string): Statement => ({ text, citations: [] });

test.each([
  ['one condition', [plain(DOWN)], 'If the API server does not answer'],
  [
    'two conditions that must both hold',
    [plain(MOCCTL), plain(DOWN)],
    'If Get-MocNode fails and if the API server does not answer',
  ],
  ['one of two cases', [either(MOCCTL, CONFIRMED)], 'If Get-MocNode fails, or if the check at the top confirms it'],
  [
    'conditions that share a case, which suffices alone',
    [either(MOCCTL, CONFIRMED), either(DOWN, CONFIRMED)],
    'If the check at the top confirms it, or if Get-MocNode fails and if the API server does not answer',
  ],
  ['the same condition twice', [plain(DOWN), plain(DOWN)], 'If the API server does not answer'],
])('%s are one sentence', (_, only, sentence) => {
  expect(planCondition(only, ENGLISH)).toBe(sentence);
});

test('a sentence in Japanese joins its cases with Japanese words', () => {
  const text = planCondition([either(MOCCTL, CONFIRMED), either(DOWN, CONFIRMED)], JAPANESE);
  expect(text).toContain('、または、Get-MocNode');
  expect(text).toContain('、かつ、API');
});
