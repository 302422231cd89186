import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { SetUpProblem } from './command.mjs';

/**
 * @typedef {object} Licensed
 * @property {string} name
 * @property {string} version
 * @property {string | undefined} licence the identifier in its package.json
 * @property {string[]} texts its licence and notice files, sorted by name
 */

const LICENCE_FILE = /^(?:licen[cs]e|copying|notice)(?:[.\-_].*)?$/i;
const CODE_FILE = /\.(?:[cm]?[jt]s|json|map)$/i;
/** An identifier that names no licence, or only says where to find one. */
const NO_IDENTIFIER = /^(?:UNLICEN[CS]ED|SEE LICEN[CS]E IN .*)?$/i;
const RULE = '-'.repeat(80);

const HEAD = `Libraries that are part of Arcwarden, with their licences. Arcwarden itself: see LICENSE. Electron and Chromium, which the
window runs on: see LICENSE.electron.txt and LICENSES.chromium.html of the Electron release.
`;

/**
 * @param {string} file
 * @returns {import('vite').Plugin}
 */
export function recordModules(file) {
  return {
    name: 'arcwarden-record-modules',
    generateBundle(_options, bundle) {
      const modules = Object.values(bundle).flatMap((part) =>
        part.type === 'chunk' ? Object.entries(part.modules) : [],
      );
      // A style sheet renders no script, but its package still counts.
      const ids = modules.flatMap(([id, { renderedLength }]) =>
        renderedLength > 0 || !/\.(?:[cm]?[jt]s|svelte)$/.test(id) ? [id] : [],
      );
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, JSON.stringify([...new Set(ids)].sort()));
    },
  };
}

/**
 * @param {import('esbuild').Metafile} metafile
 * @returns the modules that contribute to the bundle, relative to esbuild's working directory
 */
export function listBundledModules(metafile) {
  return Object.values(metafile.outputs).flatMap(({ inputs }) =>
    Object.keys(inputs).filter((path) => (inputs[path]?.bytesInOutput ?? 0) > 0),
  );
}

/**
 * Returns the package folders of modules, derived from the paths alone: packages may contain further package.json
 * files.
 *
 * @param {Iterable<string>} modules paths, with or without a query
 * @returns {string[]} sorted, without duplicates
 */
export function packageFolders(modules) {
  const folders = new Set();
  for (const module of modules) {
    const folder = /^(.*\/node_modules|node_modules)\/((?:@[^/]+\/)?[^/@?.][^/?]*)\//.exec(
      module.replaceAll('\\', '/'),
    );
    // Rollup marks a virtual module with NUL.
    if (folder && !module.startsWith('\0')) folders.add(`${folder[1]}/${folder[2]}`);
  }
  return [...folders].sort();
}

/**
 * @param {string} folder of an installed package
 * @returns {Licensed}
 */
export function readLicensed(folder) {
  const { name, version, ...rest } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const licence = identifierIn(rest);
  const texts = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isFile() && LICENCE_FILE.test(entry.name) && !CODE_FILE.test(entry.name))
    .map((entry) => entry.name)
    .sort()
    .map((file) => readFileSync(join(folder, file), 'utf8').replaceAll(/\r\n?/g, '\n').trim())
    .filter((text) => text !== '');
  if (licence === undefined && texts.length === 0) {
    throw new SetUpProblem(
      `${name} ${version} is part of the program and does not say under which licence.`,
      'Ask its authors, or do without it.',
    );
  }
  return { name, version, licence, texts };
}

/**
 * Returns the licence identifier, also from older forms of the field.
 *
 * @param {{ license?: unknown, licenses?: unknown }} manifest
 */
function identifierIn({ license, licenses }) {
  const identifiers = [license, ...(Array.isArray(licenses) ? licenses : [])]
    .map((each) => (typeof each === 'object' && each !== null ? each.type : each))
    .filter((each) => typeof each === 'string' && !NO_IDENTIFIER.test(each.trim()))
    .map((each) => each.trim());
  return identifiers.length === 0 ? undefined : identifiers.join(' OR ');
}

/** @param {readonly Licensed[]} packages */
export function licencesText(packages) {
  /** @type {Map<string, Licensed>} */
  const byTitle = new Map(packages.map((each) => [`${each.name} ${each.version}`, each]));
  const sections = [...byTitle].sort(([one], [other]) => (one < other ? -1 : 1));
  return [
    HEAD,
    ...sections.map(([title, { licence, texts }]) => {
      const identifier = licence === undefined ? '' : `Licence: ${licence}\n`;
      return [`${RULE}\n${title}\n${identifier}`, ...texts.map((text) => `${text}\n`)].join('\n');
    }),
  ].join('\n');
}

/**
 * Returns a bill of materials (CycloneDX 1.5) of all parts of a release; `npm sbom` would list the build tools instead.
 * Contains no date, so that builds are reproducible.
 *
 * @param {readonly Licensed[]} libraries
 * @param {{ version: string, devDependencies: { electron: string } }} Arcwarden's package.json
 */
export function billOfMaterials(libraries, { version, devDependencies }) {
  const electron = { name: 'electron', version: devDependencies.electron, licence: 'MIT' };
  // Package URLs follow the purl specification for npm.
  const byUrl = new Map(
    [...libraries, electron].map((each) => [`pkg:npm/${each.name.replace('@', '%40')}@${each.version}`, each]),
  );
  const components = [...byUrl].sort(([one], [other]) => (one < other ? -1 : 1));
  const bill = {
    bomFormat: 'CycloneDX',
    specVersion: '1.5',
    version: 1,
    metadata: { component: { type: 'application', name: 'arcwarden', version, licenses: [{ expression: 'MIT' }] } },
    components: components.map(([purl, { name, version: own, licence }]) => ({
      type: name === 'electron' ? 'framework' : 'library',
      'bom-ref': purl,
      name,
      version: own,
      purl,
      licenses: licence === undefined ? undefined : [{ expression: licence }],
    })),
  };
  return `${JSON.stringify(bill, undefined, 2)}\n`;
}
