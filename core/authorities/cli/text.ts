import { epochMs, type Instant } from '../../shared/instant.ts';
import { formatSpan } from '../../shared/text/time.ts';
import type { CertificateDocument, IdentityRecord, TreeRecord } from './records.ts';
import { localTime } from '../../shared/verb/time.ts';
import type { Invocation } from '../../shared/verb/invocation.ts';
import { tableLines, tabulate } from '../../shared/verb/table.ts';

const INDENT = '  ';

/**
 * Prints, on Windows, the command that restricts a secret file to the account, the system and administrators, because a
 * new file inherits the rights of its folder.
 */
export function tellRights({ ports, translate, world }: Invocation, path: string): void {
  if (ports.processes.platform !== 'win32') return;
  world.notice(translate('cli.key-file.rights', { path, user: ports.host.user() }));
}

export function treeText(reader: Invocation, { entries, identities, rotation }: TreeRecord): string {
  const { translate } = reader;
  const parts = [entriesTable(reader, listIndented(entries))];
  if (rotation !== null) parts.push(translate(`cli.rotation.${rotation.stage}`, { left: rotation.left }));
  if (identities.length > 0) parts.push(identitiesTable(reader, identities));
  return parts.join('\n\n');
}

interface Indented {
  record: CertificateDocument;
  depth: number;
}

function listIndented(entries: readonly CertificateDocument[], issuer = 'self', depth = 0): Indented[] {
  return entries
    .filter((record) => record.issuer === issuer)
    .flatMap((record) => [{ record, depth }, ...listIndented(entries, record.id, depth + 1)]);
}

function entriesTable(reader: Invocation, rows: readonly Indented[]): string {
  const { translate, language, ports } = reader;
  const now = epochMs(ports.clock.now());
  return tabulate(
    [
      translate('column.name'),
      translate('cli.column.profile'),
      translate('details.serial'),
      translate('details.algorithm'),
      { head: translate('column.expires'), align: 'right' },
      { head: translate('column.left'), align: 'right' },
      translate('column.state'),
    ],
    rows.map(({ record, depth }) => [
      `${INDENT.repeat(depth)}${record.name}`,
      record.profile ?? '',
      record.serialHex,
      record.hasKey ? record.key : translate('cli.key-elsewhere', { key: record.key }),
      localTime(reader, record.notAfter),
      formatSpan(epochMs(record.notAfter) - now, language),
      translate(`cli.state.${getState(record, ports.clock.now())}`),
    ]),
  );
}

/**
 * Returns the state of a certificate. A superseded CA stays in use until it is withdrawn: certificates still chain to
 * it.
 */
function getState(
  { isCa, revoked, supersededBy, notBefore, notAfter }: CertificateDocument,
  now: Instant,
): 'revoked' | 'superseded' | 'expired' | 'not-yet-valid' | 'valid' {
  if (revoked !== null) return 'revoked';
  if (supersededBy !== null && !isCa) return 'superseded';
  if (now > notAfter) return 'expired';
  return now < notBefore ? 'not-yet-valid' : 'valid';
}

export function identitiesTable(reader: Invocation, identities: readonly IdentityRecord[]): string {
  const { translate, ports } = reader;
  const now = ports.clock.now();
  return tabulate(
    [
      translate('authorities.value.identity'),
      translate('authorities.identity.type'),
      { head: translate('details.token'), align: 'right' },
      { head: translate('cli.column.token-ends'), align: 'right' },
      translate('column.state'),
    ],
    identities.map(({ name, clientType, tokenGeneration, tokenExpiresAt, revoked }) => [
      name,
      clientType,
      String(tokenGeneration),
      localTime(reader, tokenExpiresAt),
      revoked
        ? translate('cli.state.revoked')
        : translate(now >= tokenExpiresAt ? 'cli.state.expired' : 'cli.state.valid'),
    ]),
  );
}

export function formatEntry(reader: Invocation, record: CertificateDocument): string {
  const { translate } = reader;
  const { subject, sans, serialHex, notBefore, notAfter, id, key } = record;
  const names = [...sans.dns, ...sans.ip].join(', ');
  const facts: [string, string][] = [
    [translate('details.subject'), subject],
    [translate('cli.fact.names'), names],
    [translate('details.serial'), serialHex],
    ['SHA-256', id],
    [translate('details.algorithm'), key],
    [
      translate('cli.fact.validity'),
      translate('cli.fact.from-to', { from: localTime(reader, notBefore), to: localTime(reader, notAfter) }),
    ],
  ];
  const rows = facts.filter(([, text]) => text !== '').map(([name, text]) => [INDENT + name, text]);
  return tableLines(['', ''], rows).slice(1).join('\n');
}
