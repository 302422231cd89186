import type { Finding } from '../../shared/finding.ts';
import { answer } from '../../shared/verb/answer.ts';
import { findingsExitCode, noticeFindings } from '../../shared/verb/findings.ts';
import { localTime } from '../../shared/verb/time.ts';
import type { Invocation } from '../../shared/verb/invocation.ts';
import { tabulate } from '../../shared/verb/table.ts';
import { listEntries } from '../export/audit-view.ts';
import { auditService } from '../service.ts';
import type { ExitCode } from '../../shared/verb/usage.ts';
import { badValue, requireOption } from '../../shared/verb/values.ts';
import { openTrailToRead } from './trail.ts';

const FORMATS = ['csv', 'json'] as const;
const SHA256_HEX = /^[0-9a-f]{64}$/iu;

export async function auditList(invocation: Invocation): Promise<ExitCode> {
  const { line, translate } = invocation;
  const { search: query = '', action } = line.values;
  const entries = await listEntries(await openTrailToRead(invocation), { query, action }, translate);
  const heads = (['at', 'by', 'action', 'subject', 'params'] as const).map((head) => translate(`cli.audit.${head}`));
  const rows = entries.map(({ line: number, at, by, action: done, subject, params }) => [
    String(number),
    localTime(invocation, at),
    by,
    done,
    subject.length > 16 ? `${subject.slice(0, 16)}…` : subject,
    Object.entries(params)
      .map(([name, value]) => `${name}=${JSON.stringify(value)}`)
      .join(' '),
  ]);
  const columns = [{ head: translate('cli.audit.line'), align: 'right' } as const, ...heads];
  return answer(invocation, { entries }, tabulate(columns, rows));
}

export async function auditExport(invocation: Invocation): Promise<ExitCode> {
  const { ports, world, translate, translateFile } = invocation;
  const out = requireOption(invocation, 'out');
  const format = FORMATS.find((each) => out.toLowerCase().endsWith(`.${each}`));
  if (format === undefined) throw badValue('--out', out, '.csv, .json');
  const path = world.absolute(out);
  const service = auditService({ ports, trail: await openTrailToRead(invocation), translate: () => translateFile });
  const { bytes, sha256 } = await service.export({ format, target: ports.tickets.issue(path, `write:${format}`) });
  return answer(invocation, { file: { path, bytes, sha256 } }, translate('cli.file.written', { path }));
}

/** `arcwarden audit verify`: exits with code 1 if the trail has faults or lacks the hash in `--head`. */
export async function auditVerify(invocation: Invocation): Promise<ExitCode> {
  const { line, translate } = invocation;
  const expected = line.values.head;
  if (expected !== undefined && !SHA256_HEX.test(expected)) throw badValue('--head', expected, 'SHA-256');
  const audit = await openTrailToRead(invocation);
  const { lines, head, faults } = await audit.verify();
  // `expected` need not be the last hash: lines may have been added since.
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
  const document = { lines, head, faults, intact: findings.length === 0 };
  answer(invocation, document, translate('cli.audit.verified', { lines, head, faults: findings.length }));
  noticeFindings(invocation, findings);
  return findingsExitCode(findings);
}
