import type { Ports } from './ports.ts';

/** By code, the values that the texts `problem.<code>` and `problem.<code>.remedy` may use. */
export const PROBLEM_VALUES = {
  'argument.invalid': ['reason'],
  'audit.not-writable': ['path'],
  'audit.end-missing': ['path'],
  'ticket.unknown': [],
  'file.not-found': ['path'],
  'file.not-readable': ['path'],
  'file.too-large': ['path'],
  'file.not-writable': ['path'],
  'file.not-flushed': ['path'],
  'file.stream-name': ['path'],
  'file.not-regular': ['path'],
  'file.device-name': ['path'],
  'store.absent': ['path'],
  'store.locked': ['path'],
  'store.lock-lost': ['path'],
  'store.newer': ['path', 'schema', 'known'],
  'store.not-writable': ['path'],
  'store.not-flushed': ['path'],
  'store.too-large': ['path', 'limitMiB'],
  'shared.address-invalid': ['fault', 'name'],
  'shared.away': ['detail'],
  'shared.refused': ['fault', 'version', 'known'],
  'shared.conflict': ['cluster', 'by', 'at'],
  'shared.unknown': ['request'],
  'shared.claimed': ['name', 'by', 'until'],
  'shared.folder-in-use': ['path'],
  'shared.not-empty': ['path'],
  'shared.incomplete': ['path'],
  'shared.not-joined': ['path'],
  'cluster.unknown': ['cluster'],
  'cluster.name-invalid': ['name'],
  'cluster.name-taken': ['name'],
  'cluster.not-alike': ['cluster', 'other'],
  'cluster.not-forgotten': ['cluster'],
  'cluster.renamed-since': ['cluster'],
  'cluster.merged': ['cluster', 'other'],
  'revocation.unknown': ['name'],
  'credential.unknown': [],
  'credential.ambiguous': ['word'],
  'import.nothing-found': ['path'],
  'import.partly-saved': ['path', 'clusters'],
  'import.partly-saved-lock-lost': ['path', 'clusters'],
  'import.partly-saved-newer': ['path', 'schema', 'known', 'clusters'],
  'import.partly-saved-not-readable': ['path', 'clusters'],
  'import.partly-saved-too-large': ['path', 'limitMiB', 'clusters'],
  'import.cancelled': ['clusters'],
  'export.nothing-to-write': [],
  'print.not-available': [],
  'print.failed': ['reason'],
  'passphrase.too-short': ['minimum'],
  'passphrase.wrong': ['authority'],
  'keyring.absent': ['authority'],
  'keyring.exists': ['authority'],
  'keyring.locked': ['authority'],
  'keyring.cost': ['path', 'n', 'r', 'p'],
  'key-file.missing': ['path'],
  'key-file.damaged': ['path', 'damage'],
  'key-file.foreign': ['path'],
  'key-file.newer': ['path', 'version', 'known'],
  'authority.entry-unknown': ['authority'],
  'authority.key-elsewhere': ['name'],
  'authority.no-signer': ['authority', 'issuer'],
  'authority.not-cloud-agent': ['authority'],
  'issue.profile-is-root': ['profile'],
  'issue.key-not-allowed': ['profile', 'algorithm', 'allowed'],
  'issue.issuer-not-allowed': ['profile', 'issuer', 'allowed'],
  'issue.value-missing': ['profile', 'value'],
  'issue.value-unknown': ['profile', 'value', 'known'],
  'issue.value-invalid': ['value', 'text'],
  'issue.too-many-values': ['value', 'most'],
  'issue.name-too-long': ['text', 'longest'],
  'issue.validity-invalid': ['reason', 'authority', 'notAfter'],
  'renew.not-possible': ['name', 'reason'],
  'revoke.is-root': ['name'],
  'revoke.already': ['name', 'at'],
  'revoke.date-in-future': ['date'],
  'export.option-missing': ['format', 'option'],
  'export.server-invalid': ['server'],
  'export.not-for-kubeconfig': ['name'],
  'authority.unknown': ['authority'],
  'authority.damaged': ['authority', 'path'],
  'authority.name-taken': ['name'],
  'authority.name-invalid': ['longest'],
  'vault.not-available': [],
  'identity.unknown': ['identity'],
  'identity.name-taken': ['identity'],
  'identity.name-invalid': ['fault', 'longest'],
  'identity.validity-invalid': ['days', 'longest'],
  'identity.token-required': ['reason', 'identity'],
  'identity.certificate-expired': ['identity', 'notAfter'],
  'identity.certificate-refused': ['reason'],
  'identity.revoked': ['identity'],
  'identity.not-revoked': ['identity'],
  'identity.request-refused': ['reason'],
  'access-role.unknown': ['role', 'nearest'],
  'access-role.name-invalid': ['fault', 'longest'],
  'access-role.name-taken': ['role'],
  'access-role.built-in': ['role'],
  'access-role.assigned': ['role', 'count', 'identities'],
  'access-role.invalid': ['path', 'count'],
  'access-role.not-assigned': ['identity', 'role'],
  'renewal.refused': ['reason'],
  'rotation.refused': ['reason', 'count', 'until'],
  'csr.unreadable': ['reason'],
  'csr.file-unreadable': ['path', 'reason', 'unit', 'at'],
  'csr.bad-signature': ['algorithm'],
  'csr.weak-key': ['key'],
  'csr.no-name': [],
  'csr.several': ['path', 'count'],
  'csr.foreign-names': ['names', 'profile'],
  'csr.profile-is-root': ['profile'],
  'csr.not-approved': ['name', 'state'],
  'csr.already-issued': ['name'],
  'csr.refused': ['name', 'rule'],
  'csr.authority-expired': ['authority', 'notAfter'],
  'bootstrap-token.bad-group': ['group'],
  'spec.invalid': ['path', 'count'],
  'creation.outdated': ['path'],
  'sample.folder-in-use': ['path'],
  'lab.absent': ['path'],
  'lab.damaged': ['path'],
  'lab.folder-in-use': ['path'],
  'lab.machine-unknown': ['machine', 'known'],
  'lab.machine-failed': ['machine', 'path'],
  'lab.not-running': ['path'],
  'lab.refused': ['code', 'detail'],
  'program.not-found': ['program'],
  'program.not-started': ['program', 'reason'],
  'program.timed-out': ['program', 'seconds'],
  'program.too-talkative': ['program', 'limit'],
  'program.failed': ['program', 'exitCode'],
  'delivery.failed': ['reason', 'target', 'detail'],
  'tls.failed': ['address', 'port', 'reason'],
  'tls.identity-invalid': ['address', 'port'],
  'tls.port-taken': ['address', 'port'],
  'mark.over': ['until'],
  'outage.changed': ['cluster', 'by', 'state'],
  'outage.invalid': ['fault', 'longest'],
  'channel.unknown': [],
  'channel.not-confirmed': ['server'],
  'channel.not-available': ['channel'],
  'channel.secret-missing': ['place', 'name'],
  'channel.invalid': ['field', 'reason'],
  'plan.rules-invalid': ['field', 'value'],
  'plan.nothing-planned': [],
  'plan.deployment-needed': ['names'],
  'plan.account-invalid': ['account'],
  'plan.account-needs-password': ['account'],
  'revocation.not-understood': ['phrase'],
  'revocation.document-unknown': [],
  'revocation.secret-in-text': ['line'],
  'revocation.too-large': ['limit'],
  'revocation.too-many': ['most'],
  'revocation.not-sound': [],
  'revocation.not-editable': [],
  'revocation.choice-gone': [],
  'revocation.no-file': [],
  'revocation.file-changed': ['path'],
  'revocation.undo-taken': ['path'],
  'revocation.undo-left': ['path', 'undo'],
  'revocation.not-text': ['path'],
  'evidence.not-text': ['path'],
  'evidence.too-long': ['path', 'longest'],
  'run.unknown': ['run'],
  'run.cluster-busy': ['cluster'],
  'run.hosts-busy': [],
  'run.command-runs': ['pid'],
  'run.not-recorded': ['run', 'path'],
  'run.not-in-inventory': [],
  'run.plan-changed': [],
  'run.nothing-to-do': [],
  'run.sample-only': ['cluster'],
  'run.no-lab': ['cluster'],
  'run.bad-host': ['name'],
  'run.not-asked': [],
  'run.request-missing': ['file'],
  'run.other-target': ['run', 'target', 'given'],
  'run.damaged': ['file', 'copy'],
  'run.program-missing': ['program', 'steps'],
  'run.not-confirmed': [],
  'run.command-changed': ['step', 'file'],
  'run.of-another-release': ['step', 'file', 'madeBy', 'release'],
  internal: ['id'],
} as const satisfies Record<string, readonly string[]>;

export type ProblemCode = keyof typeof PROBLEM_VALUES;
export const PROBLEM_CODES = Object.keys(PROBLEM_VALUES) as readonly ProblemCode[];

/** The values that a problem must have; further values are for the log. */
export type ProblemParams<C extends ProblemCode> = Record<(typeof PROBLEM_VALUES)[C][number], string | number> &
  Record<string, string | number>;

/** `logId` names the log entry of an internal error. */
export interface Problem {
  code: ProblemCode;
  params: Record<string, string | number>;
  logId?: string;
}

type ProblemArguments = {
  [C in ProblemCode]: [code: C, params: ProblemParams<C>, options?: ErrorOptions];
}[ProblemCode];

/** Thrown inside `core` for expected failures; becomes a `Problem` only at the boundary. */
export class ConsoleError extends Error {
  readonly code: ProblemCode;
  readonly params: Record<string, string | number>;

  constructor(...[code, params, options]: ProblemArguments) {
    super(code, options);
    this.name = 'ConsoleError';
    this.code = code;
    this.params = params;
  }
}

/**
 * Throws the first problem found when reading files. Must precede any report that something is missing, which may be in
 * an unreadable file.
 */
export function refuseUnreadable([problem]: readonly ConsoleError[] = []): void {
  if (problem !== undefined) throw problem;
}

export type Result<T> = { ok: true; value: T } | { ok: false; problem: Problem };

/** Never contains a secret, a token or a key. */
export interface AuditFacts {
  subject?: string | undefined;
  [fact: string]: string | number | boolean | undefined;
}

/** Adds facts to the last audit line of the current action. With `code`, the action counts as failed. */
export type Note = (facts: AuditFacts) => void;

/**
 * The methods of a feature as its service implements them: they return the value itself, and throw a `ConsoleError` for
 * an expected failure. The window gets each answer as a `Result`. Methods that change or export something may add facts
 * to the audit trail.
 */
export type Service<Api> = {
  [M in keyof Api]: Api[M] extends (...given: infer G) => Promise<Result<infer T>>
    ? (...given: [...G, note?: Note]) => T | Promise<T>
    : never;
};

export type Answer = <T>(work: () => T | Promise<T>) => Promise<Result<T>>;

/** Turns a `ConsoleError` into its problem; anything else is logged under an id and becomes `internal`. */
export async function runForResult<T>(
  ports: Pick<Ports, 'ids' | 'log'>,
  work: () => T | Promise<T>,
): Promise<Result<T>> {
  try {
    return { ok: true, value: await work() };
  } catch (error) {
    return { ok: false, problem: problemFromError(ports, error) };
  }
}

export async function unlessProblem<T>(work: Promise<T>): Promise<T | undefined> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof ConsoleError) return undefined;
    throw error;
  }
}

/** Logs only the type and the stack of a bug, never its message. */
export function problemFromError(ports: Pick<Ports, 'ids' | 'log'>, error: unknown): Problem {
  if (error instanceof ConsoleError) return { code: error.code, params: error.params };
  const logId = ports.ids.next();
  const facts: Record<string, string> =
    error instanceof Error ? { type: error.name, stack: listFrames(error) } : { type: typeof error };
  ports.log.write('error', 'unexpected error', { id: logId, ...facts });
  return { code: 'internal', params: { id: logId }, logId };
}

function listFrames(error: Error): string {
  return (error.stack ?? '')
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .slice(0, 12)
    .join('\n');
}
