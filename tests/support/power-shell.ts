import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { Language, Parser, type Node } from '@vscode/tree-sitter-wasm';

/*
 * Parses PowerShell scripts with the grammar of tree-sitter, which editors use and which is independent of the product.
 */

const parser = { current: undefined as Parser | undefined };

/** Loads the grammar. Must be called before all other functions in this file. */
export async function readyPowerShell(): Promise<void> {
  if (parser.current !== undefined) return;
  const folder = dirname(createRequire(import.meta.url).resolve('@vscode/tree-sitter-wasm'));
  await Parser.init({ locateFile: (file) => join(folder, file) });
  const made = new Parser();
  made.setLanguage(await Language.load(readFileSync(join(folder, 'tree-sitter-powershell.wasm'))));
  parser.current = made;
}

/** Recently parsed scripts, since tests query a script several times and parsing takes the most time. */
const trees = new Map<string, Node>();
const MOST_TREES = 8;

/** Parses a script; `hasError` of the result is true if the script has syntax errors. */
export function parsePowerShell(script: string): Node {
  const root = trees.get(script) ?? parseScript(script);
  // Moves the tree to the end, so that the least recently used one is dropped.
  trees.delete(script);
  trees.set(script, root);
  for (const oldest of [...trees.keys()].slice(0, -MOST_TREES)) trees.delete(oldest);
  return root;
}

function parseScript(script: string): Node {
  const tree = parser.current?.parse(script.replace('\uFEFF', '').replaceAll('\r\n', '\n'));
  if (!tree) throw new Error('no tree');
  return tree.rootNode;
}

export function commandNames(root: Node): string[] {
  return root.descendantsOfType('command_name').map((node) => node?.text ?? '');
}

function hereString(root: Node): string {
  const [literal, ...others] = root.descendantsOfType('verbatim_here_string_characters');
  if (literal === null || literal === undefined || others.length > 0) throw new Error('not one here-string');
  return literal.text;
}

/** Returns the JSON document in the only here-string, as PowerShell would pass it to ConvertFrom-Json. */
export function readDocument<T = Record<string, unknown>>(root: Node): T {
  return JSON.parse(hereString(root).replace(/^@'\n/u, '').replace(/\n'@$/u, '')) as T;
}

/** Returns the script without the content of its only here-string. */
export function scriptCode(script: string): string {
  const root = parsePowerShell(script);
  if (root.hasError) throw new Error('no PowerShell');
  return script.replaceAll('\r\n', '\n').replace('\uFEFF', '').replace(hereString(root), '');
}
