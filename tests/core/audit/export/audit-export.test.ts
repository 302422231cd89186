import { createHash } from 'node:crypto';
import { beforeEach, describe, expect, test } from 'vitest';
import { AUDIT_ACTIONS } from '../../../../core/shared/contract/audit-action.ts';
import { exportAudit } from '../../../../core/audit/export/audit-export.ts';
import { auditPage, auditVerdict } from '../../../../core/audit/export/audit-view.ts';
import { LANGUAGES, translator } from '../../../../core/shared/text/text.ts';
import { CATALOGUES } from '../../../support/catalogues.ts';
import { AuditTrail } from '../../../../core/audit/store/audit.ts';
import { MemoryFiles, testPorts } from '../../../support/ports.ts';

const TRAIL = '/data/audit.jsonl';
const sha256 = (text: string | Buffer): string => createHash('sha256').update(text).digest('hex');

let files: MemoryFiles;
let ports: ReturnType<typeof testPorts>;
let trail: AuditTrail;

beforeEach(async () => {
  files = new MemoryFiles();
  ports = testPorts(files);
  trail = await AuditTrail.open(ports, '/data');
  const by = 'CORP\\管理者';
  await trail.append({
    by,
    action: 'credential.snoozed',
    subject: 'ab'.repeat(32),
    params: { name: 'apiserver', cluster: 'retail-east', reason: '=HYPERLINK("x")' },
  });
  await trail.append({ by, action: 'channel.added', subject: '=1+1', params: { enabled: true } });
  await trail.append({ by: 'root', action: 'revocation.written', subject: 'lost-laptop' });
});

async function runExport(format: 'json' | 'csv'): Promise<string> {
  const path = `/out/audit.${format}`;
  const saved = await exportAudit(ports, { format, path, lines: trail.check() });
  const bytes = await files.read(path, 1e6);
  expect(saved).toEqual({ name: `audit.${format}`, bytes: bytes.length, sha256: sha256(Buffer.from(bytes)) });
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
}

interface Exported {
  generatedAt: string;
  entries: {
    line: number;
    sha256: string;
    text: string | null;
    base64?: string;
    entry: { previous: string } | null;
    faults: string[];
  }[];
  verdict: { lines: number; head: string; intact: boolean; faults: unknown[] };
}

/** Checks an export as described in docs/data-formats.md, without code from Arcwarden; returns one text per fault. */
function checkByHand({ entries, verdict }: Exported): string[] {
  const found: string[] = [];
  let before = '0'.repeat(64);
  for (const { line, sha256: named, text, base64, entry } of entries) {
    const hash = sha256(text ?? Buffer.from(base64 ?? '', 'base64'));
    if (hash !== named) found.push(`${line} hash`);
    if (text !== null && entry !== null) expect(JSON.parse(text)).toEqual(entry);
    if (entry?.previous !== before) found.push(`${line} chain`);
    before = hash;
  }
  if (verdict.head !== before) found.push('head');
  return found;
}

describe('an export as JSON', () => {
  test('contains every line unchanged, and its hashes match when they are computed again', async () => {
    const document = JSON.parse(await runExport('json')) as Exported;
    expect(document.generatedAt).toBe('2026-11-24T12:00:00Z');
    expect(document.entries.map(({ text }) => `${text}\n`).join('')).toBe(
      new TextDecoder().decode(await files.read(TRAIL, 1e6)),
    );
    expect(checkByHand(document)).toEqual([]);
    expect(document.verdict).toMatchObject({ lines: 3, intact: true, faults: [] });
  });

  test('reports a changed line, both at that line and in the verdict', async () => {
    const bytes = Uint8Array.from(await files.read(TRAIL, 1e6));
    bytes[bytes.indexOf(0x0a) + 30] = 0xff;
    files.put(TRAIL, bytes);
    const document = JSON.parse(await runExport('json')) as Exported;
    expect(document.entries.map(({ faults }) => faults)).toEqual([
      [],
      ['audit.line-unreadable'],
      ['audit.chain-broken'],
    ]);
    expect(document.verdict.intact).toBe(false);
    expect(document.verdict.faults).toHaveLength(2);
    // Line 3 no longer contains the hash of line 2.
    expect(checkByHand(document)).toEqual(['2 chain', '3 chain']);
  });

  test('contains no entries if the trail is empty', async () => {
    files.drop(TRAIL);
    files.drop('/data/audit-head.json');
    trail = await AuditTrail.open(ports, '/data');
    const document = JSON.parse(await runExport('json')) as Exported;
    expect(document).toMatchObject({ entries: [], verdict: { lines: 0, intact: true } });
  });
});

describe('an export as CSV', () => {
  test('has a row for each line, then the verdict, and nothing that a spreadsheet would execute', async () => {
    const text = await runExport('csv');
    const records = text.split('\r\n');
    expect(records[0]).toBe('\uFEFFline,at,by,action,subject,params,previous,sha256,faults');
    expect(records).toHaveLength(6);
    expect(records[2]).toMatch(/^2,2026-11-24T12:00:00Z,CORP\\管理者,channel\.added,'=1\+1,/u);
    expect(records[1]).toContain('"{""name"":""apiserver""');
    const { head } = await trail.verify();
    expect(records[4]).toBe(`,2026-11-24T12:00:00Z,,audit.verdict,intact,"{""lines"":3}",,${head},`);
  });

  test('reports a changed line, both at that line and in the verdict', async () => {
    const text = new TextDecoder().decode(await files.read(TRAIL, 1e6));
    files.put(TRAIL, text.replace('channel.added', 'channel.adorn'));
    const records = (await runExport('csv')).split('\r\n');
    expect(records.map((record) => record.split(',').at(-1))).toEqual([
      'faults',
      '',
      '',
      'audit.chain-broken',
      '3 audit.chain-broken',
      '',
    ]);
    expect(records[4]).toContain('not-intact');
  });
});

describe('a page of the trail for the window', () => {
  const lines = async (request: { query?: string; action?: string }, language: 'en' | 'ja' = 'en') =>
    (await auditPage(trail, { limit: 10, ...request }, translator(language))).lines.map(({ line }) => line);

  test('finds entries by action and by words from any field, in the language of the window', async () => {
    expect(await lines({})).toEqual([3, 2, 1]);
    expect(await lines({ query: 'RETAIL-east' })).toEqual([1]);
    expect(await lines({ query: '管理者 added' })).toEqual([2]);
    expect(await lines({ query: 'チャネル' }, 'ja')).toEqual([2]);
    expect(await lines({ query: 'チャネル' }, 'en')).toEqual([]);
    expect(await lines({ query: 'lost-laptop', action: 'revocation.written' })).toEqual([3]);
    expect(await lines({ query: 'lost-laptop', action: 'channel.added' })).toEqual([]);
  });

  test('shows an unreadable line in its position, but excludes it from searches', async () => {
    const text = new TextDecoder().decode(await files.read(TRAIL, 1e6));
    files.put(TRAIL, text.replace(/\n.*?\n/u, '\nkaputt\n'));
    const page = await auditPage(trail, { limit: 10 }, translator('en'));
    expect(page.lines.map(({ line, entry }) => [line, entry?.subject])).toEqual([
      [3, 'lost-laptop'],
      [2, undefined],
      [1, 'ab'.repeat(32)],
    ]);
    expect(await lines({ query: 'kaputt' })).toEqual([]);
  });

  test('lists only the first faults, but counts all of them', async () => {
    files.put(TRAIL, 'x\n'.repeat(1_000));
    const verdict = await auditVerdict(trail);
    expect(verdict.faults).toHaveLength(200);
    expect(verdict.faultCount).toBe(1_002);
  });
});

test('every action has a description in both languages', () => {
  for (const language of LANGUAGES)
    for (const action of AUDIT_ACTIONS) {
      const key = `audit.action.${action}` as const;
      expect(CATALOGUES[language][key], `${language} ${key}`).toMatch(/./u);
    }
});
