import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, test } from 'vitest';

import { providePowerShell, whyNoPowerShell, type PowerShellSources } from '../../build/power-shell.mjs';
import { createProgress } from '../../build/progress.mjs';
import { powerShellFolder } from '../../build/tools.mjs';
import { temporaryFolder } from '../support/temporary-folder.ts';

const PINNED = { path: '/cache/pwsh', version: '7.6.9' };

/** What the set-up said and did on a machine with dotnet and without PowerShell, but for `changes`. */
async function provided(changes: Partial<PowerShellSources>): Promise<{ said: string; did: string[] }> {
  const lines: string[] = [];
  const did: string[] = [];
  const progress = createProgress(1, (line) => lines.push(line));
  await providePowerShell(progress, {
    find: () => (did.includes('install') ? PINNED : undefined),
    hasDotnet: () => true,
    rememberedFailure: () => undefined,
    rememberFailure: (reason) => did.push(`remember ${reason}`),
    install: async () => void did.push('install'),
    ...changes,
  });
  return { said: lines.join('\n'), did };
}

describe('the PowerShell that scripts are run in', () => {
  test('is installed once, and then used as it is', async () => {
    expect(await provided({})).toEqual({ said: '[1/1] PowerShell\n      PowerShell 7.6.9', did: ['install'] });
    expect((await provided({ find: () => PINNED })).did).toEqual([]);
  });

  test('may be one on PATH, if it is new enough', async () => {
    expect((await provided({ find: () => ({ path: '/usr/bin/pwsh', version: '7.6.0' }) })).did).toEqual([]);
    const old = { path: '/usr/bin/pwsh', version: '7.4.6' };
    expect((await provided({ find: () => old })).did[0]).toBe('install');
  });

  test('is done without where there is no dotnet, and the reason is given', async () => {
    const { said, did } = await provided({ hasDotnet: () => false });
    expect(said).toMatch(/done without: tests that run scripts in PowerShell \(there is no dotnet/u);
    expect(did).toEqual([]);
  });

  test('is done without where NuGet cannot be reached, which is remembered for a while', async () => {
    const failure = 'Unable to load the service index';
    const { said, did } = await provided({ install: async () => failure });
    expect(said).toContain(`(${failure})`);
    expect(did).toEqual([`remember ${failure}`]);
    const later = await provided({ rememberedFailure: () => failure });
    expect(later.said).toContain(`(${failure})`);
    expect(later.did).toEqual([]);
  });

  test('is not believed to be there because an installation ended well', async () => {
    const { said } = await provided({ find: () => undefined });
    expect(said).toContain('it was installed and is not there');
  });
});

test('the reason why there is none outlives the set-up, for the tests that are skipped', () => {
  const cache = temporaryFolder();
  expect(whyNoPowerShell({ XDG_CACHE_HOME: cache, PATH: '' })).toBe('there is no dotnet to install it with');
  mkdirSync(join(cache, 'arcwarden'));
  const memory = JSON.stringify({ at: '2025-03-01T12:00:00Z', reason: 'No route to host' });
  writeFileSync(join(cache, 'arcwarden', 'powershell-failure.json'), memory);
  expect(whyNoPowerShell({ XDG_CACHE_HOME: cache, PATH: '' })).toBe('No route to host');
});

test('each version has a folder of its own, beside other downloads that outlive a clone', () => {
  expect(powerShellFolder({ XDG_CACHE_HOME: '/cache' })).toBe(join('/cache', 'arcwarden', 'powershell-7.6.9'));
});
