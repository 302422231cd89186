import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { ScriptHost } from '../support/real-power-shell.ts';
import type { UnknownPrompts } from '../support/stub-cmdlets.ts';
import { writeStubs, type StubFolders } from '../support/stub-modules.ts';

/** Returns stubs, and one PowerShell process for all tests of a file, which starts with the first script. */
export function sharePowerShell(prompts: UnknownPrompts = { certificatesAsk: false }): {
  stubs: StubFolders;
  host: ScriptHost;
} {
  const folder = mkdtempSync(join(tmpdir(), 'arcwarden-stubs-'));
  const stubs = writeStubs(folder, prompts);
  const host = new ScriptHost(stubs);
  afterAll(async () => {
    await host.close();
    rmSync(folder, { recursive: true, force: true });
  });
  return { stubs, host };
}
