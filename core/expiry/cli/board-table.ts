import { SECOND_MS, epochMs, type Instant } from '../../shared/instant.ts';
import { TERMINAL_SHAPES } from '../export/state-look.ts';
import type { Assessment } from '../model/assess.ts';
import { BOARD_COLUMNS, COLUMN_FACTS } from '../model/board-columns.ts';
import { countStates } from '../model/board-states.ts';
import { columnWords } from '../text/column-words.ts';
import { EXPIRY_STATES, secondsLeft } from '../../knowledge/model/credentials/expiry-state.ts';
import { formatSpan } from '../../shared/text/time.ts';
import { localTime } from '../../shared/verb/time.ts';
import type { Invocation } from '../../shared/verb/invocation.ts';
import { importCommand } from '../../shared/verb/own-command.ts';
import { eachLine } from '../../shared/verb/table.ts';

/** Returns the board as text, in parts of whole lines: counts by state, then one line per credential. */
export function boardTableParts(board: readonly Assessment[], now: Instant, invocation: Invocation): string[] {
  const { language, translate } = invocation;
  if (board.length === 0) return [`${translate('cli.board.empty', { command: importCommand(invocation) })}\n`];
  const nowMs = epochMs(now);
  const counts = countStates(board);
  const counted = EXPIRY_STATES.filter((state) => counts[state] > 0).map(
    (state) => `${TERMINAL_SHAPES[state]} ${counts[state]} ${translate(`state.${state}`)}`,
  );
  const formatTime = memoize((ms: number) => localTime(invocation, ms));
  const words = columnWords(
    translate,
    {
      end: ({ notAfterMs }) => (notAfterMs === undefined ? '' : formatTime(notAfterMs)),
      left: memoize((ms) => formatSpan(secondsLeft(ms, nowMs) * SECOND_MS, language)),
    },
    TERMINAL_SHAPES,
  );
  const assumed = translate('report.assumed');
  const columns = BOARD_COLUMNS.map((id) => ({ ...COLUMN_FACTS[id], head: translate(`column.${id}`) })).filter(
    ({ isWide }) => !isWide,
  );
  const rows = board.map((one) => [...columns.map(({ text }) => text(one, words)), one.row.assumed ? assumed : '']);
  const heads = columns.map(({ head, isFigures }) => ({ head, align: isFigures ? 'right' : 'left' }) as const);
  return [`${counted.join('   ')}\n\n`, ...joinLines(eachLine([...heads, ''], rows))];
}

function memoize<K, V>(make: (key: K) => V): (key: K) => V {
  const made = new Map<K, V>();
  return (key) => {
    let value = made.get(key);
    if (value === undefined) made.set(key, (value = make(key)));
    return value;
  };
}

/** Parts of this size keep lines short-lived, which makes garbage collection cheap. */
const LINES_AT_ONCE = 1_000;

function joinLines(lines: Iterable<string>): string[] {
  const parts: string[] = [];
  let some: string[] = [];
  for (const line of lines) {
    some.push(line);
    if (some.length < LINES_AT_ONCE) continue;
    parts.push(`${some.join('\n')}\n`);
    some = [];
  }
  if (some.length > 0) parts.push(`${some.join('\n')}\n`);
  return parts;
}
