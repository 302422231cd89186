import type { Instant } from '../instant.ts';
import type { Language } from '../text/text.ts';

/**
 * The options of all verbs, of which each verb lists its own. There is only one table because the command line is
 * parsed before its verb is known: an option takes a value for every verb or for none.
 */
export const OPTIONS = {
  data: { type: 'string' },
  now: { type: 'string' },
  lang: { type: 'string' },
  json: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean' },
  absent: { type: 'string' },
  account: { type: 'string' },
  action: { type: 'string' },
  at: { type: 'string' },
  build: { type: 'string' },
  ca: { type: 'string' },
  'ca-file': { type: 'string' },
  chain: { type: 'string' },
  'client-type': { type: 'string' },
  'cloud-agent-fqdn': { type: 'string' },
  'cluster-name': { type: 'string' },
  clusters: { type: 'string' },
  deployment: { type: 'string' },
  description: { type: 'string' },
  encryption: { type: 'string' },
  'export-passphrase-file': { type: 'string' },
  'fail-on': { type: 'string' },
  file: { type: 'string', short: 'f' },
  format: { type: 'string' },
  from: { type: 'string' },
  head: { type: 'string' },
  horizon: { type: 'string' },
  'host-ip': { type: 'string' },
  'host-name': { type: 'string' },
  hours: { type: 'string' },
  'i-understand': { type: 'string' },
  ics: { type: 'string' },
  into: { type: 'string' },
  'invalidity-date': { type: 'string' },
  'key-algorithm': { type: 'string' },
  kind: { type: 'string' },
  kubeconfig: { type: 'string' },
  lead: { type: 'string' },
  lifetime: { type: 'string' },
  'login-file': { type: 'string' },
  longest: { type: 'string' },
  'mail-server': { type: 'string' },
  markdown: { type: 'string' },
  name: { type: 'string' },
  'new-cluster': { type: 'string' },
  'new-passphrase-file': { type: 'string' },
  'not-before': { type: 'string' },
  off: { type: 'string' },
  'off-since': { type: 'string' },
  'off-until': { type: 'string' },
  out: { type: 'string' },
  'passphrase-file': { type: 'string' },
  port: { type: 'string' },
  prometheus: { type: 'string' },
  purpose: { type: 'string' },
  reason: { type: 'string' },
  register: { type: 'string' },
  resume: { type: 'string' },
  roots: { type: 'string' },
  script: { type: 'string' },
  search: { type: 'string' },
  secret: { type: 'string' },
  'secret-env': { type: 'string' },
  'secret-file': { type: 'string' },
  security: { type: 'string' },
  'serial-spelling': { type: 'string' },
  server: { type: 'string' },
  sort: { type: 'string' },
  target: { type: 'string' },
  'task-xml': { type: 'string' },
  'token-days': { type: 'string' },
  'token-file': { type: 'string' },
  until: { type: 'string' },
  'update-on': { type: 'string' },
  url: { type: 'string' },
  user: { type: 'string' },
  validity: { type: 'string' },
  weekdays: { type: 'string' },
  zone: { type: 'string' },
  clustered: { type: 'boolean' },
  csv: { type: 'boolean' },
  der: { type: 'boolean' },
  descending: { type: 'boolean' },
  disable: { type: 'boolean' },
  'dry-run': { type: 'boolean' },
  enable: { type: 'boolean' },
  'event-log': { type: 'boolean' },
  foreign: { type: 'boolean' },
  html: { type: 'boolean' },
  'no-ca-file': { type: 'boolean' },
  'no-secret': { type: 'boolean' },
  'no-updates': { type: 'boolean' },
  notify: { type: 'boolean' },
  'operating-system': { type: 'boolean' },
  'other-user': { type: 'boolean' },
  'show-token': { type: 'boolean' },
  'with-key': { type: 'boolean' },
  'without-repair': { type: 'boolean' },
  yes: { type: 'boolean' },
  accept: { type: 'string', multiple: true },
  allow: { type: 'string', multiple: true },
  blackout: { type: 'string', multiple: true },
  cluster: { type: 'string', multiple: true },
  credential: { type: 'string', multiple: true },
  crl: { type: 'string', multiple: true },
  dns: { type: 'string', multiple: true },
  failure: { type: 'string', multiple: true },
  group: { type: 'string', multiple: true },
  inventory: { type: 'string', multiple: true },
  ip: { type: 'string', multiple: true },
  layer: { type: 'string', multiple: true },
  minutes: { type: 'string', multiple: true },
  node: { type: 'string', multiple: true },
  revocations: { type: 'string', multiple: true },
  serial: { type: 'string', multiple: true },
  skip: { type: 'string', multiple: true },
  state: { type: 'string', multiple: true },
  to: { type: 'string', multiple: true },
  value: { type: 'string', multiple: true },
} as const;

type OptionTable = typeof OPTIONS;
export type OptionName = keyof OptionTable;

export type OptionValues = { [Name in OptionName]?: OptionValue<OptionTable[Name]> | undefined };

type OptionValue<Option> = Option extends { type: 'boolean' }
  ? boolean
  : Option extends { multiple: true }
    ? string[]
    : string;

export const GLOBAL_OPTIONS = ['data', 'now', 'lang', 'json', 'help', 'version'] as const satisfies OptionName[];

/** `words` are the arguments other than options, in order. */
export interface ProgramArguments {
  words: string[];
  values: OptionValues;
  json: boolean;
  now: Instant | undefined;
  language: Language | undefined;
}
