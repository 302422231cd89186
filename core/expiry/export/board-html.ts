import type { BoardFilter } from '../model/board.ts';
import type { Instant } from '../../shared/instant.ts';
import { EXPIRY_STATES, type ExpiryState } from '../../knowledge/model/credentials/expiry-state.ts';
import { isMessageKey, type Language, type MessageKey, type Translate } from '../../shared/text/text.ts';
import { formatBareUtc, formatInstant, formatSpan } from '../../shared/text/time.ts';
import type { BoardRecord } from './board-records.ts';
import { escapeHtml, htmlDocument } from '../../formats/html.ts';
import { STATE_SHAPES, STATE_STYLE } from './state-look.ts';

export interface BoardHtml {
  records: readonly BoardRecord[];
  now: Instant;
  filter: BoardFilter;
  translate: Translate;
}

const STYLE = `
body{margin:32px;max-width:1400px}
.lead{font-size:16px}table{font-size:12px}table.summary{width:auto;min-width:280px}
th,td{padding:5px 12px 5px 0}
@media print{body{margin:0}}
`;

/** One HTML file without scripts or external resources. Every value is escaped. */
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
      translate('report.taken', { moment: formatInstant(now, language, 'utc'), zone: translate('report.zone.utc') }),
    )}</p>`,
    ...(filterText === ''
      ? []
      : [`<p class="meta">${escapeHtml(translate('report.filtered', { filter: filterText }))}</p>`]),
  ];
  const summary = EXPIRY_STATES.filter((state) => (counts.get(state) ?? 0) > 0).map(
    (state) => `<tr>${stateCell(state, translate)}<td class="number">${counts.get(state) ?? 0}</td></tr>`,
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
    const left = record.secondsLeft === null ? '' : formatSpan(record.secondsLeft * 1_000, language);
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
  return htmlDocument({
    language,
    title: translate('report.title'),
    style: STATE_STYLE + STYLE,
    body: `<h1>${escapeHtml(translate('report.title'))}</h1>
${paragraphs.join('\n')}
<h2>${escapeHtml(translate('report.summary'))}</h2>
<table class="summary"><thead><tr><th scope="col">${escapeHtml(translate('column.state'))}</th><th scope="col" class="number">${escapeHtml(translate('report.column.count'))}</th></tr></thead><tbody>
${summary.join('\n')}
</tbody></table>
<h2>${escapeHtml(translate('report.table'))}</h2>
<table><thead><tr>${heads}<th scope="col" class="number">${escapeHtml(translate('report.column.notAfter'))}</th><th scope="col" class="number">${escapeHtml(translate('column.left'))}</th></tr></thead><tbody>
${lines.join('\n')}
</tbody></table>
${assumed ? `<p class="meta">${escapeHtml(translate('report.assumed.note'))}</p>\n` : ''}<p class="meta">${escapeHtml(translate('report.thresholds.note'))}</p>`,
  });
}

function stateCell(state: ExpiryState, translate: Translate): string {
  return `<td class="state ${state}">${STATE_SHAPES[state]} ${escapeHtml(translate(`state.${state}`))}</td>`;
}

function headline(counts: ReadonlyMap<ExpiryState, number>, total: number, translate: Translate): string {
  const expired = counts.get('expired') ?? 0;
  const urgent = counts.get('urgent') ?? 0;
  const overdue = (counts.get('renewal-overdue') ?? 0) + (counts.get('stalled') ?? 0);
  const attention = expired + urgent + overdue;
  return attention === 0
    ? translate('report.headline.fine', { total })
    : translate('report.headline.attention', { attention, expired, urgent, overdue, rest: total - attention });
}

/** The active filter in words; `''` when there is none. */
function describeFilter(filter: BoardFilter, translate: Translate): string {
  const names = [
    ...filter.states.map((state) => translate(`state.${state}`)),
    ...filter.layers.map((layer) => translate(`layer.${layer}`)),
  ];
  const parts = [
    ...(filter.query.trim() === '' ? [] : [translate('report.filter.query', { query: filter.query.trim() })]),
    ...(names.length === 0 ? [] : [translate('report.filter.list', { names: names.join(', ') })]),
  ];
  return parts.join('; ');
}
