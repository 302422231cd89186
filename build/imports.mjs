import { dirname, posix } from 'node:path';

import typescript from 'typescript';

/**
 * What a layer may import beside itself. Names are paths without extension from the root (`core/domain` stands for
 * everything below it), packages (`zod` stands for its subpaths too), or `node:*`.
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
      found.push({
        from: file,
        to: resolve(file, reference.specifier),
        typeOnly: reference.typeOnly,
      });
    }
    typescript.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

/** @param {string} component */
function scriptsOf(component) {
  return [...component.matchAll(/<script\b[^>]*>([\s\S]*?)<\/script>/g)]
    .map((match) => match[1])
    .join('\n');
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
    return importsOf(file, text)
      .filter((each) => !isAllowed(each, layer, table))
      .map(
        ({ to, typeOnly }) =>
          `${file} imports ${typeOnly ? 'types of ' : ''}${to}. ${rule(layer, table)}`,
      );
  });
}

/**
 * @param {string} file
 * @param {ImportTable} table
 */
function layerOf(file, table) {
  return Object.keys(table)
    .filter((layer) => covers(layer, file))
    .sort((one, other) => other.length - one.length)[0];
}

/**
 * @param {Import} each
 * @param {string} layer
 * @param {ImportTable} table
 */
function isAllowed({ to, typeOnly }, layer, table) {
  // Inside a layer everything goes, but a layer within a layer is another one.
  if (layerOf(to, table) === layer && covers(layer, to)) return true;
  const { runtime = [], types = [] } = table[layer] ?? {};
  return [...runtime, ...(typeOnly ? types : [])].some((name) => covers(name, to));
}

/**
 * @param {string} name
 * @param {string} path a file or a package
 */
function covers(name, path) {
  if (name.endsWith('*')) return path.startsWith(name.slice(0, -1));
  return (
    path === name ||
    path.startsWith(`${name}/`) ||
    path.replace(/(\.svelte|\.d)?\.ts$/, '') === name
  );
}

/**
 * @param {string} layer
 * @param {ImportTable} table
 */
function rule(layer, table) {
  const { runtime = [], types = [] } = table[layer] ?? {};
  const list = (/** @type {readonly string[]} */ names) =>
    names.length > 0 ? names.join(', ') : 'nothing';
  return `${layer} may import, beside itself: ${list(runtime)}; as types only: ${list(types)}.`;
}
