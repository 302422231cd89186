import { describe, expect, test } from 'vitest';

import { sourcesList } from '../rigs/package-archive.mjs';

const RELEASES = { codename: 'trixie', sourcesOf: 'bookworm', keyring: '/usr/share/keyrings/debian.pgp' };

describe('the list of sources for apt', () => {
  test('names the archive of this machine, with packages of its release and sources of another release', () => {
    const targets = [
      'http://mirror.example/debian/ trixie main',
      'http://mirror.example/debian/ trixie-updates main',
      'http://mirror.example/debian-security/ trixie-security main',
      'http://mirror.example/debian/ trixie contrib',
      'https://tools.example/apt trixie-tools main',
      '',
    ].join('\n');
    expect(sourcesList(targets, RELEASES)).toBe(`Types: deb
URIs: http://mirror.example/debian/
Suites: trixie
Components: main
Targets: Packages
Signed-By: /usr/share/keyrings/debian.pgp

Types: deb-src
URIs: http://mirror.example/debian/
Suites: bookworm
Components: main
Targets: Sources
Signed-By: /usr/share/keyrings/debian.pgp
`);
  });

  test('names the release as apt does, even by an alias such as stable', () => {
    expect(sourcesList('http://mirror.example/debian/ stable main', RELEASES)).toContain('Suites: stable\n');
  });

  test('is undefined if apt uses no Debian archive', () => {
    expect(sourcesList('https://tools.example/apt nodistro main\n', RELEASES)).toBeUndefined();
  });
});
