import type { Assessment } from '../model/assess.ts';
import type { BoardFilter } from '../model/board.ts';
import { BOARD_COLUMNS, COLUMN_FACTS } from '../model/board-columns.ts';
import { countStates } from '../model/board-states.ts';
import { columnWords } from '../text/column-words.ts';
import { EXPIRY_STATES, secondsLeft, type ExpiryState } from '../../knowledge/model/credentials/expiry-state.ts';
import { SECOND_MS, epochMs, type Instant } from '../../shared/instant.ts';
import type { Language, MessageKey, MessageValues, Translate } from '../../shared/text/text.ts';
import { formatBareUtc, formatInstant, formatSpan } from '../../shared/text/time.ts';
import { escapeHtml, htmlDocument } from '../../formats/html.ts';
import { STATE_SHAPES, STATE_STYLE } from './state-look.ts';

export interface BoardText {
  board: readonly Assessment[];
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

/** Returns one HTML file without scripts or external resources. Every value is escaped. */
export function boardHtml({ board, now, filter, translate }: BoardText): string {
  const language = translate('report.lang') as Language;
  const html = (key: MessageKey, values?: MessageValues) => escapeHtml(translate(key, values));
  const nowMs = epochMs(now);
  const words = columnWords(
    translate,
    {
      end: ({ notAfterMs, assumed }) =>
        (notAfterMs === undefined ? '' : formatBareUtc(notAfterMs, language)) +
        (assumed ? ` (${translate('report.assumed')})` : ''),
      left: (ms) => formatSpan(secondsLeft(ms, nowMs) * SECOND_MS, language),
    },
    STATE_SHAPES,
  );
  const counts = countStates(board);
  const filterText = describeFilter(filter, translate);
  const isAnyAssumed = board.some(({ row }) => row.assumed);
  const taken = { moment: formatInstant(now, language, 'utc'), zone: translate('time.utc') };
  const paragraphs = [
    `<p class="lead">${escapeHtml(headline(counts, board.length, translate))}</p>`,
    `<p class="meta">${html('report.taken', taken)}</p>`,
    ...(filterText === '' ? [] : [`<p class="meta">${html('report.filtered', { filter: filterText })}</p>`]),
  ];
  const stateCell = (state: ExpiryState) => `<td class="state ${state}">${escapeHtml(words.state(state))}</td>`;
  const summary = EXPIRY_STATES.filter((state) => counts[state] > 0).map(
    (state) => `<tr>${stateCell(state)}<td class="number">${counts[state]}</td></tr>`,
  );
  const columns = BOARD_COLUMNS.map((id) => {
    const { text, isFigures, reportHead = `column.${id}` as const } = COLUMN_FACTS[id];
    const className = isFigures ? ' class="number"' : '';
    return {
      head: `<th scope="col"${className}>${html(reportHead)}</th>`,
      cell: (one: Assessment) =>
        id === 'state' ? stateCell(one.state) : `<td${className}>${escapeHtml(text(one, words))}</td>`,
    };
  });
  const lines = board.map((one) => `<tr>${columns.map(({ cell }) => cell(one)).join('')}</tr>`);
  return htmlDocument({
    language,
    title: translate('report.title'),
    style: STATE_STYLE + STYLE,
    body: `<h1>${html('report.title')}</h1>
${paragraphs.join('\n')}
<h2>${html('report.summary')}</h2>
<table class="summary"><thead><tr><th scope="col">${html('column.state')}</th><th scope="col" class="number">${html('report.column.count')}</th></tr></thead><tbody>
${summary.join('\n')}
</tbody></table>
<h2>${html('report.table')}</h2>
<table><thead><tr>${columns.map(({ head }) => head).join('')}</tr></thead><tbody>
${lines.join('\n')}
</tbody></table>
${isAnyAssumed ? `<p class="meta">${html('report.assumed.note')}</p>\n` : ''}<p class="meta">${html('report.thresholds.note')}</p>`,
  });
}

function headline(counts: Record<ExpiryState, number>, total: number, translate: Translate): string {
  const { expired, urgent } = counts;
  const overdue = counts['renewal-overdue'] + counts.stalled;
  const attention = expired + urgent + overdue;
  return attention === 0
    ? translate('report.headline.fine', { total })
    : translate('report.headline.attention', { attention, expired, urgent, overdue, rest: total - attention });
}

function describeFilter({ query, states, layers }: BoardFilter, translate: Translate): string {
  const words = query.trim();
  const names = [
    ...states.map((state) => translate(`state.${state}`)),
    ...layers.map((each) => translate(`layer.${each}`)),
  ];
  return [words === '' ? '' : translate('report.filter.query', { query: words }), names.join(', ')]
    .filter((part) => part !== '')
    .join('; ');
}
