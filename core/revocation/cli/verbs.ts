import { ANY, changes, exports, type Verb } from '../../shared/verb/verb.ts';
import { READS } from '../../shared/contract/effect.ts';

/** Words after the file are inventory paths. */
const FILE = { least: 1, most: Infinity };

export const REVOCATION_VERBS: readonly Verb[] = [
  {
    name: ['revocation', 'lint'],
    effect: READS,
    words: FILE,
    run: async (invocation) => (await import('./lint.ts')).revocationLint(invocation),
    options: ['inventory', 'i-understand'],
  },
  {
    name: ['revocation', 'preview'],
    effect: READS,
    words: FILE,
    run: async (invocation) => (await import('./preview.ts')).revocationPreview(invocation),
    options: ['inventory', 'cluster', 'kubeconfig', 'i-understand'],
  },
  {
    name: ['revocation', 'build'],
    effect: exports('revocation.written', 'out'),
    words: ANY,
    run: async (invocation) => (await import('./build.ts')).revocationBuild(invocation),
    standardOutput: 'default',
    options: [
      ...(['inventory', 'cluster', 'kubeconfig', 'i-understand', 'out', 'name'] as const),
      ...(['description', 'serial', 'credential', 'group', 'dns', 'ip'] as const),
      ...(['not-before', 'serial-spelling'] as const),
    ],
  },
  {
    name: ['revocation', 'dry-run'],
    effect: READS,
    words: FILE,
    run: async (invocation) => (await import('./dry-run.ts')).revocationDryRun(invocation),
    options: ['inventory', 'cluster', 'hours', 'without-repair'],
  },
  {
    name: ['revocation', 'bundle'],
    effect: exports('revocation.bundled'),
    words: FILE,
    run: async (invocation) => (await import('./bundle.ts')).bundleRevocation(invocation),
    options: ['inventory', 'cluster', 'kubeconfig', 'i-understand', 'out'],
  },
  {
    name: ['revocation', 'list'],
    effect: READS,
    run: async (invocation) => (await import('./kept.ts')).revocationList(invocation),
  },
  {
    name: ['revocation', 'show'],
    effect: READS,
    run: async (invocation) => (await import('./kept.ts')).revocationShow(invocation),
    words: 1,
    options: ['cluster'],
  },
  {
    name: ['revocation', 'discard'],
    effect: changes('revocation.discarded'),
    run: async (invocation) => (await import('./kept.ts')).revocationDiscard(invocation),
    words: 1,
    options: ['yes'],
  },
  {
    name: ['revocation', 'mark-inactive'],
    effect: changes('revocation.lifted'),
    run: async (invocation) => (await import('./force.ts')).markRevocation(invocation, true),
    words: 1,
    options: ['cluster'],
  },
  {
    name: ['revocation', 'mark-active'],
    effect: changes('revocation.in-force'),
    run: async (invocation) => (await import('./force.ts')).markRevocation(invocation, false),
    words: 1,
    options: ['cluster'],
  },
  {
    name: ['revocation', 'verify-bundle'],
    effect: READS,
    run: async (invocation) => (await import('./verify-bundle.ts')).revocationVerifyBundle(invocation),
    words: 1,
  },
];
