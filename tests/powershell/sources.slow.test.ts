import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ROOT } from '../../build/paths.mjs';
import { TASK_FOLDER, TASK_NAME } from '../../core/maintenance/export/task-xml.ts';
import { LANGUAGES } from '../../core/shared/text/text.ts';
import { needPowerShell, parseErrors } from '../support/real-power-shell.ts';
import { productScripts } from './product-scripts.ts';
import { sharePowerShell } from './shared.ts';

const { stubs } = sharePowerShell();

const CORE = join(ROOT, 'core');
const paths = readdirSync(CORE, { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.ps1'))
  .map((path) => join(CORE, path));

const readCode = (name: string): string => readFileSync(paths.find((path) => basename(path) === name) ?? name, 'utf8');

describe('.ps1 files of the sources', () => {
  test('have no syntax errors', async (context) => {
    needPowerShell(context);
    expect(paths.length).toBeGreaterThan(7);
    expect(await parseErrors(stubs, paths)).toEqual(new Map(paths.map((path) => [path, []])));
  });

  test.each(paths)('%s is ASCII, and each part that it includes exists', (path) => {
    const code = readFileSync(path, 'utf8');
    expect(code).toMatch(/^[\n\x20-\x7e]+$/u);
    const parts = [...code.matchAll(/^\. \$PSScriptRoot\/(.+)$/gmu)].map(([, part = '']) => join(dirname(path), part));
    expect(parts.filter((part) => !existsSync(part))).toEqual([]);
  });

  test('use the languages and names of the product', () => {
    const languages = LANGUAGES.map((language) => `'${language}'`).join(', ');
    for (const script of ['plan.ps1', 'verify.ps1'])
      expect(readCode(script)).toContain(`[ValidateSet('', ${languages})]`);
    for (const script of ['windows.ps1', 'register.ps1'])
      expect(readCode(script)).toContain(`Join-Path $env:ProgramFiles '${TASK_FOLDER}`);
    expect(readCode('register.ps1')).toContain(`$TaskName = '${TASK_NAME}'`);
  });

  test('leave no placeholder in a script of the product', async () => {
    for (const { name, text } of await productScripts())
      expect([name, /#(?:DATA|BLOCKS)#|^ *\. \$PSScriptRoot/mu.exec(text)?.[0]]).toEqual([name, undefined]);
  });
});
