import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { beforeEach, describe, expect, test } from 'vitest';

import {
  billOfMaterials,
  listBundledModules,
  licencesText,
  packageFolders,
  readLicensed,
} from '../../build/licences.mjs';
import { temporaryFolder } from '../support/temporary-folder.ts';

let root: string;

beforeEach(() => {
  root = temporaryFolder();
});

/** Creates an installed package; returns the path of its only module. */
function install(name: string, manifest: object, files: Record<string, string> = {}): string {
  const folder = join(root, 'node_modules', name);
  mkdirSync(folder, { recursive: true });
  const all = { 'package.json': JSON.stringify({ name, version: '1.0.0', ...manifest }), ...files };
  for (const [file, text] of Object.entries(all)) writeFileSync(join(folder, file), text);
  return join(folder, 'index.js');
}

const read = (name: string) => readLicensed(join(root, 'node_modules', name));

describe('the packages in a bundle', () => {
  test('are found by the paths of their modules and listed once', () => {
    expect(
      packageFolders([
        '/home/node_modules/zod/v4/core/schemas.js',
        '/home/node_modules/zod/index.js',
        '/home/node_modules/@scope/part/lib/index.js',
        '/home/core/expiry/model/board.ts',
      ]),
    ).toEqual(['/home/node_modules/@scope/part', '/home/node_modules/zod']);
  });

  test('include a package nested in another', () => {
    expect(packageFolders(['node_modules/one/node_modules/two/index.js'])).toEqual([
      'node_modules/one/node_modules/two',
    ]);
  });

  test('are found in Windows paths and in paths with a bundler’s query', () => {
    expect(
      packageFolders([
        '/home/node_modules/bits/A.svelte?svelte&type=style&lang.css',
        'C:\\home\\node_modules\\yaml\\index.js',
      ]),
    ).toEqual(['/home/node_modules/bits', 'C:/home/node_modules/yaml']);
  });

  test('exclude a bundler’s virtual modules and cached modules', () => {
    expect(packageFolders(['\0/home/node_modules/a/b.js', '/home/node_modules/.vite/a/b.js'])).toEqual([]);
  });

  test('exclude a package that contributes nothing to the bundle', () => {
    const input = (bytesInOutput: number) => ({ bytesInOutput });
    const inputs = { 'node_modules/a/index.js': input(12), 'node_modules/b/index.js': input(0) };
    const output = { bytes: 12, inputs, imports: [], exports: [] };
    expect(listBundledModules({ inputs: {}, outputs: { 'out/main.cjs': output } })).toEqual([
      'node_modules/a/index.js',
    ]);
  });
});

describe('a package', () => {
  test.each([
    ['an identifier', { license: 'MIT' }, 'MIT'],
    ['an object', { license: { type: 'ISC' } }, 'ISC'],
    ['a list', { licenses: [{ type: 'MIT' }, { type: 'Apache-2.0' }] }, 'MIT OR Apache-2.0'],
  ])('can state its licence as %s', (_title, manifest, licence) => {
    install('a', manifest);
    expect(read('a').licence).toBe(licence);
  });

  test('contributes exactly its licence and notice files', () => {
    install(
      'a',
      { license: 'MIT' },
      {
        'NOTICE.txt': 'notice',
        'LICENSE-MIT': 'mit\r\n',
        COPYING: 'copying',
        'license.js': 'code',
        'README.md': 'read me',
      },
    );
    expect(read('a').texts).toEqual(['copying', 'mit', 'notice']);
  });

  test('can have a licence text without an identifier', () => {
    install('a', {}, { LICENCE: 'Do what you like.' });
    expect(read('a')).toMatchObject({ licence: undefined, texts: ['Do what you like.'] });
  });

  test.each([
    ['nothing about a licence', {}],
    ['that it is unlicensed', { license: 'UNLICENSED' }],
    ['only where to find its licence', { license: 'SEE LICENSE IN TERMS' }],
  ])('that states %s fails the build, with a clear message', (_title, manifest) => {
    install('a', manifest);
    expect(() => read('a')).toThrow(
      'a 1.0.0 is part of the program and does not say under which licence. Ask its authors, or do without it.',
    );
  });
});

describe('the licence file', () => {
  test('lists packages by name, with identifier and text', () => {
    const modules = [install('b', { license: 'ISC' }, { LICENSE: 'The text of b.' }), install('a', { license: 'MIT' })];
    const sections = licencesText(packageFolders(modules).map(readLicensed)).split(`${'-'.repeat(80)}\n`);
    expect(sections.slice(1)).toEqual(['a 1.0.0\nLicence: MIT\n\n', 'b 1.0.0\nLicence: ISC\n\nThe text of b.\n']);
    expect(sections[0]).toContain('LICENSES.chromium.html');
  });

  test('ignores the order of the packages, and names a duplicate once', () => {
    const a = { name: 'a', version: '1.0.0', licence: 'MIT', texts: [] };
    const newer = { ...a, version: '2.0.0' };
    expect(licencesText([newer, a, { ...a }])).toBe(licencesText([a, newer]));
  });
});

test('the bill of materials lists Electron and each bundled package once, and is the same every time', () => {
  const modules = [install('b', { license: 'ISC' }), install('@scope/a', { license: 'MIT' })];
  const manifest = { version: '1.2.3', devDependencies: { electron: '45.4.1' } };
  const write = (...given: string[]): string => billOfMaterials(packageFolders(given).map(readLicensed), manifest);
  const text = write(...modules);
  expect(write(...modules.toReversed(), ...modules)).toBe(text);
  const bill = JSON.parse(text) as { metadata: object; components: { purl: string }[] };
  expect(bill).toMatchObject({
    bomFormat: 'CycloneDX',
    metadata: { component: { name: 'arcwarden', version: '1.2.3' } },
  });
  expect(bill.components.map(({ purl }) => purl)).toEqual([
    'pkg:npm/%40scope/a@1.0.0',
    'pkg:npm/b@1.0.0',
    'pkg:npm/electron@45.4.1',
  ]);
  expect(bill.components[1]).toMatchObject({ type: 'library', name: 'b', licenses: [{ expression: 'ISC' }] });
});
