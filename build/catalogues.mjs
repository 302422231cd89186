import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { ROOT } from './paths.mjs';
import { SetUpProblem } from './command.mjs';

/**
 * Lists keys that one language has and another lacks, such as `ja lacks board.title`.
 *
 * @param {Readonly<Record<string, Readonly<Record<string, string>>>>} catalogues by language
 */
export function findMissingMessages(catalogues) {
  const all = new Set(Object.values(catalogues).flatMap((messages) => Object.keys(messages)));
  return Object.entries(catalogues).flatMap(([language, messages]) =>
    [...all].filter((key) => (messages[key] ?? '').trim() === '').map((key) => `${language} lacks ${key}`),
  );
}

/**
 * @param {string} [root] the folder of the sources
 * @returns {{ en: Record<string, string>, ja: Record<string, string> }}
 */
export function readCatalogues(root = ROOT) {
  const features = readdirSync(join(root, 'core'));
  const read = (/** @type {string} */ language) => {
    const files = features.map((feature) => join(root, 'core', feature, 'text', `${language}.json`));
    return Object.fromEntries(
      files.filter(existsSync).flatMap((file) => listMessages(JSON.parse(readFileSync(file, 'utf8')), '')),
    );
  };
  return { en: read('en'), ja: read('ja') };
}

/**
 * Lists the texts with their full keys, as `core/shared/text/message-tree.ts` does.
 *
 * @param {Record<string, any>} tree
 * @param {string} start
 * @returns {[key: string, text: string][]}
 */
function listMessages(tree, start) {
  return Object.entries(tree).flatMap(([part, text]) =>
    typeof text === 'string' ? [[`${start}${part}`, text]] : listMessages(text, `${start}${part}.`),
  );
}

/** Throws if a language lacks a message. The compiler checks this too, but bundling does not run it. */
export function checkCatalogues(root = ROOT) {
  const missing = findMissingMessages(readCatalogues(root));
  if (missing.length > 0) {
    throw new SetUpProblem(
      `Not every language has every text: ${missing.slice(0, 10).join(', ')}${missing.length > 10 ? ', …' : ''}.`,
      'Write the texts in core/<feature>/text and build again.',
    );
  }
}
