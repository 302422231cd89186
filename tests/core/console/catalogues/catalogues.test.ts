import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { IntlMessageFormat } from 'intl-messageformat';
import { parse } from 'yaml';
import { expect, test } from 'vitest';
import { ROOT } from '../../../../build/paths.mjs';
import { ZIP_RULES } from '../../../../core/formats/archive/zip.ts';
import { BUNDLE_RULES } from '../../../../core/revocation/bundle/verify.ts';
import { DECODE_RULES } from '../../../../core/formats/x509/rules.ts';
import { CMDLET_OUTPUT_RULES } from '../../../../core/formats/cmdlet-output/cmdlet-output.ts';
import { VERSION_RULES } from '../../../../core/update/read-versions.ts';
import { REPAIR_FACTS } from '../../../../core/knowledge/model/repair-facts.ts';
import { PREFLIGHT_FACTS, UPDATE_FACTS } from '../../../../core/knowledge/model/update-facts.ts';
import { WATCH_FINDING_RULES } from '../../../../core/notifications/notification-findings.ts';
import { AUDIT_FAULT_RULES } from '../../../../core/audit/store/audit-lines.ts';
import { STORE_FINDING_RULES } from '../../../../core/store/store-findings.ts';
import { en } from '../../../../core/console/catalogues/en.ts';
import { ja } from '../../../../core/console/catalogues/ja.ts';
import { chooseLanguage } from '../../../../core/shared/text/language.ts';
import { flattenMessages, type MessageTree } from '../../../../core/shared/text/message-tree.ts';
import { LANGUAGES, translator, type Language, type MessageKey } from '../../../../core/shared/text/text.ts';
import { CATALOGUES } from '../../../support/catalogues.ts';
import { PROBLEM_CODES, PROBLEM_VALUES } from '../../../../core/shared/problem.ts';

const KEYS = Object.keys(en) as MessageKey[];

/** Part types of the message parser, whose enum cannot be imported. */
const [LITERAL, POUND] = [0, 7];

type Parts = ReturnType<IntlMessageFormat['getAst']>;

const valuesByText = new Map<string, string[]>();

/** Lists the values that any branch of a message uses. */
function valuesIn(text: string): string[] {
  const known = valuesByText.get(text);
  if (known !== undefined) return known;
  const { getAst } = new IntlMessageFormat(text, 'en', undefined, { ignoreTag: true });
  const values = [...new Set(namesIn(getAst()))].sort();
  valuesByText.set(text, values);
  return values;
}

function namesIn(parts: Parts): string[] {
  return parts.flatMap((part) => {
    if ('options' in part) {
      const branches = Object.values(part.options);
      return [part.value, ...branches.flatMap(({ value }) => namesIn(value))];
    }
    // Text and the `#` of a plural do not name a value.
    const type: number = part.type;
    const isText = type === LITERAL || type === POUND;
    return isText || !('value' in part) ? [] : [part.value];
  });
}

test('every language has the same messages', () => {
  for (const language of LANGUAGES) expect(Object.keys(CATALOGUES[language]).sort()).toEqual([...KEYS].sort());
});

test('every message of every language compiles and is not empty', () => {
  const empty = LANGUAGES.flatMap((language) => {
    const translate = translator(language);
    return KEYS.filter((key) => {
      const values = Object.fromEntries(valuesIn(en[key]).map((name) => [name, 2]));
      return translate(key, values) === '';
    }).map((key) => `${language} ${key}`);
  });
  expect(empty).toEqual([]);
});

test('no Japanese message uses a value that the English one lacks', () => {
  const unknown = KEYS.flatMap((key) => {
    const english = new Set(valuesIn(en[key]));
    return valuesIn(ja[key])
      .filter((name) => !english.has(name))
      .map((name) => `${key}: ${name}`);
  });
  expect(unknown).toEqual([]);
});

test('no Japanese message is still in English', () => {
  const japanese = /[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}]/u;
  const untranslated = KEYS.filter((key) => ja[key] === en[key] && /[a-z]{4,} [a-z]{3,}/u.test(en[key]));
  expect(untranslated).toEqual([]);
  const sentences = KEYS.filter((key) => /\.$/u.test(en[key]) && !japanese.test(ja[key]));
  expect(sentences).toEqual([]);
});

test('every problem has a message and a remedy, which use only values of that problem', () => {
  for (const code of PROBLEM_CODES) {
    expect(KEYS).toContain(`problem.${code}`);
    expect(KEYS).toContain(`problem.${code}.remedy`);
    for (const key of [`problem.${code}`, `problem.${code}.remedy`] as MessageKey[]) {
      const carried: readonly string[] = PROBLEM_VALUES[code];
      for (const name of valuesIn(en[key])) expect(carried, key).toContain(name);
    }
  }
});

test.each([
  ['the certificate decoder', DECODE_RULES],
  ['the store', STORE_FINDING_RULES],
  ['notifications', WATCH_FINDING_RULES],
  ['the audit trail', AUDIT_FAULT_RULES],
  ['archives', ZIP_RULES],
  ['offline bundles', BUNDLE_RULES],
  ['cmdlet output', CMDLET_OUTPUT_RULES],
  ['versions in cmdlet output', VERSION_RULES],
])('every rule of %s has a message and a remedy', (_name, rules) => {
  for (const rule of rules) {
    expect(KEYS).toContain(`finding.${rule}`);
    expect(KEYS).toContain(`finding.${rule}.remedy`);
  }
});

test.each([
  ['IA5String', 'An IA5String contains'],
  ['PrintableString', 'A PrintableString contains'],
])('“%s” gets the article (a or an) that fits its pronunciation', (type, begin) => {
  expect(translator('en')('finding.der.string-characters', { type })).toMatch(new RegExp(`^${begin}`, 'u'));
});

test('every statement about an update or a repair has a message, and no unused messages remain', () => {
  const facts = [
    ...UPDATE_FACTS.map((fact) => `update.${fact}`),
    ...PREFLIGHT_FACTS.map((fact) => `preflight.${fact}`),
    ...REPAIR_FACTS.map((fact) => `repair.fact.${fact}`),
  ];
  for (const fact of facts) expect(KEYS).toContain(fact);
  // The messages about the end of support are not in these lists, since they cite the sources for each system.
  const others = KEYS.filter((key) => /^(?:preflight|repair\.fact)\./u.test(key) && !facts.includes(key));
  expect(others.every((key) => key.startsWith('preflight.support-end'))).toBe(true);
});

test.each([
  ['ja', 'ja'],
  ['ja-JP', 'ja'],
  ['ja_JP.UTF-8', 'ja'],
  ['en-US', 'en'],
  ['de-DE', 'en'],
  ['C', 'en'],
])('on a system whose language is %s, the texts are in %s', (tag, language) => {
  expect(chooseLanguage(tag)).toBe(language);
});

/** Lists the catalogues of a language as they are written; a key that occurs twice in one group is an error. */
function readTrees(language: Language): [feature: string, tree: MessageTree][] {
  return readdirSync(join(ROOT, 'core')).flatMap((feature): [string, MessageTree][] => {
    const file = join(ROOT, 'core', feature, `text/${language}.json`);
    return existsSync(file) ? [[feature, parse(readFileSync(file, 'utf8')) as MessageTree]] : [];
  });
}

test.each(LANGUAGES)('no key of %s occurs twice in the catalogues', (language) => {
  const keys = readTrees(language).flatMap(([, tree]) => Object.keys(flattenMessages(tree)));
  expect(keys.filter((key, at) => keys.indexOf(key) !== at)).toEqual([]);
  expect(keys).toHaveLength(KEYS.length);
});

test('keys with the same first two parts are in one group, unless the beginning is itself a key', () => {
  const listAlone = (tree: MessageTree, depth: number): string[] => {
    const parts = Object.keys(tree).map((key) => key.split('.'));
    const beginnings = parts.map(([first = '']) => first);
    const alone = parts.flatMap(([first = '', ...rest]) =>
      rest.length > 0 && typeof tree[first] !== 'string' && beginnings.filter((each) => each === first).length > 1
        ? [first]
        : [],
    );
    const groups = Object.entries(tree).flatMap(([key, group]) =>
      depth < 2 && typeof group !== 'string' ? listAlone(group, depth + 1).map((each) => `${key}.${each}`) : [],
    );
    return [...(depth < 2 ? alone : []), ...groups];
  };
  const found = LANGUAGES.flatMap((language) =>
    readTrees(language).flatMap(([feature, tree]) => listAlone(tree, 0).map((key) => `${feature} ${language} ${key}`)),
  );
  expect(found).toEqual([]);
});
