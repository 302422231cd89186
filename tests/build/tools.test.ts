import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { expect, test } from 'vitest';

import { isAtLeast, programsOnPath, toolsLine, versionIn } from '../../build/tools.mjs';
import { temporaryFolder } from '../support/temporary-folder.ts';

test.each([
  ['OpenSSL 3.0.19 27 Jan 2026 (Library: OpenSSL 3.0.19 27 Jan 2026)', '3.0.19'],
  ['certtool 3.7.9\nCopyright (C) 2000-2023 Free Software Foundation', '3.7.9'],
  ['Client Version: v1.32.4-dispatcher\nKustomize Version: v5.5.0', '1.32.4-dispatcher'],
  ['Client Version: version.Info{Major:"1", Minor:"20", GitVersion:"v1.20.2"}', '1.20.2'],
  ['Python 3.11.7', '3.11.7'],
  ['xmllint: using libxml version 20914', '20914'],
  ['UnZip 6.00 of 20 April 2009, by Debian. Original by Info-ZIP.', '6.00'],
  ['i686-w64-mingw32-gcc (GCC) 12-win32\nCopyright (C) 2022 Free Software Foundation, Inc.', '12-win32'],
  ['illegal option', 'unknown'],
])('finds the version in a program’s output: %j', (said, version) => {
  expect(versionIn(said)).toBe(version);
});

test.each([
  ['3.0.19', '3.0', true],
  ['3.0.19', '3.4', false],
  ['3.4', '3.4.0', true],
  ['3.10.0', '3.9', true],
  ['1.32.4-dispatcher', '1.32.4', true],
  ['unknown', '1', false],
])('version %s is at least %s: %s', (version, least, expected) => {
  expect(isAtLeast(version, least)).toBe(expected);
});

test('programs are found in PATH order, and only if they are executable', () => {
  const folder = temporaryFolder();
  const placePath = (place: string): string => join(folder, place);
  for (const place of ['first', 'second', 'third']) mkdirSync(placePath(place));
  mkdirSync(placePath('first/probe'));
  for (const place of ['second', 'third']) writeFileSync(placePath(`${place}/probe`), '#!/bin/sh\n');
  chmodSync(placePath('third/probe'), 0o755);
  const path = `${placePath('first')}::${placePath('second')}:${placePath('third')}`;
  expect(programsOnPath('probe', path)).toEqual([placePath('third/probe')]);
});

test('a single line names every tool, including missing ones', () => {
  const line = toolsLine((name) => (name === 'openssl' ? { path: '/usr/bin/openssl', version: '3.0.19' } : undefined));
  expect(line).toMatch(
    /^openssl 3\.0\.19, certtool not here, .*iconv not here, khal not here, spin not here, gcc not here, makensis not here, i686-w64-mingw32-gcc not here, pwsh not here$/,
  );
});
