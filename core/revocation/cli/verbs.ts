import { revocationBuild } from './build.ts';
import { bundleRevocation } from './bundle.ts';
import { revocationLint } from './lint.ts';
import { revocationPreview } from './preview.ts';
import { revocationMarkActive, revocationMarkInactive } from './force.ts';
import { revocationDiscard, revocationList, revocationShow } from './kept.ts';
import { revocationDryRun } from './dry-run.ts';
import { revocationVerifyBundle } from './verify-bundle.ts';
import type { Verb } from '../../cli/verb.ts';

/** Words after the file are further paths of the inventory. */
const FILE = { least: 1, most: Infinity };
const ONE = { least: 1, most: 1 };

/** The verbs that write and judge RenewRevocation objects. */
export const REVOCATION_VERBS: readonly Verb[] = [
  { name: ['revocation', 'lint'], words: FILE, run: revocationLint, options: ['inventory', 'i-understand'] },
  {
    name: ['revocation', 'preview'],
    words: FILE,
    run: revocationPreview,
    options: ['inventory', 'cluster', 'kubeconfig', 'i-understand'],
  },
  {
    name: ['revocation', 'build'],
    run: revocationBuild,
    options: [
      ...(['inventory', 'cluster', 'kubeconfig', 'i-understand', 'out', 'name'] as const),
      ...(['description', 'serial', 'credential', 'group', 'dns', 'ip'] as const),
      ...(['not-before', 'serial-spelling'] as const),
    ],
  },
  {
    name: ['revocation', 'dry-run'],
    words: FILE,
    run: revocationDryRun,
    options: ['inventory', 'cluster', 'hours', 'without-repair'],
  },
  {
    name: ['revocation', 'bundle'],
    words: FILE,
    run: bundleRevocation,
    options: ['inventory', 'cluster', 'kubeconfig', 'i-understand', 'out'],
  },
  { name: ['revocation', 'list'], run: revocationList, words: { least: 0, most: 0 }, options: [] },
  { name: ['revocation', 'show'], run: revocationShow, words: ONE, options: ['cluster'] },
  { name: ['revocation', 'discard'], run: revocationDiscard, words: ONE, options: ['yes'] },
  { name: ['revocation', 'mark-inactive'], run: revocationMarkInactive, words: ONE, options: ['cluster'] },
  { name: ['revocation', 'mark-active'], run: revocationMarkActive, words: ONE, options: ['cluster'] },
  { name: ['revocation', 'verify-bundle'], run: revocationVerifyBundle, words: ONE, options: [] },
];
