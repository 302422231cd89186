import { dirname, posix } from 'node:path';

/**
 * The imports that a layer may use in addition to itself. Names are paths from the root without extension
 * (`core/shared` includes everything below it, `renderer/**.svelte` every component below that folder), packages (`zod`
 * includes its subpaths), or `node:*`.
 *
 * @typedef {object} Allowed
 * @property {readonly string[]} [runtime]
 * @property {readonly string[]} [types] in `import type` only
 *
 * @typedef {Readonly<Record<string, Allowed>>} ImportTable by layer; the longest name that matches a file is its layer
 */

/** Matches statements, at the beginning of a line or of a script, and calls, which also occur in types. */
const IMPORTS = [
  /(?:^|>)\s*import (?<type>type )?(?:[\w\s{},*$]*?\bfrom )?['"](?<to>[^'"\n]+)['"]/gmu,
  /(?:^|>)\s*export (?<type>type )?[\w\s{},*$]*?\bfrom ['"](?<to>[^'"\n]+)['"]/gmu,
  /\b(?:import|require)\(\s*['"`](?<to>[^'"`\n]+)['"`]\s*,?\s*\)(?<type>\.[A-Z])?/gu,
];

/**
 * Lists all imports of a source file: static and dynamic imports, re-exports, `require`, and imports in types. Files
 * are formatted, so no parser is needed; imports in comments and strings count, too.
 *
 * @param {string} file path from the root, with `/`
 * @param {string} text
 * @returns `to`: a file as its path from the root, or a package
 */
function readImports(file, text) {
  return IMPORTS.flatMap((pattern) => [...text.matchAll(pattern)]).map(({ groups = {} }) => {
    const path = (groups['to'] ?? '').replace(/\?.*$/, '');
    return { to: path.startsWith('.') ? posix.join(dirname(file), path) : path, isType: groups['type'] !== undefined };
  });
}

/**
 * Lists imports that the table does not allow, each as a sentence that also names those allowed.
 *
 * @param {ReadonlyMap<string, string>} files text by path from the root
 * @param {ImportTable} table
 */
export function importViolations(files, table) {
  /** Caches layers, because a few files are imported by many others. @type {Map<string, string | undefined>} */
  const layers = new Map();
  const findLayer = (/** @type {string} */ file) => {
    if (!layers.has(file)) {
      const fitting = Object.keys(table).filter((layer) => covers(layer, file));
      layers.set(file, fitting.sort((one, other) => other.length - one.length)[0]);
    }
    return layers.get(file);
  };
  return [...files].flatMap(([file, text]) => {
    const layer = findLayer(file);
    if (layer === undefined) return [`${file} belongs to no layer. Layers: ${Object.keys(table).join(', ')}.`];
    const { runtime = [], types = [] } = table[layer] ?? {};
    const list = (/** @type {readonly string[]} */ names) => (names.length > 0 ? names.join(', ') : 'nothing');
    const rule = `${layer} may import, beside itself: ${list(runtime)}; as types only: ${list(types)}.`;
    return readImports(file, text)
      .filter(({ to, isType }) => {
        // A layer may import itself freely, but not a layer nested in it.
        const isOwn = findLayer(to) === layer && covers(layer, to);
        return !isOwn && ![...runtime, ...(isType ? types : [])].some((name) => covers(name, to));
      })
      .map(({ to, isType }) => `${file} imports ${isType ? 'types of ' : ''}${to}. ${rule}`);
  });
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

const PACKAGE = /^(?:@[^/]+\/)?[^/]+/u;

/**
 * Lists the packages in a program: those that its first file imports at run time, directly or through other files.
 *
 * @param {ReadonlyMap<string, string>} files text by path from the root
 * @param {string} entry
 */
export function programPackages(files, entry) {
  /** @type {Set<string | undefined>} */
  const packages = new Set();
  const reached = new Set([entry]);
  for (const file of reached)
    for (const { to, isType } of readImports(file, files.get(file) ?? '')) {
      if (isType) continue;
      if (files.has(to)) reached.add(to);
      else packages.add(PACKAGE.exec(to)?.[0]);
    }
  return [...packages];
}

/**
 * Lists files that import each other, directly or indirectly, including types.
 *
 * @param {ReadonlyMap<string, string>} files text by path from the root
 * @returns one sentence, or none
 */
export function importCircles(files) {
  let left = new Map(
    [...files].map(([file, text]) => [
      file,
      readImports(file, text).flatMap(({ to }) => (files.has(to) && to !== file ? [to] : [])),
    ]),
  );
  // A file that imports no other file here, or that no other file here imports, is in no circle.
  for (let size = Infinity; left.size < size;) {
    size = left.size;
    const graph = left;
    const imported = new Set([...graph.values()].flat());
    left = new Map([...graph].filter(([file, to]) => imported.has(file) && to.some((each) => graph.has(each))));
  }
  return left.size === 0 ? [] : [`These import each other: ${[...left.keys()].sort().join(', ')}.`];
}
