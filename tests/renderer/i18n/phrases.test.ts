import { expect, test } from 'vitest';
import { createPhraseFinder, findUnmarked } from '../../../renderer/i18n/phrases.ts';
import { ja } from '../../../core/console/catalogues/ja.ts';

const findEnds = createPhraseFinder();

function split(text: string): string {
  return [...text].map((character, place) => (findEnds(text).includes(place) ? `|${character}` : character)).join('');
}

test('lines of Japanese may end after a phrase, but not before punctuation or a space', () => {
  expect(split('2 個のクラスターが停止しています (12月1日 から)。')).toBe(
    '2 個の|クラスターが|停止しています (12月1日 から)。',
  );
  expect(split('昨日から: 変化なし')).toBe('昨日から: 変化なし');
  expect(split('Get-AksHciCluster を実行します')).toBe('Get-AksHciCluster を|実行します');
});

test('no line of a Japanese text begins with a closing character', () => {
  const begins = Object.values(ja).flatMap((text) => findEnds(text).map((end) => text.charAt(end)));
  expect(begins.length).toBeGreaterThan(10_000);
  expect(begins.filter((character) => /[、。，．：；！？」』）】〉》・ー…\s]/u.test(character))).toEqual([]);
});

test('a word is found in a text with marks', () => {
  expect(findUnmarked('この\u200b名前で\u200b探す', '名前で探す')).toEqual([3, 9]);
  expect(findUnmarked('Find a Name', 'name')).toEqual([7, 11]);
  expect(findUnmarked('Find', 'name')).toBeUndefined();
});
