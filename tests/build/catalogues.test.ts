import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { checkCatalogues, missingMessages } from '../../build/catalogues.mjs';
import { temporaryFolder } from '../support/temporary-folder.ts';

function sources(en: object, ja: object): string {
  const root = temporaryFolder();
  mkdirSync(join(root, 'core/console/catalogues'), { recursive: true });
  for (const [language, messages] of Object.entries({ en, ja })) {
    const text = `export const ${language}: Record<string, string> = ${JSON.stringify(messages)};`;
    writeFileSync(join(root, `core/console/catalogues/${language}.ts`), text);
  }
  return root;
}

test('the build accepts languages with the same texts', async () => {
  await expect(checkCatalogues(sources({ 'a.b': 'One' }, { 'a.b': '一' }))).resolves.toBeUndefined();
  await expect(checkCatalogues()).resolves.toBeUndefined();
});

test('a text that is missing or empty in a language fails the build, naming its key', async () => {
  const root = sources({ 'a.b': 'One', 'a.c': 'Two' }, { 'a.b': '一', 'a.c': ' ' });
  await expect(checkCatalogues(root)).rejects.toThrow('ja lacks a.c');
  expect(missingMessages({ en: { a: 'x' }, ja: { b: 'y' } })).toEqual(['en lacks b', 'ja lacks a']);
});
