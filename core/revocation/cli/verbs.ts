import { ANY, changes, exports, runIn, type Verb } from '../../shared/verb/verb.ts';
import { READS } from '../../shared/contract/effect.ts';

/** Words after the file are inventory paths. */
const FILE = { least: 1, most: Infinity };

const KEPT = () => import('./kept.ts');

export const REVOCATION_VERBS: readonly Verb[] = [
  {
    name: ['revocation', 'lint'],
    usage: 'FILE',
    effect: READS,
    words: FILE,
    run: runIn(() => import('./lint.ts'), 'revocationLint'),
    options: ['inventory', 'i-understand'],
  },
  {
    name: ['revocation', 'preview'],
    usage: 'FILE',
    effect: READS,
    words: FILE,
    run: runIn(() => import('./preview.ts'), 'revocationPreview'),
    options: ['inventory', 'cluster', 'kubeconfig', 'i-understand'],
  },
  {
    name: ['revocation', 'build'],
    usage: '[FILE]',
    effect: exports('revocation.written', 'out'),
    words: ANY,
    run: runIn(() => import('./build.ts'), 'revocationBuild'),
    standardOutput: 'default',
    options: [
      ...(['inventory', 'cluster', 'kubeconfig', 'i-understand', 'out', 'name'] as const),
      ...(['description', 'serial', 'credential', 'group', 'dns', 'ip'] as const),
      ...(['not-before', 'serial-spelling'] as const),
    ],
  },
  {
    name: ['revocation', 'dry-run'],
    usage: 'FILE',
    effect: READS,
    words: FILE,
    run: runIn(() => import('./dry-run.ts'), 'revocationDryRun'),
    options: ['inventory', 'cluster', 'hours', 'without-repair'],
  },
  {
    name: ['revocation', 'bundle'],
    usage: 'FILE --out ZIP',
    effect: exports('revocation.bundled'),
    words: FILE,
    run: runIn(() => import('./bundle.ts'), 'bundleRevocation'),
    options: ['inventory', 'cluster', 'kubeconfig', 'i-understand', 'out'],
  },
  { name: ['revocation', 'list'], effect: READS, run: runIn(KEPT, 'revocationList') },
  {
    name: ['revocation', 'show'],
    usage: 'NAME',
    effect: READS,
    run: runIn(KEPT, 'revocationShow'),
    words: 1,
    options: ['cluster'],
  },
  {
    name: ['revocation', 'discard'],
    usage: 'DOCUMENT --yes',
    effect: changes('revocation.discarded'),
    run: runIn(KEPT, 'revocationDiscard'),
    words: 1,
    options: ['yes'],
  },
  {
    name: ['revocation', 'mark-inactive'],
    usage: 'NAME',
    effect: changes('revocation.lifted'),
    run: async (invocation) => (await import('./force.ts')).markRevocation(invocation, true),
    words: 1,
    options: ['cluster'],
  },
  {
    name: ['revocation', 'mark-active'],
    usage: 'NAME',
    effect: changes('revocation.in-force'),
    run: async (invocation) => (await import('./force.ts')).markRevocation(invocation, false),
    words: 1,
    options: ['cluster'],
  },
  {
    name: ['revocation', 'verify-bundle'],
    usage: 'ZIP',
    effect: READS,
    run: runIn(() => import('./verify-bundle.ts'), 'revocationVerifyBundle'),
    words: 1,
  },
];
