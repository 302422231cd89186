import { SECOND_MS, toMilliseconds, type Instant } from '../../shared/instant.ts';
import type { Assessment } from '../model/assess.ts';
import { EXPIRY_STATES, secondsLeft, type ExpiryState } from '../model/lifetime.ts';
import { isMessageKey, type Language, type Translate } from '../../text/text.ts';
import { formatInstant, formatSpan } from '../../text/time.ts';
import { eachLine } from '../../cli/table.ts';

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

interface TableWords {
  language: Language;
  translate: Translate;
}

/** The board as text: counts by state, then one line per credential. Ends with a newline. */
export function boardTable(board: readonly Assessment[], now: Instant, { language, translate }: TableWords): string {
  if (board.length === 0) return `${translate('cli.board.empty')}\n`;
  const nowMs = toMilliseconds(now);
  const counts = new Map<ExpiryState, number>();
  for (const { state } of board) counts.set(state, (counts.get(state) ?? 0) + 1);
  const counted = EXPIRY_STATES.flatMap((state) => {
    const count = counts.get(state);
    return count === undefined ? [] : [`${SHAPES[state]} ${count} ${translate(`state.${state}`)}`];
  });
  const words = new Map<string, string>();
  /** A text that thousands of rows have, made once. */
  const word = (key: string): string => {
    let text = words.get(key);
    if (text === undefined) words.set(key, (text = isMessageKey(key) ? translate(key) : key));
    return text;
  };
  const states = new Map(EXPIRY_STATES.map((state) => [state, `${SHAPES[state]} ${translate(`state.${state}`)}`]));
  const rows = board.map(({ row, state }) => [
    states.get(state)!,
    row.sample ? translate('sample.name', { name: row.cluster }) : row.cluster,
    word(`layer.${row.layer}`),
    word(`role.${row.role}`),
    row.name,
    row.notAfterMs === undefined ? '' : formatInstant(row.notAfterMs, language, 'local'),
    row.notAfterMs === undefined ? '' : formatSpan(secondsLeft(row.notAfterMs, nowMs) * SECOND_MS, language),
    row.assumed ? word('report.assumed') : '',
  ]);
  const lines = eachLine(
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
  return `${counted.join('   ')}\n\n${joinLines(lines)}\n`;
}

/** Many at once become one text before the next are made: what is not kept costs no collecting. */
const LINES_AT_ONCE = 1_000;

function joinLines(lines: Iterable<string>): string {
  const texts: string[] = [];
  let some: string[] = [];
  for (const line of lines) {
    if (some.length === LINES_AT_ONCE) {
      texts.push(some.join('\n'));
      some = [];
    }
    some.push(line);
  }
  texts.push(some.join('\n'));
  return texts.join('\n');
}
