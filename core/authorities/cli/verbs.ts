import type { OptionName } from '../../cli/options.ts';
import type { Verb } from '../../cli/verb.ts';

const PASSPHRASE = ['passphrase-file'] as const satisfies OptionName[];
const JUDGING = ['node', 'longest'] as const satisfies OptionName[];
const exactly = (count: number): { least: number; most: number } => ({ least: count, most: count });

/** The verbs of the certificate engine. */
export const AUTHORITY_VERBS: readonly Verb[] = [
  {
    name: ['authority', 'list'],
    words: exactly(0),
    options: [],
    run: async (invocation) => (await import('./list.ts')).authorityList(invocation),
  },
  {
    name: ['authority', 'new'],
    words: exactly(1),
    run: async (invocation) => (await import('./list.ts')).authorityNew(invocation),
    options: [...PASSPHRASE, 'kind', 'key-algorithm', 'cloud-agent-fqdn'],
  },
  {
    name: ['authority', 'remove'],
    words: exactly(1),
    options: ['yes'],
    run: async (invocation) => (await import('./list.ts')).authorityRemove(invocation),
  },
  {
    name: ['authority', 'tree'],
    words: exactly(1),
    options: [],
    run: async (invocation) => (await import('./list.ts')).authorityTree(invocation),
  },
  {
    name: ['authority', 'show'],
    words: exactly(2),
    options: [],
    run: async (invocation) => (await import('./list.ts')).authorityShow(invocation),
  },
  {
    name: ['authority', 'change-passphrase'],
    words: exactly(1),
    run: async (invocation) => (await import('./list.ts')).authorityChangePassphrase(invocation),
    options: [...PASSPHRASE, 'new-passphrase-file'],
  },
  {
    name: ['authority', 'issue'],
    words: exactly(2),
    run: async (invocation) => (await import('./issue.ts')).authorityIssue(invocation),
    options: [...PASSPHRASE, 'value', 'dns', 'ip', 'validity', 'key-algorithm'],
  },
  {
    name: ['authority', 'sign-csr'],
    words: exactly(3),
    run: async (invocation) => (await import('./requests.ts')).authoritySignCsr(invocation),
    options: [...PASSPHRASE, ...JUDGING, 'allow', 'out'],
  },
  {
    name: ['authority', 'judge-csr'],
    words: exactly(1),
    run: async (invocation) => (await import('./requests.ts')).authorityJudgeCsr(invocation),
    options: [...JUDGING, 'out'],
  },
  {
    name: ['authority', 'renew'],
    words: exactly(2),
    run: async (invocation) => (await import('./issue.ts')).authorityRenew(invocation),
    options: PASSPHRASE,
  },
  {
    name: ['authority', 'rotate-ca'],
    words: exactly(1),
    run: async (invocation) => (await import('./issue.ts')).authorityRotateCa(invocation),
    options: PASSPHRASE,
  },
  {
    name: ['authority', 'revoke'],
    words: exactly(2),
    run: async (invocation) => (await import('./issue.ts')).authorityRevoke(invocation),
    options: ['reason', 'invalidity-date'],
  },
  {
    name: ['authority', 'crl'],
    words: exactly(2),
    run: async (invocation) => (await import('./export.ts')).authorityCrl(invocation),
    options: [...PASSPHRASE, 'out', 'der'],
  },
  {
    name: ['authority', 'verify'],
    words: { least: 0, most: 2 },
    run: async (invocation) => (await import('./verify.ts')).authorityVerify(invocation),
    options: [...PASSPHRASE, 'at', 'purpose', 'name', 'chain', 'roots', 'crl', 'revocations'] as OptionName[],
  },
  {
    name: ['authority', 'export'],
    words: exactly(2),
    run: async (invocation) => (await import('./export.ts')).authorityExport(invocation),
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
  {
    name: ['authority', 'identity', 'list'],
    words: exactly(1),
    options: [],
    run: async (invocation) => (await import('./identity.ts')).identityList(invocation),
  },
  {
    name: ['authority', 'identity', 'new'],
    words: exactly(2),
    run: async (invocation) => (await import('./identity.ts')).identityNew(invocation),
    options: [...PASSPHRASE, 'client-type', 'token-days', 'out'],
  },
  {
    name: ['authority', 'identity', 'login'],
    words: exactly(2),
    run: async (invocation) => (await import('./identity.ts')).identityLogin(invocation),
    options: [...PASSPHRASE, 'login-file', 'host-name', 'host-ip', 'out'],
  },
  {
    name: ['authority', 'identity', 'rotate'],
    words: exactly(2),
    run: async (invocation) => (await import('./identity.ts')).identityRotate(invocation),
    options: [...PASSPHRASE, 'out'],
  },
  {
    name: ['authority', 'identity', 'revoke'],
    words: exactly(2),
    run: async (invocation) => (await import('./identity.ts')).identityRevoke(invocation),
    options: PASSPHRASE,
  },
  {
    name: ['authority', 'identity', 'reinstate'],
    words: exactly(2),
    run: async (invocation) => (await import('./identity.ts')).identityReinstate(invocation),
    options: [...PASSPHRASE, 'out'],
  },
  {
    name: ['authority', 'token', 'create'],
    words: { least: 0, most: 1 },
    run: async (invocation) => (await import('./token.ts')).tokenCreate(invocation),
    options: [
      ...['secret', 'kubeconfig', 'server', 'ca', 'cluster-name'],
      ...['lifetime', 'description', 'group', 'show-token'],
    ] as OptionName[],
  },
  {
    name: ['authority', 'token', 'check'],
    words: exactly(1),
    run: async (invocation) => (await import('./token.ts')).tokenCheck(invocation),
    options: ['token-file'],
  },
  {
    name: ['authority', 'create'],
    words: exactly(0),
    run: async (invocation) => (await import('./create.ts')).authorityCreate(invocation),
    options: ['file', 'out', 'dry-run'],
  },
];
