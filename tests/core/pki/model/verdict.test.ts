import { expect, test } from 'vitest';
import { CRL_RULES } from '../../../../core/formats/x509/crl-rules.ts';
import { REVOCATION_RULES } from '../../../../core/formats/renew-revocation/rules.ts';
import {
  isMessageKey,
  LANGUAGES,
  translator,
  type Language,
  type MessageKey,
} from '../../../../core/shared/text/text.ts';
import { CATALOGUES } from '../../../support/catalogues.ts';
import { VERDICT_REASONS, type ReasonRule } from '../../../../core/pki/model/verdict.ts';

const RULES = Object.keys(VERDICT_REASONS) as ReasonRule[];

function findText(language: Language, key: string): string {
  return isMessageKey(key) ? CATALOGUES[language][key] : '';
}

/** Lists the names in braces, which are the values that a message needs. */
function valuesIn(text: string): string[] {
  return [...text.matchAll(/\{(\w+)[,}]/gu)].map(([, name = '']) => name);
}

test.each(LANGUAGES)(
  'every reason has a message and a remedy in %s, which use only values of that reason',
  (language) => {
    for (const rule of RULES) {
      const carried: readonly string[] = VERDICT_REASONS[rule].values;
      for (const key of [`verdict.${rule}`, `verdict.${rule}.remedy`]) {
        const text = findText(language, key);
        expect(text, key).toMatch(language === 'ja' ? /。$/u : /\.$/u);
        for (const name of valuesIn(text)) expect(carried, key).toContain(name);
      }
      for (const name of carried) expect(findText(language, `verdict.${rule}`), rule).toContain(`{${name}`);
    }
  },
);

test.each(LANGUAGES)('every rule for manifests and CRLs has a message and a remedy in %s', (language) => {
  for (const rule of [...REVOCATION_RULES, ...CRL_RULES]) {
    for (const key of [`finding.${rule}`, `finding.${rule}.remedy`])
      expect(findText(language, key), key).toMatch(language === 'ja' ? /。$/u : /\.$/u);
  }
});

test('every reason cites the place where its rule is published', () => {
  for (const rule of RULES) {
    const { citation } = VERDICT_REASONS[rule];
    expect(citation).toMatchObject({ certainty: 'documented' });
    expect(citation.place, rule).toMatch(/section|Certificate revocation/u);
  }
});

test('the message about a path length states the permitted and the actual number of CAs', () => {
  const key: MessageKey = 'verdict.path-length';
  expect(translator('en')(key, { allowed: 0, found: 1 })).toBe(
    'It allows no intermediate CA below it, but there is 1.',
  );
  expect(translator('en')(key, { allowed: 1, found: 2 })).toBe(
    'It allows 1 intermediate CA below it, but there are 2.',
  );
  expect(translator('ja')(key, { allowed: 0, found: 1 })).toBe('下位に置ける中間 CA は 0 個までですが、1 個あります。');
});
