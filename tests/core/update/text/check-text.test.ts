import { expect, test } from 'vitest';
import { translator } from '../../../../core/shared/text/text.ts';
import { preflightChecks, type PreflightCheck } from '../../../../core/update/model/preflight.ts';
import { NOTHING_KNOWN } from '../../../../core/update/model/versions.ts';
import { checkTitle } from '../../../../core/update/text/check-text.ts';
import '../../../support/languages.ts';

const CHECKS = preflightChecks({
  ...{ nowMs: 0, runMs: 0, host: [], versions: NOTHING_KNOWN },
  clusters: [{ name: 'logistics' }],
});

function titleIn(language: 'en' | 'ja', id: PreflightCheck['id'], own: Partial<PreflightCheck>): string {
  const check = CHECKS.find((each) => each.id === id)!;
  return checkTitle({ ...check, ...own }, { language, translate: translator(language), zone: 'utc' });
}

const because = (text: string, count = 1) => ({ why: { text, params: { count }, citations: [] } });

test.each([
  [17, 'expired', 'logistics: 17 credentials have expired', 'logistics: 資格情報 17 件が期限切れです'],
  [1, 'expired', 'logistics: 1 credential has expired', 'logistics: 資格情報 1 件が期限切れです'],
  [
    2,
    'ends',
    'logistics: 2 credentials end during the update',
    'logistics: 資格情報 2 件が更新の途中で期限切れになります',
  ],
])('%i credentials of which the answer is “%s” are the title of their check', (count, part, english, japanese) => {
  const found = { state: 'problem', ...because(`preflight.credentials.${part}`, count) } as const;
  expect(titleIn('en', 'cluster-credentials', found)).toBe(english);
  expect(titleIn('ja', 'cluster-credentials', found)).toBe(japanese);
});

test('only a check that passed has the title that it passed', () => {
  expect(titleIn('en', 'moc-login', { state: 'ok' })).toBe('mocctl can log in');
  expect(titleIn('en', 'moc-login', { state: 'unknown' })).toBe('Not checked yet: mocctl can log in');
  const failed = { state: 'problem', ...because('preflight.moc-login.failed') } as const;
  expect(titleIn('en', 'moc-login', failed)).toBe('mocctl cannot log in');
  for (const { id } of CHECKS.filter((check) => check.id !== 'room'))
    expect(titleIn('en', id, failed), id).not.toContain(titleIn('en', id, { state: 'ok' }));
});
