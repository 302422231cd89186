import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { describe, expect, test } from 'vitest';

import type { Sources } from '../../build/absent.mjs';
import { DEBIAN_SERVERS, DebianServer, OPENSSH_SERVER } from '../../build/debian-servers.mjs';
import { createProgress } from '../../build/progress.mjs';
import { temporaryFolder } from '../support/temporary-folder.ts';

/** What the set-up said on a machine without a server, but for `changes`. */
async function said(server: DebianServer, changes: Partial<Sources>): Promise<string> {
  const lines: string[] = [];
  await server.provide(
    createProgress(1, (line) => lines.push(line)),
    {
      isThere: () => false,
      obstacle: () => undefined,
      rememberedFailure: () => undefined,
      rememberFailure: () => undefined,
      install: async () => undefined,
      ...changes,
    },
  );
  return lines.join('\n');
}

describe('a server of another maker that tests start', () => {
  test('is done without where it cannot be had, and the reason is given', async () => {
    expect(await said(OPENSSH_SERVER, { obstacle: () => 'there is no dpkg-deb, which Debian has' })).toMatch(
      /done without: tests of ssh and scp \(there is no dpkg-deb, which Debian has\)$/u,
    );
    for (const server of DEBIAN_SERVERS) {
      expect(await said(server, { install: async () => 'no network' })).toContain('(no network)');
      expect(await said(server, { rememberedFailure: () => 'no network' })).toContain('(no network)');
    }
  });

  test('is found where it was unpacked, once all its programs are there, and says otherwise that it is not', () => {
    const server = new DebianServer('arcwarden-probe', {
      title: 'Probe',
      size: '1 MB',
      programs: ['usr/sbin/arcwarden-probe', 'usr/bin/arcwarden-probe-tool'],
      without: 'nothing',
    });
    const cache = temporaryFolder();
    const environment = { ...process.env, XDG_CACHE_HOME: cache };
    const root = join(cache, 'arcwarden/arcwarden-probe');
    for (const program of ['usr/sbin/arcwarden-probe', 'usr/bin/arcwarden-probe-tool']) {
      expect(server.find(environment)).toBeUndefined();
      mkdirSync(dirname(join(root, program)), { recursive: true });
      writeFileSync(join(root, program), '');
      chmodSync(join(root, program), 0o755);
    }
    expect(server.find(environment)).toEqual({ root, program: join(root, 'usr/sbin/arcwarden-probe'), libraries: [] });
    expect(server.whyAbsent({ ...environment, PATH: '' })).toMatch(
      /^(?:there is no apt-get, which Debian has|it is unpacked on Linux alone)$/u,
    );
  });
});
