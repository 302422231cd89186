import { LIFETIME_CLASSES } from '../../../../core/knowledge/model/credentials/lifetimes.ts';
import { expect, test } from 'vitest';
import { EMPTY_FILTER } from '../../../../core/expiry/model/board.ts';
import { DEFAULT_SORT } from '../../../../core/expiry/model/board-order.ts';
import type { ExportFormat } from '../../../../core/expiry/contract.ts';
import type { BoardRow } from '../../../../core/inventory/model/board-row.ts';
import type { ClusterId, CredentialId } from '../../../../core/shared/ids.ts';
import { DAY_MS, HOUR_MS, instant, epochMs } from '../../../../core/shared/instant.ts';
import { boardText } from '../../../../core/expiry/export/board-export.ts';
import { boardRecords, listBoard, type BoardSelection } from '../../../../core/expiry/export/board-records.ts';
import { translator } from '../../../../core/shared/text/text.ts';

const NOW = instant('2026-11-24T12:00:00Z');
const NOW_MS = epochMs(NOW);

function aRow(name: string, leftMs: number | undefined, changes: Partial<BoardRow> = {}): BoardRow {
  return {
    id: name.padEnd(64, '0') as CredentialId,
    clusterId: 'retail-east-00000000' as ClusterId,
    cluster: 'retail-east',
    kind: 'certificate',
    layer: 'kubernetes',
    role: 'apiserver',
    name,
    issuer: 'kubernetes',
    ...(leftMs === undefined ? {} : { notBeforeMs: NOW_MS + leftMs - 4 * DAY_MS, notAfterMs: NOW_MS + leftMs - 1_000 }),
    assumed: false,
    endsWithIssuer: false,
    lifetimeClass: 'kubernetes-leaf',
    search: name,
    numbers: '',
    ...changes,
  };
}

const selection = (rows: BoardRow[], language: 'en' | 'ja' = 'en'): BoardSelection => ({
  rows,
  filter: EMPTY_FILTER,
  sort: DEFAULT_SORT,
  now: NOW,
  classes: LIFETIME_CLASSES,
  translate: translator(language),
});

const recordsIn = (given: BoardSelection) => boardRecords(listBoard(given), NOW);
const textIn = (format: ExportFormat, given: BoardSelection): string =>
  boardText(format, { ...given, board: listBoard(given) });

test('records are sorted by urgency and contain the seconds left', () => {
  const records = recordsIn(selection([aRow('fine', 3 * DAY_MS), aRow('late', -HOUR_MS), aRow('soon', 5 * HOUR_MS)]));
  expect(records.map(({ name, state, secondsLeft }) => ({ name, state, secondsLeft }))).toEqual([
    { name: 'late', state: 'expired', secondsLeft: -3600 },
    { name: 'soon', state: 'urgent', secondsLeft: 18_000 },
    { name: 'fine', state: 'fine', secondsLeft: 259_200 },
  ]);
});

test('rows can be filtered by state and words, including role names in the chosen language', () => {
  const rows = [aRow('a', 3 * DAY_MS), aRow('b', -HOUR_MS, { role: 'cluster-ca' })];
  const exportNames = (query: string, language: 'en' | 'ja') =>
    recordsIn({ ...selection(rows, language), filter: { ...EMPTY_FILTER, query } }).map(({ name }) => name);
  expect(exportNames(translator('ja')('role.cluster-ca'), 'ja')).toEqual(['b']);
  expect(exportNames(translator('en')('role.cluster-ca'), 'en')).toEqual(['b']);
  expect(
    recordsIn({ ...selection(rows), filter: { ...EMPTY_FILTER, states: ['fine'] } }).map(({ name }) => name),
  ).toEqual(['a']);
});

test('the CSV has one header line with the documented fields and one line per credential', () => {
  const rows = [aRow('=cmd', DAY_MS / 2), aRow('token', undefined, { kind: 'token' })];
  const lines = textIn('csv', selection(rows)).slice(1).split('\r\n');
  expect(lines[0]).toBe(
    'state,cluster,layer,role,name,issuer,kind,notBefore,notAfter,renewalDueAt,secondsLeft,assumed,id,sample,clusterId,confirmedAt,obstacle,endsWithIssuer',
  );
  expect(lines[1]).toContain(",'=cmd,");
  expect(lines[2]).toContain('unknown,retail-east,kubernetes,apiserver,token,kubernetes,token,,,,,false,');
  expect(lines).toHaveLength(4);
});

test('the JSON is one document with all records', () => {
  const given = selection([aRow('a', DAY_MS)]);
  expect(JSON.parse(textIn('json', given))).toEqual({ generatedAt: NOW, credentials: recordsIn(given) });
});

test('the report shows a name with HTML in it as text, never as markup', () => {
  const name = `<img src=x onerror="alert('1')">`;
  const html = textIn('html', selection([aRow(name, DAY_MS, { cluster: '</script>' })]));
  expect(html).not.toContain('<img');
  expect(html).not.toContain('<script');
  expect(html).not.toContain('</script');
  expect(html).toContain('&#60;img src=x onerror=&#34;alert(&#39;1&#39;)&#34;&#62;');
});

test('the report contains no references to external resources, and declares its language', () => {
  const html = textIn('html', selection([aRow('a', DAY_MS)], 'ja'));
  expect(html).toContain('<html lang="ja">');
  expect(html).not.toMatch(/(?:src|href)=/u);
  expect(html).toContain('2026年11月24日 12:00 UTC');
});

test('the report states its filter and which dates are assumed', () => {
  const filter = { ...EMPTY_FILTER, query: 'kms', states: ['expired' as const] };
  const row = aRow('kms', -DAY_MS, { kind: 'token', assumed: true, lifetimeClass: 'moc-identity' });
  const html = textIn('html', { ...selection([row]), filter });
  expect(html).toContain('search “kms”; expired'.replace('expired', translator('en')('state.expired')));
  expect(html).toContain('(assumed)');
});
