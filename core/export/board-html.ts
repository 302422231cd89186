import type { BoardFilter } from '../domain/board.ts';
import type { Instant } from '../domain/instant.ts';
import { EXPIRY_STATES } from '../domain/lifetime.ts';
import type { ExpiryState } from '../domain/lifetime.ts';
import { isMessageKey } from '../language/text.ts';
import type { Language, MessageKey, Translate } from '../language/text.ts';
import { formatBareUtc, formatInstant, formatSpan } from '../language/time.ts';
import type { BoardRecord } from './board-records.ts';

export interface BoardHtml {
  records: readonly BoardRecord[];
  now: Instant;
  filter: BoardFilter;
  translate: Translate;
}

/** Colour is never alone: each state also has its shape and its word. Dark enough for 4.5:1 on white, and in grey print. */
const LOOK: Record<ExpiryState, { shape: string; colour: string }> = {
  expired: { shape: '■', colour: '#a4262c' },
  urgent: { shape: '▲', colour: '#b4440b' },
  stalled: { shape: '⧖', colour: '#8f4700' },
  'renewal-overdue': { shape: '△', colour: '#8a5300' },
  'not-yet-valid': { shape: '◷', colour: '#5c2e91' },
  'renewal-due': { shape: '◐', colour: '#0f548c' },
  unknown: { shape: '?', colour: '#5c5c5c' },
  fine: { shape: '○', colour: '#3b3b3b' },
};

const STYLE = `
body{font:14px/1.5 "Segoe UI","Yu Gothic UI",Meiryo,"Noto Sans CJK JP",system-ui,sans-serif;color:#1b1b1b;background:#fff;margin:32px;max-width:1400px}
h1{font-size:28px;font-weight:600;margin:0 0 4px}h2{font-size:16px;margin:24px 0 8px}p{max-width:72ch;margin:4px 0}
.lead{font-size:16px}.meta{color:#5c5c5c;font-size:12px}
table{border-collapse:collapse;width:100%;font-size:12px}th,td{text-align:left;padding:5px 12px 5px 0;border-bottom:1px solid #dcdcdc;vertical-align:top}
th{border-bottom:1px solid #767676;font-weight:600}td.number,th.number{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
td.state{white-space:nowrap;font-weight:600}table.summary{width:auto;min-width:280px}
${EXPIRY_STATES.map((state) => `.${state}{color:${LOOK[state].colour}}`).join('')}
tr{break-inside:avoid}thead{display:table-header-group}@media print{body{margin:0}}
`;

/** One HTML file without scripts and without anything fetched from elsewhere. Every value is escaped. */
export function boardHtml({ records, now, filter, translate }: BoardHtml): string {
  const language = translate('report.lang') as Language;
  const text = (key: string): string => (isMessageKey(key) ? translate(key) : key);
  const counts = new Map<ExpiryState, number>(EXPIRY_STATES.map((state) => [state, 0]));
  for (const { state } of records) counts.set(state, (counts.get(state) ?? 0) + 1);
  const filterText = describeFilter(filter, translate);
  const assumed = records.some((record) => record.assumed);
  const paragraphs = [
    `<p class="lead">${escapeHtml(headline(counts, records.length, translate))}</p>`,
    `<p class="meta">${escapeHtml(
      translate('report.taken', {
        moment: formatInstant(now, language, 'utc'),
        zone: translate('report.zone.utc'),
      }),
    )}</p>`,
    ...(filterText === ''
      ? []
      : [
          `<p class="meta">${escapeHtml(translate('report.filtered', { filter: filterText }))}</p>`,
        ]),
  ];
  const summary = EXPIRY_STATES.filter((state) => (counts.get(state) ?? 0) > 0).map(
    (state) =>
      `<tr>${stateCell(state, translate)}<td class="number">${counts.get(state) ?? 0}</td></tr>`,
  );
  const columns: MessageKey[] = [
    'column.state',
    'column.cluster',
    'column.layer',
    'column.role',
    'column.name',
    'column.issuer',
  ];
  const lines = records.map((record) => {
    const left =
      record.secondsLeft === null ? '' : formatSpan(record.secondsLeft * 1_000, language);
    const end = record.notAfter === null ? '' : formatBareUtc(record.notAfter, language);
    const note = record.assumed ? ` (${translate('report.assumed')})` : '';
    const cells = [
      record.sample ? translate('sample.name', { name: record.cluster }) : record.cluster,
      text(`layer.${record.layer}`),
      text(`role.${record.role}`),
      record.name,
      record.issuer,
    ];
    return `<tr>${stateCell(record.state, translate)}${cells.map((cell) => `<td>${escapeHtml(cell)}</td>`).join('')}<td class="number">${escapeHtml(end + note)}</td><td class="number">${escapeHtml(left)}</td></tr>`;
  });
  const heads = columns.map((key) => `<th scope="col">${escapeHtml(translate(key))}</th>`).join('');
  return `<!doctype html>
<html lang="${language}"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'"><meta name="viewport" content="width=device-width"><title>Arcwarden: ${escapeHtml(translate('report.title'))}</title><style>${STYLE}</style></head>
<body><h1>${escapeHtml(translate('report.title'))}</h1>
${paragraphs.join('\n')}
<h2>${escapeHtml(translate('report.summary'))}</h2>
<table class="summary"><thead><tr><th scope="col">${escapeHtml(translate('column.state'))}</th><th scope="col" class="number">${escapeHtml(translate('report.column.count'))}</th></tr></thead><tbody>
${summary.join('\n')}
</tbody></table>
<h2>${escapeHtml(translate('report.table'))}</h2>
<table><thead><tr>${heads}<th scope="col" class="number">${escapeHtml(translate('report.column.notAfter'))}</th><th scope="col" class="number">${escapeHtml(translate('column.left'))}</th></tr></thead><tbody>
${lines.join('\n')}
</tbody></table>
${assumed ? `<p class="meta">${escapeHtml(translate('report.assumed.note'))}</p>\n` : ''}<p class="meta">${escapeHtml(translate('report.thresholds.note'))}</p>
</body></html>
`;
}

function stateCell(state: ExpiryState, translate: Translate): string {
  return `<td class="state ${state}">${LOOK[state].shape} ${escapeHtml(translate(`state.${state}`))}</td>`;
}

function headline(
  counts: ReadonlyMap<ExpiryState, number>,
  total: number,
  translate: Translate,
): string {
  const expired = counts.get('expired') ?? 0;
  const urgent = counts.get('urgent') ?? 0;
  const overdue = (counts.get('renewal-overdue') ?? 0) + (counts.get('stalled') ?? 0);
  const attention = expired + urgent + overdue;
  return attention === 0
    ? translate('report.headline.fine', { total })
    : translate('report.headline.attention', {
        attention,
        expired,
        urgent,
        overdue,
        rest: total - attention,
      });
}

/** What narrows the board, in words; `''` when nothing does. */
function describeFilter(filter: BoardFilter, translate: Translate): string {
  const names = [
    ...filter.states.map((state) => translate(`state.${state}`)),
    ...filter.layers.map((layer) => translate(`layer.${layer}`)),
  ];
  const parts = [
    ...(filter.query.trim() === ''
      ? []
      : [translate('report.filter.query', { query: filter.query.trim() })]),
    ...(names.length === 0 ? [] : [translate('report.filter.list', { names: names.join(', ') })]),
  ];
  return parts.join('; ');
}

/** Text made safe for HTML content and double-quoted attributes. */
function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/gu, (character) => `&#${character.codePointAt(0) ?? 0};`);
}
