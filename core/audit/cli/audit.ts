import { toMilliseconds } from '../../shared/instant.ts';
import type { Finding } from '../../shared/finding.ts';
import { formatInstant } from '../../shared/text/time.ts';
import { noticeFindings } from '../../shared/verb/findings.ts';
import type { Invocation } from '../../shared/verb/invocation.ts';
import { tableLines } from '../../shared/verb/table.ts';
import { listEntries } from '../export/audit-view.ts';
import { auditService } from '../service.ts';
import { EXIT, UsageError, type ExitCode } from '../../shared/verb/usage.ts';
import { openTrailToRead } from './trail.ts';

const FORMATS = ['csv', 'json'] as const;
const SHA256_HEX = /^[0-9a-f]{64}$/iu;

/** `arcwarden audit list`: every entry, or those that a search fits, oldest first. */
export async function auditList(invocation: Invocation): Promise<ExitCode> {
  const { line, world, translate, language } = invocation;
  const { search: query = '', action } = line.values;
  const entries = await listEntries(await openTrailToRead(invocation), { query, action }, translate);
  if (line.json) world.json({ entries });
  else {
    const heads = ['line', 'at', 'by', 'action', 'subject', 'params'] as const;
    const columns = heads.map((head) => ({
      head: translate(`cli.audit.${head}`),
      align: head === 'line' ? ('right' as const) : ('left' as const),
    }));
    const rows = entries.map(({ line: number, at, by, action, subject, params }) => [
      String(number),
      formatInstant(toMilliseconds(at), language, 'local'),
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

/** `arcwarden audit export --out FILE`: every line as it is, as CSV or JSON by the end of the name. */
export async function auditExport(invocation: Invocation): Promise<ExitCode> {
  const { line, ports, world, translate, translateFile } = invocation;
  if (line.values.out === undefined) throw new UsageError('cli.usage.option-needed', { option: '--out' });
  const format = FORMATS.find((each) => line.values.out?.toLowerCase().endsWith(`.${each}`));
  if (format === undefined)
    throw new UsageError('cli.usage.bad-value', { option: '--out', value: line.values.out, allowed: '.csv, .json' });
  const path = world.absolute(line.values.out);
  const service = auditService({ ports, trail: await openTrailToRead(invocation), translate: () => translateFile });
  const { bytes, sha256 } = await service.export({ format, target: ports.tickets.issue(path, `write:${format}`) });
  if (line.json) world.json({ file: { path, bytes, sha256 } });
  else world.out(`${translate('cli.file.written', { path })}\n`);
  return EXIT.fine;
}

/** `arcwarden audit verify`: exit 1 when a line is not what was written. */
export async function auditVerify(invocation: Invocation): Promise<ExitCode> {
  const { line, world, translate } = invocation;
  const expected = line.values.head;
  if (expected !== undefined && !SHA256_HEX.test(expected))
    throw new UsageError('cli.usage.bad-value', { option: '--head', value: expected, allowed: 'SHA-256' });
  const audit = await openTrailToRead(invocation);
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
  if (line.json) world.json({ lines, head, faults, intact: findings.length === 0 });
  else world.out(`${translate('cli.audit.verified', { lines, head, faults: findings.length })}\n`);
  noticeFindings(invocation, findings);
  return findings.length === 0 ? EXIT.fine : EXIT.attention;
}
