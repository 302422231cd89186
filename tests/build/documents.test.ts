import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readCatalogues } from '../../build/catalogues.mjs';
import { ROOT } from '../../build/paths.mjs';

const ROOT_PAGES = ['README.md', 'CONTRIBUTING.md', 'SECURITY.md', 'CHANGELOG.md'];
/** Written by `npm run docs`: commands repeat the options that they share. */
const GENERATED = 'docs/cli/';
const PAGES = [
  ...ROOT_PAGES,
  ...readdirSync(join(ROOT, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.md'))
    .map((path) => `docs/${path.replaceAll('\\', '/')}`),
].sort();

const read = (page: string): string => readFileSync(join(ROOT, page), 'utf8');
const removeCode = (text: string): string => text.replace(/^ *```[^]*?^ *```$/gmu, '');

/** GitHub's anchors: lower case, without punctuation, a number for a heading that occurs again. */
function anchors(text: string): Set<string> {
  const seen = new Map<string, number>();
  return new Set(
    [...removeCode(text).matchAll(/^#+ (.*)$/gmu)].map(([, heading = '']) => {
      const plain = heading.replace(/\[([^\]]*)\]\([^)]*\)/gu, '$1').toLowerCase();
      const anchor = plain.replace(/[^\p{L}\p{N}\p{M}_ -]/gu, '').replaceAll(' ', '-');
      const times = seen.get(anchor) ?? 0;
      seen.set(anchor, times + 1);
      return times === 0 ? anchor : `${anchor}-${times}`;
    }),
  );
}

const findLinks = (page: string): string[] =>
  [...removeCode(read(page)).matchAll(/\]\((?!https?:)([^)\s]+)\)/gu)].map(([, to = '']) => to);

test.each(PAGES)('every link of %s leads to a file and a heading', (page) => {
  const broken = findLinks(page).filter((to) => {
    const [path = '', anchor] = to.split('#');
    const target = path === '' ? page : relative(ROOT, join(ROOT, dirname(page), path));
    if (!existsSync(join(ROOT, target))) return true;
    return anchor !== undefined && !anchors(read(target)).has(anchor);
  });
  expect(broken).toEqual([]);
});

test('docs/README.md lists every document once', () => {
  const inFolder = PAGES.filter((page) => /^docs\/(?!README\.md|cli\/|decisions\/)/u.test(page));
  const rows = read('docs/README.md').matchAll(/^\| \[[^\]]*\]\(([^)]+)\) \| \S/gmu);
  const listed = Array.from(rows, ([, to = '']) => `docs/${to}`);
  expect(listed.filter((page) => page.endsWith('.md')).sort()).toEqual(inFolder);
});

/** Sentences of at least this length that occur twice say a thing twice, and are not a usual phrase. */
const LONG_SENTENCE = 90;

test('no sentence stands in two documents', () => {
  const places = new Map<string, string[]>();
  for (const page of PAGES.filter((each) => !each.startsWith(GENERATED) && !each.startsWith('docs/decisions/'))) {
    const paragraphs = removeCode(read(page)).split(/\n\s*\n|\n(?=[|#-])/u);
    const sentences = paragraphs.flatMap((text) => text.replace(/\s+/gu, ' ').split(/(?<=[.:]) /u));
    for (const sentence of new Set(sentences))
      if (sentence.length >= LONG_SENTENCE) places.set(sentence, [...(places.get(sentence) ?? []), page]);
  }
  expect([...places].filter(([, pages]) => pages.length > 1)).toEqual([]);
});

describe('README.md', () => {
  test('has at most 900 words', () => {
    expect(read('README.md').split(/\s+/u).length).toBeLessThanOrEqual(900);
  });

  test.each(['README.md', 'docs/ja/README.md'])('%s begins with a picture and the two commands', (page) => {
    const begin = read(page).split('\n').slice(0, 24).join('\n');
    expect(begin).toMatch(/!\[[^\]]+\]\([^)]*\.png\)/u);
    expect(begin).toMatch(/^npm start/mu);
    expect(begin).toMatch(/^npm test/mu);
  });
});

/** Values of a text match any words. */
function labelPattern(text: string): RegExp {
  const literal = text.split(/\{[^{}]*\}/u).map((part) => part.replace(/[.*+?^${}()|[\]\\]/gu, String.raw`\$&`));
  return new RegExp(`^${literal.join('.+')}$`, 'u');
}

test.each([
  ['en', 'docs/tutorial.md', /“([^”]+)”/gu],
  ['ja', 'docs/ja/tutorial.md', /「([^」]+)」/gu],
] as const)('the tutorial in %s names only labels of the console', (language, page, quoted) => {
  const texts = Object.values(readCatalogues()[language])
    .filter((text) => /\p{L}/u.test(text.replace(/\{[^{}]*\}/gu, '')))
    .map(labelPattern);
  const labels = Array.from(read(page).matchAll(quoted), ([, label = '']) => label.replace(/\s+/gu, ' '));
  expect(labels.length).toBeGreaterThan(10);
  expect(labels.filter((label) => !texts.some((text) => text.test(label)))).toEqual([]);
});

test('the ten types that docs/architecture.md names are exported by their files', () => {
  const [, section = ''] = read('docs/architecture.md').split('## Ten types to know');
  const rows = [...section.matchAll(/^\| `(\w+)` \| `([^`]+)` \|/gmu)];
  expect(rows).toHaveLength(10);
  for (const [, type = '', file = ''] of rows)
    expect(read(file), `${type} in ${file}`).toMatch(new RegExp(`^export (?:interface|type|class) ${type}\\b`, 'mu'));
});
