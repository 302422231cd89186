import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { IntlMessageFormat } from 'intl-messageformat';
import { describe, expect, test } from 'vitest';
import { ROOT } from '../../../../build/paths.mjs';
import { ja } from '../../../../core/console/catalogues/ja.ts';

type Parts = ReturnType<IntlMessageFormat['getAst']>;

/** Part types of the message parser, whose enum cannot be imported. */
const [LITERAL, PLURAL, POUND] = [0, 6, 7];

/** Used as a value. In Japanese text, both its first letter and its last digit need a space beside them. */
const NAME = 'east-6';
/** Values that are always Japanese words, by message; they need no spaces around them. */
const WORDS: Readonly<Record<string, string>> = {
  'authorities.unlock.text purpose': '署名するには、',
  'cli.usage.serial-ambiguous readings': '左からです。',
  'command.problem.copies-away object': 'クラスター',
  'command.problem.overwrites object': 'クラスター',
  'command.problem.overwrites-known object': 'クラスター',
  'command.problem.removes object': 'クラスター',
  'command.problem.removes-access object': 'クラスター',
  'command.problem.removes-for-good object': 'クラスター',
  'command.problem.removes-known object': 'クラスター',
  'command.problem.removes-revocation object': 'クラスター',
  'command.problem.shows object': 'クラスター',
  'command.problem.switches-off object': 'クラスター',
  'impact.answer.admins subject': '証明書すべて',
  'impact.answer.renewed subject': '証明書すべて',
  'impact.subject which': '証明書',
  'plan.relax.weekday weekday': '土曜日',
  'revocation.consequence.in text': '失効します。',
  'revocation.consequence.inferred text': '失効します。',
};
/** Values that begin with a digit and end with a Japanese unit. */
const SPANS: Readonly<Record<string, string>> = { ago: '9 分', late: '9 分', span: '9 分', takes: '9 分' };

/** Returns the message with its values filled in, in enough variants that each branch occurs at least once. */
function readings(key: string, parts: Parts): string[] {
  const choices = parts.map((part) => {
    if ('options' in part) return Object.values(part.options).flatMap(({ value }) => readings(key, value));
    const type: number = part.type;
    if (type === POUND || !('value' in part)) return ['6'];
    if (type === LITERAL) return [part.value];
    return [SPANS[part.value] ?? WORDS[`${key} ${part.value}`] ?? NAME];
  });
  const most = Math.max(1, ...choices.map(({ length }) => length));
  return Array.from({ length: most }, (_, at) => choices.map((each) => each[at % each.length] ?? '').join(''));
}

const MESSAGES = Object.entries(ja).map(([key, text]) => ({
  key,
  parts: new IntlMessageFormat(text, 'ja', undefined, { ignoreTag: true }).getAst(),
}));

/** A whole date contains no spaces (`2026年12月3日(木) 17:00`) and counts as a single number. */
const DATE = /\d{4}年\d{1,2}月\d{1,2}日(?:\([月火水木金土日]\))?/gu;

const TEXTS = MESSAGES.flatMap(({ key, parts }) =>
  readings(key, parts).map((text) => ({ key, text: text.replace(DATE, '6') })),
);

const KANA_OR_KANJI = String.raw`[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}ー]`;
const NOT_KATAKANA = String.raw`[\p{Script=Hiragana}\p{Script=Han}]`;

const FORM: readonly [rule: string, broken: string, pattern: RegExp][] = [
  [
    'a space separates Japanese from half-width letters or figures',
    '6個の54件',
    new RegExp(`${KANA_OR_KANJI}[0-9A-Za-z]|[0-9A-Za-z%]${KANA_OR_KANJI}`, 'u'),
  ],
  ['no space precedes or follows 、。「」', '終わりました。 次へ', / [、。」』]|[、。「『] /u],
  [
    'a space separates Japanese words only within katakana',
    '証明書 の更新',
    new RegExp(`${NOT_KATAKANA} ${KANA_OR_KANJI}|${KANA_OR_KANJI} ${NOT_KATAKANA}`, 'u'),
  ],
  ['brackets, colons and letters are half-width', '1 台（ホスト）', /[\uff01-\uff5d\u3000]/u],
  [
    'a space precedes a bracket and, unless a mark follows, also follows it',
    'フォルダー(任意)',
    new RegExp(`(?:${KANA_OR_KANJI}|\\w)\\((?!&)|\\( | \\)|(?<!\\(&.)\\)(?:${KANA_OR_KANJI}|\\w)`, 'u'),
  ],
  ['a per cent sign follows its figure directly', '30 % です', /\d %/u],
  [
    'long vowels at the end of a word are written out',
    'サーバを再起動します',
    /(?:サーバ|ユーザ|フォルダ|コンピュータ|プリンタ|ブラウザ|コンテナ|パラメータ|コントローラ|プロバイダ)(?!ー)/u,
  ],
  [
    'sentences are polite',
    '有効である。',
    /(?:である|(?<!ん)だ|する|ある|ない|いる|なる|[れせえけげきべめてり]る|った|(?<![まで])した)。/u,
  ],
];

test.each(FORM)('%s', (_rule, broken, pattern) => {
  expect(broken).toMatch(pattern);
  expect(TEXTS.filter(({ text }) => pattern.test(text))).toEqual([]);
});

test('names of commands and menu entries do not end in する', () => {
  const named = TEXTS.filter(({ key }) => /^(?:command|menu)\./u.test(key));
  expect(named.length).toBeGreaterThan(50);
  expect(named.filter(({ text }) => /する(?:\(&.\))?…?$/u.test(text))).toEqual([]);
});

test('no Japanese message has plural categories, since Japanese lacks them', () => {
  const plurals = (parts: Parts): string[] =>
    parts.flatMap((part) => {
      if (!('options' in part)) return [];
      const options = Object.entries(part.options);
      const own = Number(part.type) === PLURAL ? options.map(([name]) => name) : [];
      return [...own, ...options.flatMap(([, { value }]) => plurals(value))];
    });
  const used = MESSAGES.flatMap(({ key, parts }) => plurals(parts).map((name) => ({ key, name })));
  expect(used.length).toBeGreaterThan(100);
  expect(used.filter(({ name }) => !/^(?:=\d+|other)$/u.test(name))).toEqual([]);
});

describe('docs/ja/terms.md', () => {
  const [terms, readme] = ['terms.md', 'README.md'].map((name) =>
    readFileSync(join(ROOT, 'docs/ja', name), 'utf8'),
  ) as [string, string];
  /** Refused terms: those in code quotes in the second column. */
  const refused = terms
    .split('\n')
    .filter((line) => line.startsWith('| '))
    .flatMap((line) => [...(line.split('|')[2] ?? '').matchAll(/`([^`]+)`/gu)])
    .flatMap(([, word]) => word ?? []);

  test.each(refused)('neither a message nor README.md contains %s', (word) => {
    // The word その他 is allowed even if it contains a refused term.
    const says = (text: string): boolean => text.replaceAll('その他', '').includes(word);
    // Synonyms are never displayed: people may type any word into the palette.
    const shown = Object.entries(ja).filter(([key]) => !key.startsWith('synonyms.'));
    expect(shown.filter(([, text]) => says(text))).toEqual([]);
    expect(readme.split('\n').filter(says)).toEqual([]);
  });

  test.each(FORM)('README.md and terms.md follow the rule for messages: %s', (_rule, _broken, pattern) => {
    const lines = `${readme}\n${terms.slice(0, terms.indexOf('## 用語'))}`
      .replace(/```[^]*?```|`[^`]*`/gu, 'x')
      .replace(/!?\[([^\]]*)\]\([^)]*\)/gu, '$1')
      .replace(DATE, '6')
      .split('\n');
    expect(lines.filter((line) => pattern.test(line))).toEqual([]);
  });

  test('lists more than thirty refused terms', () => {
    expect(refused.length).toBeGreaterThan(30);
  });
});
