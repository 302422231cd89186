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
 * The texts of both languages, as the program has them.
 *
 * @param {string} [root] where the sources are
 * @returns {Promise<{ en: Record<string, string>, ja: Record<string, string> }>}
 */
export async function readCatalogues(root = ROOT) {
  const esbuild = await import('esbuild');
  const { outputFiles } = await esbuild.build({
    stdin: {
      contents: ['en', 'ja']
        .map((language) => `export { ${language} } from './core/console/catalogues/${language}.ts';`)
        .join(''),
      resolveDir: root,
    },
    bundle: true,
    format: 'esm',
    write: false,
    logLevel: 'silent',
  });
  const code = outputFiles[0]?.text ?? '';
  const { en, ja } = await import(`data:text/javascript,${encodeURIComponent(code)}`);
  return { en, ja };
}

/**
 * Refuses to build a program that would show an admin text in the wrong language. The compiler checks the same, but
 * bundling does not run it.
 *
 * @param {string} [root] where the sources are
 */
export async function checkCatalogues(root = ROOT) {
  const missing = missingMessages(await readCatalogues(root));
  if (missing.length > 0) {
    throw new SetUpProblem(
      `Not every language has every text: ${missing.slice(0, 10).join(', ')}${missing.length > 10 ? ', …' : ''}.`,
      `Write the texts in ${`core/*/text`} and build again.`,
    );
  }
}
