import { dirname, posix } from 'node:path';

/**
 * What a layer may import beside itself. Names are paths without extension from the root (`core/shared` stands for
 * everything below it, `renderer/**.svelte` for every component below that folder), packages (`zod` stands for its subpaths
 * too), or `node:*`.
 *
 * @typedef {object} Allowed
 * @property {readonly string[]} [runtime]
 * @property {readonly string[]} [types] in `import type` only
 *
 * @typedef {Readonly<Record<string, Allowed>>} ImportTable by layer; the longest name that fits a file is its layer
 *
 * @typedef {object} Import
 * @property {string} from file, as a path from the root
 * @property {string} to file as a path from the root, or a package
 * @property {boolean} typeOnly
 */

/** Statements, at the beginning of a line or of a script; and calls, which also stand in types. */
const IMPORTS = [
  /(?:^|>)\s*import (?<type>type )?(?:[\w\s{},*$]*?\bfrom )?['"](?<to>[^'"\n]+)['"]/gmu,
  /(?:^|>)\s*export (?<type>type )?[\w\s{},*$]*?\bfrom ['"](?<to>[^'"\n]+)['"]/gmu,
  /\b(?:import|require)\(\s*['"`](?<to>[^'"`\n]+)['"`]\s*,?\s*\)(?<type>\.[A-Z])?/gu,
];

/**
 * Everything a source file imports: static and dynamic imports, re-exports, `require`, and imports in types. It is formatted, so
 * that it needs no parser; what a comment or a string imports counts as well.
 *
 * @param {string} file path from the root, with `/`
 * @param {string} text
 * @returns {Import[]}
 */
function importsOf(file, text) {
  return IMPORTS.flatMap((pattern) => [...text.matchAll(pattern)]).map(({ groups = {} }) => ({
    from: file,
    to: resolve(file, groups['to'] ?? ''),
    typeOnly: groups['type'] !== undefined,
  }));
}

/**
 * @param {string} file
 * @param {string} specifier
 */
function resolve(file, specifier) {
  const path = specifier.replace(/\?.*$/, '');
  return path.startsWith('.') ? posix.join(dirname(file), path) : path;
}

/**
 * Imports that the table does not allow, each as a sentence with the list of what is allowed.
 *
 * @param {ReadonlyMap<string, string>} files text by path from the root
 * @param {ImportTable} table
 * @returns {string[]}
 */
export function importViolations(files, table) {
  return [...files].flatMap(([file, text]) => {
    const layer = layerOf(file, table);
    if (layer === undefined) {
      return [`${file} belongs to no layer. Layers: ${Object.keys(table).join(', ')}.`];
    }
    return importsOf(file, text)
      .filter((each) => !isAllowed(each, layer, table))
      .map(({ to, typeOnly }) => `${file} imports ${typeOnly ? 'types of ' : ''}${to}. ${rule(layer, table)}`);
  });
}

/**
 * Cached: few files are imported by many.
 *
 * @type {WeakMap<ImportTable, Map<string, string | undefined>>}
 */
const layersOf = new WeakMap();

/**
 * @param {string} file
 * @param {ImportTable} table
 * @returns {string | undefined}
 */
function layerOf(file, table) {
  const known = layersOf.get(table) ?? new Map();
  layersOf.set(table, known);
  if (!known.has(file)) {
    const [layer] = Object.keys(table)
      .filter((each) => covers(each, file))
      .sort((one, other) => other.length - one.length);
    known.set(file, layer);
  }
  return known.get(file);
}

/**
 * @param {Import} each
 * @param {string} layer
 * @param {ImportTable} table
 */
function isAllowed({ to, typeOnly }, layer, table) {
  // A layer may import itself freely, but a layer nested in it is a different one.
  if (layerOf(to, table) === layer && covers(layer, to)) return true;
  const { runtime = [], types = [] } = table[layer] ?? {};
  return [...runtime, ...(typeOnly ? types : [])].some((name) => covers(name, to));
}

/**
 * @param {string} name
 * @param {string} path a file or a package
 */
function covers(name, path) {
  const [folder = '', ending] = name.split('**');
  if (ending !== undefined) return path.startsWith(folder) && path.endsWith(ending);
  if (name.endsWith('*')) return path.startsWith(name.slice(0, -1));
  return path.startsWith(name) && /^(?:$|\/|(?:\.svelte|\.d)?\.ts$)/.test(path.slice(name.length));
}

/**
 * @param {string} layer
 * @param {ImportTable} table
 */
function rule(layer, table) {
  const { runtime = [], types = [] } = table[layer] ?? {};
  const list = (/** @type {readonly string[]} */ names) => (names.length > 0 ? names.join(', ') : 'nothing');
  return `${layer} may import, beside itself: ${list(runtime)}; as types only: ${list(types)}.`;
}

/** Name of a package, without the path of a file in it. */
const PACKAGE = /^(?:@[^/]+\/)?[^/]+/u;

/**
 * At least all packages that a program contains: those that its first file imports at run time, directly or through others.
 *
 * @param {ReadonlyMap<string, string>} files text by path from the root
 * @param {string} entry
 * @returns {(string | undefined)[]}
 */
export function packagesOf(files, entry) {
  /** @type {Set<string | undefined>} */
  const packages = new Set();
  const reached = new Set([entry]);
  for (const file of reached) {
    for (const { to, typeOnly } of importsOf(file, files.get(file) ?? '')) {
      if (typeOnly) continue;
      if (files.has(to)) reached.add(to);
      else packages.add(PACKAGE.exec(to)?.[0]);
    }
  }
  return [...packages];
}

/**
 * Files that import each other, directly or indirectly, including types, with those between them.
 *
 * @param {ReadonlyMap<string, string>} files text by path from the root
 * @returns {string[]} a sentence, or nothing
 */
export function importCircles(files) {
  let left = new Map(
    [...files].map(([file, text]) => [
      file,
      importsOf(file, text).flatMap(({ to }) => (files.has(to) && to !== file ? [to] : [])),
    ]),
  );
  // A file that imports none of the others, or that none of them imports, is in no circle.
  for (let size = Infinity; left.size < size;) {
    size = left.size;
    const graph = left;
    const imported = new Set([...graph.values()].flat());
    left = new Map([...graph].filter(([file, to]) => imported.has(file) && to.some((each) => graph.has(each))));
  }
  return left.size === 0 ? [] : [`These import each other: ${[...left.keys()].sort().join(', ')}.`];
}
