import { msOf } from '../shared/instant.ts';
import type { Finding } from '../shared/finding.ts';
import { formatInstant } from '../text/time.ts';
import { findingLines } from '../cli/findings.ts';
import type { Invocation } from '../cli/invocation.ts';
import { tableLines } from '../cli/table.ts';
import { EXIT, UsageError, type ExitCode } from '../cli/usage.ts';
import type { Verb } from '../cli/verb.ts';

const SHA256_HEX = /^[0-9a-f]{64}$/iu;

/** What is asked of the audit trail. */
export const AUDIT_VERBS: readonly Verb[] = [
  { name: ['audit', 'list'], words: { least: 0, most: 0 }, options: [], run: auditList },
  { name: ['audit', 'verify'], words: { least: 0, most: 0 }, options: ['head'], run: auditVerify },
];

/** `arcwarden audit list`: every entry, oldest first. */
async function auditList({ line, ports, world, dataFolder, translate, language }: Invocation): Promise<ExitCode> {
  const { audit } = await world.readNotifications(ports, dataFolder);
  const entries = await audit.list();
  if (line.json) world.out(`${JSON.stringify({ entries }, null, 2)}\n`);
  else {
    const heads = ['line', 'at', 'by', 'action', 'subject', 'params'] as const;
    const columns = heads.map((head) => ({
      head: translate(`cli.audit.${head}`),
      align: head === 'line' ? ('right' as const) : ('left' as const),
    }));
    const rows = entries.map(({ line: number, at, by, action, subject, params }) => [
      String(number),
      formatInstant(msOf(at), language, 'local'),
      by,
      action,
      subject.length > 16 ? `${subject.slice(0, 16)}…` : subject,
      Object.entries(params)
        .map(([name, value]) => `${name}=${JSON.stringify(value)}`)
        .join(' '),
    ]);
    world.out(`${tableLines(columns, rows).join('\n')}\n`);
  }
  return EXIT.fine;
}

/** `arcwarden audit verify`: exit 1 when a line is not what was written. */
async function auditVerify({ line, ports, world, dataFolder, translate }: Invocation): Promise<ExitCode> {
  const expected = line.values.head;
  if (expected !== undefined && !SHA256_HEX.test(expected))
    throw new UsageError('cli.usage.bad-value', { option: '--head', value: expected, allowed: 'SHA-256' });
  const { audit } = await world.readNotifications(ports, dataFolder);
  const { lines, head, faults } = await audit.verify();
  // One that was noted elsewhere is still in the trail when some line has it.
  const knowsHead = expected === undefined || (await audit.has(expected.toLowerCase()));
  const findings: Finding[] = faults.map(({ rule, line: number }) => ({
    rule,
    severity: 'error',
    place: { path: audit.path, line: number },
    params: { line: number },
  }));
  if (!knowsHead)
    findings.push({
      rule: 'audit.head-unknown',
      severity: 'error',
      place: { path: audit.path },
      params: { head: expected },
    });
  if (line.json) world.out(`${JSON.stringify({ lines, head, faults, intact: findings.length === 0 }, null, 2)}\n`);
  else world.out(`${translate('cli.audit.verified', { lines, head, faults: findings.length })}\n`);
  for (const finding of findings) for (const text of findingLines(finding, translate)) world.notice(text);
  return findings.length === 0 ? EXIT.fine : EXIT.attention;
}
