import { describe, expect, test } from 'vitest';

import type { Sources } from '../../build/absent.mjs';
import { provideOpenSshServer } from '../../build/openssh-server.mjs';
import { createProgress } from '../../build/progress.mjs';

/** What the set-up said on a machine without a server, but for `changes`. */
async function said(changes: Partial<Sources>): Promise<string> {
  const lines: string[] = [];
  await provideOpenSshServer(
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

describe('the OpenSSH server that steps by ssh are tried on', () => {
  test('is done without where it cannot be had, and the reason is given', async () => {
    expect(await said({ obstacle: () => 'there is no dpkg-deb, which Debian has' })).toMatch(
      /done without: tests of ssh and scp \(there is no dpkg-deb, which Debian has\)$/u,
    );
    expect(await said({ install: async () => 'no network' })).toContain('(no network)');
    expect(await said({ rememberedFailure: () => 'no network' })).toContain('(no network)');
  });
});
