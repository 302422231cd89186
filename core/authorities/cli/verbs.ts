import type { OptionName } from '../../shared/verb/options.ts';
import { changes, exports, runIn, starts, type Verb } from '../../shared/verb/verb.ts';
import { READS } from '../../shared/contract/effect.ts';

const PASSPHRASE = ['passphrase-file'] as const satisfies OptionName[];
const JUDGING = ['node', 'longest'] as const satisfies OptionName[];

const CREATE = () => import('./create.ts');
const EXPORT = () => import('./export.ts');
const IDENTITY = () => import('./identity.ts');
const ISSUE = () => import('./issue.ts');
const LIST = () => import('./list.ts');
const ROLE = () => import('./role.ts');
const REQUESTS = () => import('./requests.ts');
const TOKEN = () => import('./token.ts');
const VERIFY = () => import('./verify.ts');

const SCOPE = ['location', 'group', 'resource'] as const satisfies OptionName[];
const ASSIGNMENT: readonly OptionName[] = [...SCOPE, 'provider'];
const GIVEN = 'NAME IDENTITY ROLE';
const role = (word: string, usage: string, rest: Pick<Verb, 'effect' | 'run' | 'options'>): Verb => ({
  name: ['authority', 'role', word],
  usage,
  words: usage.replace(/ --.*/u, '').split(' ').length,
  ...rest,
});

const ROLE_VERBS: readonly Verb[] = [
  role('list', 'NAME', { effect: READS, run: runIn(ROLE, 'roleList') }),
  role('show', 'NAME ROLE', { effect: READS, run: runIn(ROLE, 'roleShow') }),
  role('add', 'NAME ROLE --file FILE', {
    effect: changes('role.added'),
    run: runIn(ROLE, 'roleAdd'),
    options: ['file'],
  }),
  role('remove', 'NAME ROLE', { effect: changes('role.removed'), run: runIn(ROLE, 'roleRemove') }),
  role('assign', GIVEN, { effect: changes('role.assigned'), run: runIn(ROLE, 'roleAssign'), options: ASSIGNMENT }),
  role('unassign', GIVEN, {
    effect: changes('role.unassigned'),
    run: runIn(ROLE, 'roleUnassign'),
    options: ASSIGNMENT,
  }),
  {
    name: ['authority', 'may'],
    usage: 'NAME [IDENTITY] ACTION PROVIDER',
    effect: changes('access.decided'),
    words: [3, 4],
    run: runIn(ROLE, 'authorityMay'),
    options: SCOPE,
  },
];

export const AUTHORITY_VERBS: readonly Verb[] = [
  {
    name: ['revocation', 'from-authority'],
    usage: 'AUTHORITY --name NAME',
    effect: exports('revocation.written', 'out'),
    words: 1,
    run: runIn(() => import('./revocation.ts'), 'revocationFromAuthority'),
    standardOutput: 'default',
    options: [
      ...(['name', 'description', 'inventory', 'cluster', 'kubeconfig', 'i-understand'] as const),
      ...(['out', 'serial-spelling'] as const),
    ],
  },
  { name: ['authority', 'list'], effect: READS, run: runIn(LIST, 'authorityList') },
  {
    name: ['authority', 'new'],
    usage: 'NAME --kind kubernetes|moc',
    effect: starts('authority.created'),
    words: 1,
    run: runIn(LIST, 'authorityNew'),
    options: [...PASSPHRASE, 'kind', 'key-algorithm', 'cloud-agent-fqdn'],
  },
  {
    name: ['authority', 'remove'],
    usage: 'NAME --yes',
    effect: changes('authority.removed'),
    words: 1,
    options: ['yes'],
    run: runIn(LIST, 'authorityRemove'),
  },
  { name: ['authority', 'tree'], usage: 'NAME', effect: READS, words: 1, run: runIn(LIST, 'authorityTree') },
  { name: ['authority', 'show'], usage: 'NAME ENTRY', effect: READS, words: 2, run: runIn(LIST, 'authorityShow') },
  {
    name: ['authority', 'change-passphrase'],
    usage: 'NAME',
    effect: changes('authority.passphrase-changed'),
    words: 1,
    run: runIn(LIST, 'authorityChangePassphrase'),
    options: [...PASSPHRASE, 'new-passphrase-file'],
  },
  {
    name: ['authority', 'issue'],
    usage: 'NAME PROFILE',
    effect: changes('authority.issued'),
    words: 2,
    run: runIn(ISSUE, 'authorityIssue'),
    options: [...PASSPHRASE, 'value', 'dns', 'ip', 'validity', 'key-algorithm', 'issuer'],
  },
  {
    name: ['authority', 'sign-csr'],
    usage: 'NAME PROFILE FILE',
    effect: changes(({ values }) => (values['dry-run'] === true ? undefined : 'authority.signed')),
    words: 3,
    run: runIn(REQUESTS, 'authoritySignCsr'),
    options: [...PASSPHRASE, ...JUDGING, 'allow', 'dry-run', 'out'],
    standardOutput: 'default',
  },
  {
    name: ['authority', 'judge-csr'],
    usage: 'FILE',
    effect: exports('authority.csr-judged', 'out'),
    words: 1,
    run: runIn(REQUESTS, 'authorityJudgeCsr'),
    options: [...JUDGING, 'out'],
    standardOutput: ['out'],
  },
  {
    name: ['authority', 'renew'],
    usage: 'NAME ENTRY | NAME --due [--watch]',
    // With --due, each renewal is an act of its own.
    effect: changes(({ values }) => (values.due === true ? undefined : 'authority.renewed')),
    words: [1, 2],
    run: runIn(ISSUE, 'authorityRenew'),
    options: [...PASSPHRASE, 'due', 'dry-run', 'watch'],
  },
  {
    name: ['authority', 'rotate-ca'],
    usage: 'NAME',
    effect: changes('authority.rotated'),
    words: 1,
    run: runIn(ISSUE, 'authorityRotateCa'),
    options: PASSPHRASE,
  },
  {
    name: ['authority', 'revoke'],
    usage: 'NAME ENTRY',
    effect: changes('authority.revoked'),
    words: 2,
    run: runIn(ISSUE, 'authorityRevoke'),
    options: ['reason', 'invalidity-date'],
  },
  {
    name: ['authority', 'crl'],
    usage: 'NAME CA --out FILE',
    effect: exports('authority.crl-exported'),
    words: 2,
    run: runIn(EXPORT, 'authorityCrl'),
    options: [...PASSPHRASE, 'out', 'der'],
    standardOutput: ['out'],
  },
  {
    name: ['authority', 'verify'],
    usage: 'NAME ENTRY | --chain FILE --roots FILE',
    effect: READS,
    words: [0, 2],
    run: runIn(VERIFY, 'authorityVerify'),
    options: [...PASSPHRASE, 'at', 'purpose', 'name', 'chain', 'roots', 'crl', 'revocations'] as OptionName[],
  },
  {
    name: ['authority', 'export'],
    usage: 'NAME ENTRY --format FORMAT --out FILE',
    effect: exports('authority.exported'),
    words: 2,
    run: runIn(EXPORT, 'authorityExport'),
    standardOutput: ['out'],
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
    usage: 'NAME',
    effect: READS,
    words: 1,
    run: runIn(IDENTITY, 'identityList'),
  },
  {
    name: ['authority', 'identity', 'new'],
    usage: 'NAME IDENTITY --out FILE',
    effect: changes('identity.created'),
    words: 2,
    run: runIn(IDENTITY, 'identityNew'),
    options: [...PASSPHRASE, 'client-type', 'token-days', 'out'],
  },
  {
    name: ['authority', 'identity', 'login'],
    usage: 'NAME IDENTITY --login-file FILE --out FILE',
    effect: changes('identity.logged-in'),
    words: 2,
    run: runIn(IDENTITY, 'identityLogin'),
    options: [...PASSPHRASE, 'login-file', 'host-name', 'host-ip', 'out'],
  },
  {
    name: ['authority', 'identity', 'rotate'],
    usage: 'NAME IDENTITY --out FILE',
    effect: changes('identity.rotated'),
    words: 2,
    run: runIn(IDENTITY, 'identityRotate'),
    options: [...PASSPHRASE, 'out'],
  },
  {
    name: ['authority', 'identity', 'revoke'],
    usage: 'NAME IDENTITY',
    effect: changes('identity.revoked'),
    words: 2,
    run: runIn(IDENTITY, 'identityRevoke'),
    options: PASSPHRASE,
  },
  {
    name: ['authority', 'identity', 'reinstate'],
    usage: 'NAME IDENTITY --out FILE',
    effect: changes('identity.reinstated'),
    words: 2,
    run: runIn(IDENTITY, 'identityReinstate'),
    options: [...PASSPHRASE, 'out'],
  },
  ...ROLE_VERBS,
  {
    name: ['authority', 'token', 'create'],
    usage: '[NAME]',
    effect: changes('token.created'),
    words: { least: 0, most: 1 },
    run: runIn(TOKEN, 'tokenCreate'),
    options: [
      ...['secret', 'kubeconfig', 'server', 'ca', 'cluster-name'],
      ...['lifetime', 'description', 'group', 'show-token'],
    ] as OptionName[],
  },
  {
    name: ['authority', 'token', 'check'],
    usage: 'FILE --token-file FILE',
    effect: READS,
    words: 1,
    run: runIn(TOKEN, 'tokenCheck'),
    options: ['token-file'],
  },
  {
    name: ['authority', 'create'],
    usage: '-f SPEC --out DIR',
    effect: starts(({ values }) => (values['dry-run'] === true ? undefined : 'authority.files-created')),
    run: runIn(CREATE, 'authorityCreate'),
    options: ['file', 'out', 'dry-run'],
  },
];
