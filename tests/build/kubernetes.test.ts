import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, test } from 'vitest';

import type { Sources } from '../../build/absent.mjs';
import { findKubernetes, provideKubernetes, whyNoKubernetes } from '../../build/kubernetes.mjs';
import { createProgress } from '../../build/progress.mjs';
import { temporaryFolder } from '../support/temporary-folder.ts';

/** What the set-up said and did on a machine without Kubernetes, but for `changes`. */
async function provided(changes: Partial<Sources>): Promise<{ said: string; did: string[] }> {
  const lines: string[] = [];
  const did: string[] = [];
  await provideKubernetes(
    createProgress(1, (line) => lines.push(line)),
    {
      isThere: () => did.includes('install'),
      obstacle: () => undefined,
      rememberedFailure: () => undefined,
      rememberFailure: (reason) => did.push(`remember ${reason}`),
      install: async () => void did.push('install'),
      ...changes,
    },
  );
  return { said: lines.join('\n'), did };
}

describe('the Kubernetes that our files are tried on', () => {
  test('is built once, and then used as it is', async () => {
    expect(await provided({})).toEqual({ said: '[1/1] Kubernetes\n      Kubernetes 1.20.2', did: ['install'] });
    expect((await provided({ isThere: () => true })).did).toEqual([]);
  });

  test('is done without where it cannot be had, and the reason is given', async () => {
    const { said, did } = await provided({ obstacle: () => 'there is no dpkg-deb, which Debian has' });
    expect(said).toMatch(/done without: tests on a real Kubernetes \(there is no dpkg-deb, which Debian has\)/u);
    expect(did).toEqual([]);
  });

  test('is done without where building it failed, which is remembered for a while', async () => {
    const failure = 'Unable to locate package golang-go';
    expect((await provided({ install: async () => failure })).did).toEqual([`remember ${failure}`]);
    const later = await provided({ rememberedFailure: () => failure });
    expect(later.said).toContain(`(${failure})`);
    expect(later.did).toEqual([]);
  });

  test('counts as there with all of its programs alone', () => {
    const cache = temporaryFolder();
    const folder = join(cache, 'arcwarden', 'kubernetes-1.20.2');
    mkdirSync(folder, { recursive: true });
    for (const name of ['kube-apiserver', 'kube-controller-manager', 'kubeadm', 'kubectl'])
      writeFileSync(join(folder, name), '');
    expect(findKubernetes({ XDG_CACHE_HOME: cache })).toBeUndefined();
    writeFileSync(join(folder, 'etcd'), '');
    expect(findKubernetes({ XDG_CACHE_HOME: cache })).toMatchObject({ etcd: join(folder, 'etcd') });
  });

  test('needs the programs of Debian', () => {
    expect(whyNoKubernetes({ XDG_CACHE_HOME: temporaryFolder(), PATH: '' })).toMatch(
      /^there is no apt-get, which Debian has$|^it is built on Linux x64 alone$/u,
    );
  });
});
