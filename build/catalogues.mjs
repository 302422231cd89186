import { ROOT } from './paths.mjs';
import { SetUpProblem } from './problem.mjs';

/**
 * Keys that one language has and another lacks, as `ja lacks board.title`; empty when all have the same.
 *
 * @param {Readonly<Record<string, Readonly<Record<string, string>>>>} catalogues by language
 * @returns {string[]}
 */
export function missingMessages(catalogues) {
  const all = new Set(Object.values(catalogues).flatMap((messages) => Object.keys(messages)));
  return Object.entries(catalogues).flatMap(([language, messages]) =>
    [...all].filter((key) => (messages[key] ?? '').trim() === '').map((key) => `${language} lacks ${key}`),
  );
}

/**
 * Refuses to build a program that would show an admin text in the wrong language. The compiler checks the same, but
 * bundling does not run it.
 *
 * @param {string} [root] where the sources are
 */
export async function checkCatalogues(root = ROOT) {
  const esbuild = await import('esbuild');
  const { outputFiles } = await esbuild.build({
    stdin: {
      contents: `export { en } from './core/text/en.ts'; export { ja } from './core/text/ja.ts';`,
      resolveDir: root,
    },
    bundle: true,
    format: 'esm',
    write: false,
    logLevel: 'silent',
  });
  const code = outputFiles[0]?.text ?? '';
  const catalogues = await import(`data:text/javascript,${encodeURIComponent(code)}`);
  const missing = missingMessages({ en: catalogues.en, ja: catalogues.ja });
  if (missing.length > 0) {
    throw new SetUpProblem(
      `Not every language has every text: ${missing.slice(0, 10).join(', ')}${missing.length > 10 ? ', …' : ''}.`,
      `Write the texts in ${`core/*/text`} and build again.`,
    );
  }
}
