import { describe, expect, test } from 'vitest';
import { COMMAND_IDS } from '../../../core/shared/commands.ts';
import { LANGUAGES, type MessageKey } from '../../../core/shared/text/text.ts';
import { SETTINGS_FIELDS } from '../../../renderer/settings/sections.ts';
import { foldName, RANK, rankNames, sortByRank, splitObject } from '../../../renderer/shell/palette-rank.ts';
import { CATALOGUES } from '../../support/catalogues.ts';

describe('the rank of an entry', () => {
  const names = ['Show how long clusters may stay off', 'power off', 'shut down', 'シャットダウン'];

  test.each([
    ['power off', RANK.whole],
    ['Power-Off', RANK.whole],
    ['ｓｈｕｔ ｄｏｗｎ', RANK.whole],
    ['pow', RANK.beginning],
    ['シャット', RANK.beginning],
    ['off pow', RANK.words],
    ['ower', RANK.inside],
    ['power clusters', RANK.inside],
    ['powrr', RANK.typo],
    ['pwoer off', RANK.typo],
    ['pxwxr', undefined],
    ['po9', undefined],
  ])('of “%s” is %s', (query, rank) => {
    expect(rankNames(foldName(query), names)).toBe(rank);
  });

  test('sorts entries, keeps the order of equals, and drops typos if anything else was found', () => {
    const entry = (name: string, rank: number) => ({ name, rank });
    const found = [entry('a', RANK.inside), entry('b', RANK.whole), entry('c', RANK.inside), entry('d', RANK.typo)];
    expect(sortByRank(found).map(({ name }) => name)).toEqual(['b', 'a', 'c']);
    expect(sortByRank([entry('d', RANK.typo)])).toHaveLength(1);
  });
});

describe('a verb with an object', () => {
  test.each([
    ['repair retail', 'retail'],
    ['retail repair', 'retail'],
    ['retail 修復', 'retail'],
    ['retailを修復', 'retail'],
    ['repair', undefined],
    ['修復', undefined],
    ['prepair retail', undefined],
    ['unrepair', undefined],
  ])('“%s” names %s', (query, object) => {
    expect(splitObject(foldName(query), ['repair', 'fix', '修復'])).toBe(object);
  });
});

describe.each(LANGUAGES)('the synonyms in %s', (language) => {
  const texts = CATALOGUES[language];
  const split = (key: string): string[] => texts[key as MessageKey].split(/, |、/u);
  const actions = COMMAND_IDS.filter((id) => id !== 'palette.open');
  const entries = [...actions, ...SETTINGS_FIELDS.map(({ id }) => `setting.${id}`)];

  test.each(entries)('are at least five for %s', (id) => {
    expect(new Set(split(`synonyms.${id}`).map(foldName)).size).toBeGreaterThanOrEqual(5);
  });

  test('mean one entry each', () => {
    const words = entries.flatMap((id) => [...new Set(split(`synonyms.${id}`).map(foldName))]);
    expect(words.filter((word, at) => words.indexOf(word) !== at)).toEqual([]);
  });

  test('of verbs mean one verb each', () => {
    const verbs = Object.keys(texts).filter((key) => key.startsWith('synonyms.deed.'));
    const words = verbs.flatMap((key) => split(key).map(foldName));
    expect(verbs.length).toBeGreaterThanOrEqual(6);
    expect(new Set(words).size).toBe(words.length);
  });
});
