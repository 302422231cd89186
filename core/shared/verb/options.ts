import type { Instant } from '../instant.ts';
import type { Language } from '../text/text.ts';

/*
 * There is one table for all verbs because the command line is parsed before its verb is known: an option takes a value
 * for every verb or for none.
 */

const TEXTS = [
  ...['data', 'now', 'lang', 'absent', 'account', 'action', 'at', 'build', 'by', 'ca', 'ca-file', 'chain'],
  ...['client-type', 'cloud-agent-fqdn', 'cluster-name', 'clusters', 'deployment', 'description'],
  ...[
    'encryption',
    'etcd-client-issuer',
    'export-passphrase-file',
    'fail-on',
    'file',
    'format',
    'from',
    'head',
    'horizon',
  ],
  ...['host-ip', 'host-name', 'hours', 'i-understand', 'ics', 'into', 'invalidity-date', 'issuer', 'key-algorithm'],
  ...['kind', 'kubeconfig', 'lead', 'lifetime', 'location', 'login-file', 'longest', 'mail-server'],
  ...['markdown', 'name', 'new-cluster', 'new-passphrase-file', 'not-before', 'note', 'off', 'off-since'],
  ...['off-until', 'out', 'outage', 'pace', 'passphrase-file', 'port', 'prometheus', 'provider', 'purpose', 'reason'],
  ...['register', 'resource', 'resume', 'roots', 'script', 'search', 'secret', 'secret-env', 'secret-file'],
  ...['security', 'serial-spelling', 'server', 'since', 'sort', 'target', 'task-xml', 'token-days'],
  ...['token-file', 'until', 'update-on', 'url', 'user', 'validity', 'weekdays', 'zone'],
] as const;
const FLAGS = [
  ...['json', 'help', 'version', 'clustered', 'csv', 'der', 'descending', 'disable', 'dry-run', 'due', 'enable'],
  ...['event-log', 'foreign', 'html', 'no-ca-file', 'no-secret', 'no-updates', 'notify', 'operating-system'],
  ...['other-user', 'show-token', 'watch', 'with-key', 'without-repair', 'yes'],
] as const;
const LISTS = [
  ...['accept', 'allow', 'blackout', 'cluster', 'credential', 'crl', 'dns', 'failure', 'found', 'group', 'inventory'],
  ...['ip', 'layer', 'minutes', 'node', 'revocations', 'serial', 'skip', 'state', 'to', 'value'],
] as const;

export type TextOption = (typeof TEXTS)[number];
export type ListOption = (typeof LISTS)[number];
type Flag = (typeof FLAGS)[number];
export type OptionName = TextOption | Flag | ListOption;

export type OptionValues = Partial<
  Record<TextOption, string | undefined> & Record<Flag, boolean | undefined> & Record<ListOption, string[] | undefined>
>;

function describeAll<Name extends string, Kind>(names: readonly Name[], kind: Kind): Record<Name, Kind> {
  return Object.fromEntries(names.map((name) => [name, kind])) as Record<Name, Kind>;
}

export const OPTIONS = {
  ...describeAll(TEXTS, { type: 'string' } as const),
  ...describeAll(FLAGS, { type: 'boolean' } as const),
  ...describeAll(LISTS, { type: 'string', multiple: true } as const),
  file: { type: 'string', short: 'f' },
  help: { type: 'boolean', short: 'h' },
} as const;

export const GLOBAL_OPTIONS = ['data', 'now', 'lang', 'json', 'help', 'version'] as const satisfies OptionName[];

/** `words` are the arguments other than options, in order. */
export interface ProgramArguments {
  words: string[];
  values: OptionValues;
  json: boolean;
  now: Instant | undefined;
  language: Language | undefined;
}
