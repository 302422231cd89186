import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, test } from 'vitest';

import { ROOT } from '../../build/paths.mjs';
import { nodeComplaint } from '../../build/machine/setup.mjs';

const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');
const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };

describe.each(readdirSync(join(ROOT, '.vscode')))('.vscode/%s', (name) => {
  const text = read(join('.vscode', name));

  test('is valid JSON and contains no machine-specific path', () => {
    expect(() => JSON.parse(text) as unknown).not.toThrow();
    expect(text).not.toMatch(/"(?:[A-Za-z]:[\\/]|\/(?:home|Users|root|work)\b)/u);
  });

  test('names only files and npm scripts that exist', () => {
    const files = [...text.matchAll(/"\$\{workspaceFolder\}\/([\w./-]+)"/gu)]
      .map(([, path = '']) => path)
      // A build creates these files.
      .filter((path) => !path.startsWith('out/'));
    expect(files.filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
    const named = [...text.matchAll(/"(?:script": "|command": "npm run )([\w:]+)/gu)];
    expect(named.filter(([, script = '']) => !(script in scripts))).toEqual([]);
  });
});

test('.nvmrc names the oldest supported version of Node', () => {
  const version = read('.nvmrc').trim();
  expect(nodeComplaint(`${version}.0`)).toBeUndefined();
  const [major, minor] = version.split('.').map(Number);
  expect(nodeComplaint(`${major}.${(minor ?? 0) - 1}.0`)).toBeDefined();
  const { engines } = JSON.parse(read('package.json')) as { engines: { node: string } };
  expect(engines.node).toBe(`>=${version}`);
});

test('every build file that an npm script names exists', () => {
  const files = Object.values(scripts).flatMap((command) => [
    ...command.matchAll(/(?:build\/[\w.]+\.mjs|\.oxlint\.config\.mjs)/gu),
  ]);
  expect(files.length).toBeGreaterThan(8);
  expect(files.filter(([path]) => !existsSync(join(ROOT, path)))).toEqual([]);
});
