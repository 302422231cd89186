import type { Verb } from '../../cli/verb.ts';

/** Words after the file are further paths of the inventory. */
const FILE = { least: 1, most: Infinity };
const ONE = { least: 1, most: 1 };

/** The verbs that write and judge RenewRevocation objects. */
export const REVOCATION_VERBS: readonly Verb[] = [
  {
    name: ['revocation', 'lint'],
    words: FILE,
    run: async (invocation) => (await import('./lint.ts')).revocationLint(invocation),
    options: ['inventory', 'i-understand'],
  },
  {
    name: ['revocation', 'preview'],
    words: FILE,
    run: async (invocation) => (await import('./preview.ts')).revocationPreview(invocation),
    options: ['inventory', 'cluster', 'kubeconfig', 'i-understand'],
  },
  {
    name: ['revocation', 'build'],
    run: async (invocation) => (await import('./build.ts')).revocationBuild(invocation),
    options: [
      ...(['inventory', 'cluster', 'kubeconfig', 'i-understand', 'out', 'name'] as const),
      ...(['description', 'serial', 'credential', 'group', 'dns', 'ip'] as const),
      ...(['not-before', 'serial-spelling'] as const),
    ],
  },
  {
    name: ['revocation', 'dry-run'],
    words: FILE,
    run: async (invocation) => (await import('./dry-run.ts')).revocationDryRun(invocation),
    options: ['inventory', 'cluster', 'hours', 'without-repair'],
  },
  {
    name: ['revocation', 'bundle'],
    words: FILE,
    run: async (invocation) => (await import('./bundle.ts')).bundleRevocation(invocation),
    options: ['inventory', 'cluster', 'kubeconfig', 'i-understand', 'out'],
  },
  {
    name: ['revocation', 'list'],
    run: async (invocation) => (await import('./kept.ts')).revocationList(invocation),
    words: { least: 0, most: 0 },
    options: [],
  },
  {
    name: ['revocation', 'show'],
    run: async (invocation) => (await import('./kept.ts')).revocationShow(invocation),
    words: ONE,
    options: ['cluster'],
  },
  {
    name: ['revocation', 'discard'],
    run: async (invocation) => (await import('./kept.ts')).revocationDiscard(invocation),
    words: ONE,
    options: ['yes'],
  },
  {
    name: ['revocation', 'mark-inactive'],
    run: async (invocation) => (await import('./force.ts')).revocationMarkInactive(invocation),
    words: ONE,
    options: ['cluster'],
  },
  {
    name: ['revocation', 'mark-active'],
    run: async (invocation) => (await import('./force.ts')).revocationMarkActive(invocation),
    words: ONE,
    options: ['cluster'],
  },
  {
    name: ['revocation', 'verify-bundle'],
    run: async (invocation) => (await import('./verify-bundle.ts')).revocationVerifyBundle(invocation),
    words: ONE,
    options: [],
  },
];
