import { toMilliseconds } from '../../shared/instant.ts';
import { EXPIRY_STATES, type ExpiryState } from '../model/lifetime.ts';
import type { BoardRecord } from '../export/board-records.ts';
import { isMessageKey, type Language, type Translate } from '../../text/text.ts';
import { formatInstant, formatSpan } from '../../text/time.ts';
import { tableLines } from '../../cli/table.ts';

/** The console's state symbols, using characters that every console font has. */
const SHAPES: Record<ExpiryState, string> = {
  expired: '■',
  urgent: '▲',
  stalled: '⧖',
  'renewal-overdue': '△',
  'not-yet-valid': '◇',
  'renewal-due': '◐',
  unknown: '?',
  fine: '○',
};

/** The board as text: counts by state, then one line per credential. Ends with a newline. */
export function boardTable(records: readonly BoardRecord[], language: Language, translate: Translate): string {
  if (records.length === 0) return `${translate('cli.board.empty')}\n`;
  const text = (key: string): string => (isMessageKey(key) ? translate(key) : key);
  const counted = EXPIRY_STATES.flatMap((state) => {
    const count = records.filter((record) => record.state === state).length;
    return count === 0 ? [] : [`${SHAPES[state]} ${count} ${translate(`state.${state}`)}`];
  });
  const rows = records.map((record) => [
    `${SHAPES[record.state]} ${translate(`state.${record.state}`)}`,
    record.sample ? translate('sample.name', { name: record.cluster }) : record.cluster,
    text(`layer.${record.layer}`),
    text(`role.${record.role}`),
    record.name,
    record.notAfter === null ? '' : formatInstant(toMilliseconds(record.notAfter), language, 'local'),
    record.secondsLeft === null ? '' : formatSpan(record.secondsLeft * 1_000, language),
    record.assumed ? translate('report.assumed') : '',
  ]);
  const lines = tableLines(
    [
      { head: translate('column.state'), align: 'left' },
      { head: translate('column.cluster'), align: 'left' },
      { head: translate('column.layer'), align: 'left' },
      { head: translate('column.role'), align: 'left' },
      { head: translate('column.name'), align: 'left' },
      { head: translate('column.expires'), align: 'right' },
      { head: translate('column.left'), align: 'right' },
      { head: '', align: 'left' },
    ],
    rows,
  );
  return [counted.join('   '), '', ...lines, ''].join('\n');
}
