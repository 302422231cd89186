import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { checkCatalogues, findMissingMessages } from '../../build/catalogues.mjs';
import { temporaryFolder } from '../support/temporary-folder.ts';

function sources(en: object, ja: object): string {
  const root = temporaryFolder();
  mkdirSync(join(root, 'core/expiry/text'), { recursive: true });
  for (const [language, messages] of Object.entries({ en, ja }))
    writeFileSync(join(root, `core/expiry/text/${language}.json`), JSON.stringify(messages));
  return root;
}

test('the build accepts two languages with the same keys', () => {
  checkCatalogues(sources({ 'a.b': 'One' }, { 'a.b': '一' }));
  checkCatalogues();
});

test('the build fails and names the key if a text is missing or empty in one language', () => {
  const root = sources({ 'a.b': 'One', 'a.c': 'Two' }, { 'a.b': '一', 'a.c': ' ' });
  expect(() => checkCatalogues(root)).toThrow('ja lacks a.c');
  expect(findMissingMessages({ en: { a: 'x' }, ja: { b: 'y' } })).toEqual(['en lacks b', 'ja lacks a']);
});
