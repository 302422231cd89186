import { dirname, posix } from 'node:path';

import typescript from 'typescript';

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

/** Text that may occur between the keyword of an import and its string, and that string. */
const TEXT = String.raw`(?:\s|\(|/\*[\s\S]*?\*/|//[^\n]*\n)*(['"\x60])(?<to>[^'"\x60\n]*)\1`;
const POSSIBLE_IMPORT = new RegExp(String.raw`\b(?:from|import|require)(?=${TEXT})`, 'gu');
/** Ends with the `from` of an import or export of types; `import type from 'a'` is none. */
const TYPE_IMPORT = new RegExp(
  String.raw`^\s*(?:im|ex)port type (?:[*{]|(?!from\b)\w)[^'"\x60;]*?\bfrom(?=${TEXT})`,
  'gmu',
);

/**
 * A superset of a source file's imports, found without parsing: every string after `from`, `import` or `require`, even
 * in comments and strings.
 *
 * @param {string} file path from the root, with `/`
 * @param {string} text
 * @returns {Import[]}
 */
function possibleImportsOf(file, text) {
  const ends = (/** @type {RegExp} */ pattern) =>
    Array.from(text.matchAll(pattern), ({ 0: found, index, groups }) => ({
      end: index + found.length,
      to: groups?.['to'] ?? '',
    }));
  const types = new Set(ends(TYPE_IMPORT).map(({ end }) => end));
  return ends(POSSIBLE_IMPORT).map(({ end, to }) => ({ from: file, to: resolve(file, to), typeOnly: types.has(end) }));
}

/**
 * Everything a source file imports: static and dynamic imports, re-exports, `require`, and imports in types.
 *
 * @param {string} file path from the root, with `/`
 * @param {string} text
 * @returns {Import[]}
 */
function importsOf(file, text) {
  const source = typescript.createSourceFile(
    file.replace(/\.svelte$/, '.svelte.ts'),
    file.endsWith('.svelte') ? scriptsOf(text) : text,
    typescript.ScriptTarget.Latest,
  );
  /** @type {Import[]} */
  const found = [];
  /** @param {typescript.Node} node */
  const visit = (node) => {
    const reference = referenceIn(node);
    if (reference) {
      found.push({ from: file, to: resolve(file, reference.specifier), typeOnly: reference.typeOnly });
    }
    typescript.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

/** @param {string} component */
function scriptsOf(component) {
  return [...component.matchAll(/<script\b[^>]*>([\s\S]*?)<\/script>/g)].map((match) => match[1]).join('\n');
}

/**
 * @param {typescript.Node} node
 * @returns {{ specifier: string, typeOnly: boolean } | undefined}
 */
function referenceIn(node) {
  if (typescript.isImportDeclaration(node)) {
    return reference(node.moduleSpecifier, node.importClause?.isTypeOnly ?? false);
  }
  if (typescript.isExportDeclaration(node)) return reference(node.moduleSpecifier, node.isTypeOnly);
  if (typescript.isImportTypeNode(node) && typescript.isLiteralTypeNode(node.argument)) {
    return reference(node.argument.literal, true);
  }
  if (typescript.isCallExpression(node) && isImportOrRequire(node.expression)) {
    return reference(node.arguments[0], false);
  }
  return undefined;
}

/** @param {typescript.Expression} called */
function isImportOrRequire(called) {
  return (
    called.kind === typescript.SyntaxKind.ImportKeyword ||
    (typescript.isIdentifier(called) && called.text === 'require')
  );
}

/**
 * @param {typescript.Node | undefined} specifier
 * @param {boolean} typeOnly
 */
function reference(specifier, typeOnly) {
  if (!specifier || !typescript.isStringLiteralLike(specifier)) return undefined;
  return { specifier: specifier.text, typeOnly };
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
    // Parsing is the expensive part: only files with a possible violation need it.
    if (possibleImportsOf(file, text).every((each) => isAllowed(each, layer, table))) return [];
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
    for (const { to, typeOnly } of possibleImportsOf(file, files.get(file) ?? '')) {
      if (typeOnly) continue;
      if (files.has(to)) reached.add(to);
      else packages.add(PACKAGE.exec(to)?.[0]);
    }
  }
  return [...packages];
}

/**
 * Files that import each other, directly or indirectly, including types; one sentence per cycle.
 *
 * @param {ReadonlyMap<string, string>} files text by path from the root
 * @returns {string[]}
 */
export function importCircles(files) {
  const graph = new Map(
    [...files].map(([file, text]) => [
      file,
      [...new Set(possibleImportsOf(file, text).map(({ to }) => to))].filter((to) => files.has(to)),
    ]),
  );
  return stronglyConnected(graph)
    .filter((ring) => ring.length > 1)
    .map((ring) => `These import each other: ${ring.sort().join(', ')}.`);
}

/**
 * Tarjan's algorithm.
 *
 * @param {ReadonlyMap<string, readonly string[]>} graph
 * @returns {string[][]}
 */
function stronglyConnected(graph) {
  /** @type {Map<string, { index: number, low: number }>} */
  const seen = new Map();
  /** @type {string[]} */
  const stack = [];
  /** @type {string[][]} */
  const components = [];
  /** @param {string} node */
  const visit = (node) => {
    const mark = { index: seen.size, low: seen.size };
    seen.set(node, mark);
    const height = stack.push(node) - 1;
    for (const next of graph.get(node) ?? []) {
      const other = seen.get(next) ?? visit(next);
      if (stack.includes(next)) mark.low = Math.min(mark.low, other.low);
    }
    if (mark.low === mark.index) components.push(stack.splice(height));
    return mark;
  };
  for (const node of graph.keys()) if (!seen.has(node)) visit(node);
  return components;
}
