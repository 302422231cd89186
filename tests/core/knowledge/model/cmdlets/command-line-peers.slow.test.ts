import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { Language, Parser, type Node } from '@vscode/tree-sitter-wasm';
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { COMMANDS } from '../../../../../core/knowledge/model/cmdlets/cmdlets.ts';
import { readCommandLine } from '../../../../../core/knowledge/model/cmdlets/command-line.ts';
import { fillCommand, listCommands, formatCall } from '../../../../support/commands.ts';

/*
 * Compares Arcwarden's reading of a line with that of a PowerShell grammar. The grammar rejects `--option=value` for
 * programs and lists of bare words, although PowerShell accepts both, and it treats `%` and `ForEach-Object` as
 * keywords.
 */

const parser = { current: undefined as Parser | undefined };

beforeAll(async () => {
  const folder = dirname(createRequire(import.meta.url).resolve('@vscode/tree-sitter-wasm'));
  await Parser.init({ locateFile: (file) => join(folder, file) });
  parser.current = new Parser();
  parser.current.setLanguage(await Language.load(readFileSync(join(folder, 'tree-sitter-powershell.wasm'))));
});

function parseLine(line: string): Node {
  const adapted = line.replaceAll(/(?<= --[\w-]+)=/gu, ' ').replaceAll(', ', ' ');
  const tree = parser.current?.parse(adapted);
  if (!tree) throw new Error('no tree');
  return tree.rootNode;
}

function namesByGrammar(line: string): string[] {
  return parseLine(line)
    .descendantsOfType('command_name')
    .flatMap((node) => (node === null ? [] : [node.text]));
}

/** Returns the names of the commands that Arcwarden's reader finds, except expressions, numbers and keywords. */
function namesByReader(line: string): string[] {
  return readCommandLine(line).commands.flatMap(({ words: [name] }) =>
    name === undefined || name.isExpression || /^(?:while|%|ForEach-Object|\d+)$/u.test(name.value) ? [] : [name.value],
  );
}

describe('the commands of remedies and checks', () => {
  test.each(listCommands().map(fillCommand))('%s is accepted by the grammar', (line) => {
    expect(parseLine(line).hasError).toBe(false);
    expect(namesByReader(line)).toEqual(namesByGrammar(line));
  });
});

test("Arcwarden's reader and the grammar agree on every syntax of every command in the catalogue", () => {
  for (const command of COMMANDS.filter(({ name }) => name !== 'ForEach-Object'))
    for (const syntax of command.syntaxes) {
      const line = formatCall(command, syntax, () => true);
      expect(parseLine(line).hasError, line).toBe(false);
      expect(namesByReader(line)).toEqual(namesByGrammar(line));
    }
});

const SIMPLE = fc.constantFrom(
  ...['Get-AksHciCluster', 'Get-AksHciCredential -name a', "Get-AksHciCredential -name 'o''neil'"],
  ...['Update-AksHciCertificates -force', 'Get-AksHciCredential -name "a b"', 'kubectl get nodes'],
);

test("Arcwarden's reader and the grammar find the same commands in pipelines, brackets and script blocks", () => {
  const { line } = fc.letrec<{ line: string }>((tie) => ({
    line: fc.oneof(
      { maxDepth: 3 },
      SIMPLE,
      fc.tuple(tie('line'), SIMPLE).map(([one, other]) => `${one} | ${other}`),
      fc.tuple(tie('line'), SIMPLE).map(([one, other]) => `${one}; ${other}`),
      tie('line').map((one) => `Write-Host (${one})`),
      tie('line').map((one) => `Invoke-Command -ScriptBlock { ${one} }`),
      tie('line').map((one) => `$x = ${one}`),
    ),
  }));
  fc.assert(
    fc.property(line, (text) => {
      fc.pre(!parseLine(text).hasError);
      expect(namesByReader(text)).toEqual(namesByGrammar(text));
    }),
    { numRuns: 200 },
  );
});
