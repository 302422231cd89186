import { authorityCreate } from './create.ts';
import { authorityCrl, authorityExport } from './export.ts';
import {
  identityList,
  identityLogin,
  identityNew,
  identityReinstate,
  identityRevoke,
  identityRotate,
} from './identity.ts';
import { authorityIssue, authorityRenew, authorityRevoke, authorityRotateCa } from './issue.ts';
import {
  authorityChangePassphrase,
  authorityList,
  authorityNew,
  authorityRemove,
  authorityShow,
  authorityTree,
} from './list.ts';
import { authorityJudgeCsr, authoritySignCsr } from './requests.ts';
import { tokenCheck, tokenCreate } from './token.ts';
import { authorityVerify } from './verify.ts';
import type { OptionName } from '../../cli/options.ts';
import type { Verb } from '../../cli/verb.ts';

const PASSPHRASE = ['passphrase-file'] as const satisfies OptionName[];
const JUDGING = ['node', 'longest'] as const satisfies OptionName[];
const exactly = (count: number): { least: number; most: number } => ({ least: count, most: count });

/** The verbs of the certificate engine. */
export const AUTHORITY_VERBS: readonly Verb[] = [
  { name: ['authority', 'list'], words: exactly(0), options: [], run: authorityList },
  {
    name: ['authority', 'new'],
    words: exactly(1),
    run: authorityNew,
    options: [...PASSPHRASE, 'kind', 'key-algorithm', 'cloud-agent-fqdn'],
  },
  { name: ['authority', 'remove'], words: exactly(1), options: ['yes'], run: authorityRemove },
  { name: ['authority', 'tree'], words: exactly(1), options: [], run: authorityTree },
  { name: ['authority', 'show'], words: exactly(2), options: [], run: authorityShow },
  {
    name: ['authority', 'change-passphrase'],
    words: exactly(1),
    run: authorityChangePassphrase,
    options: [...PASSPHRASE, 'new-passphrase-file'],
  },
  {
    name: ['authority', 'issue'],
    words: exactly(2),
    run: authorityIssue,
    options: [...PASSPHRASE, 'value', 'dns', 'ip', 'validity', 'key-algorithm'],
  },
  {
    name: ['authority', 'sign-csr'],
    words: exactly(3),
    run: authoritySignCsr,
    options: [...PASSPHRASE, ...JUDGING, 'allow', 'out'],
  },
  { name: ['authority', 'judge-csr'], words: exactly(1), run: authorityJudgeCsr, options: [...JUDGING, 'out'] },
  { name: ['authority', 'renew'], words: exactly(2), run: authorityRenew, options: PASSPHRASE },
  { name: ['authority', 'rotate-ca'], words: exactly(1), run: authorityRotateCa, options: PASSPHRASE },
  { name: ['authority', 'revoke'], words: exactly(2), run: authorityRevoke, options: ['reason', 'invalidity-date'] },
  { name: ['authority', 'crl'], words: exactly(2), run: authorityCrl, options: [...PASSPHRASE, 'out', 'der'] },
  {
    name: ['authority', 'verify'],
    words: { least: 0, most: 2 },
    run: authorityVerify,
    options: [...PASSPHRASE, 'at', 'purpose', 'name', 'chain', 'roots', 'crl', 'revocations'] as OptionName[],
  },
  {
    name: ['authority', 'export'],
    words: exactly(2),
    run: authorityExport,
    options: [
      ...PASSPHRASE,
      'format',
      'out',
      'with-key',
      'encryption',
      'export-passphrase-file',
      'server',
    ] as OptionName[],
  },
  { name: ['authority', 'identity', 'list'], words: exactly(1), options: [], run: identityList },
  {
    name: ['authority', 'identity', 'new'],
    words: exactly(2),
    run: identityNew,
    options: [...PASSPHRASE, 'client-type', 'token-days', 'out'],
  },
  {
    name: ['authority', 'identity', 'login'],
    words: exactly(2),
    run: identityLogin,
    options: [...PASSPHRASE, 'login-file', 'host-name', 'host-ip', 'out'],
  },
  {
    name: ['authority', 'identity', 'rotate'],
    words: exactly(2),
    run: identityRotate,
    options: [...PASSPHRASE, 'out'],
  },
  { name: ['authority', 'identity', 'revoke'], words: exactly(2), run: identityRevoke, options: PASSPHRASE },
  {
    name: ['authority', 'identity', 'reinstate'],
    words: exactly(2),
    run: identityReinstate,
    options: [...PASSPHRASE, 'out'],
  },
  {
    name: ['authority', 'token', 'create'],
    words: { least: 0, most: 1 },
    run: tokenCreate,
    options: [
      ...['secret', 'kubeconfig', 'server', 'ca', 'cluster-name'],
      ...['lifetime', 'description', 'group', 'show-token'],
    ] as OptionName[],
  },
  { name: ['authority', 'token', 'check'], words: exactly(1), run: tokenCheck, options: ['token-file'] },
  { name: ['authority', 'create'], words: exactly(0), run: authorityCreate, options: ['file', 'out', 'dry-run'] },
];
