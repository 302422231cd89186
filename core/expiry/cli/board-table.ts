import { SECOND_MS, toMilliseconds, type Instant } from '../../shared/instant.ts';
import type { RoleId } from '../../knowledge/model/credentials/credentials.ts';
import type { Layer } from '../../shared/ids.ts';
import { TERMINAL_SHAPES } from '../export/state-look.ts';
import type { Assessment } from '../model/assess.ts';
import { EXPIRY_STATES, secondsLeft, type ExpiryState } from '../../knowledge/model/credentials/expiry-state.ts';
import { formatSpan } from '../../shared/text/time.ts';
import { localTime } from '../../shared/verb/time.ts';
import type { Invocation } from '../../shared/verb/invocation.ts';
import { importCommand } from '../../shared/verb/own-command.ts';
import { eachLine } from '../../shared/verb/table.ts';

/**
 * The board as text, in parts of whole lines: counts by state, then one line per credential.
 */
export function boardTableParts(board: readonly Assessment[], now: Instant, invocation: Invocation): string[] {
  const { language, translate } = invocation;
  if (board.length === 0) return [`${translate('cli.board.empty', { command: importCommand(invocation) })}\n`];
  const nowMs = toMilliseconds(now);
  const counts = new Map<ExpiryState, number>();
  for (const { state } of board) counts.set(state, (counts.get(state) ?? 0) + 1);
  const counted = EXPIRY_STATES.flatMap((state) => {
    const count = counts.get(state);
    return count === undefined ? [] : [`${TERMINAL_SHAPES[state]} ${count} ${translate(`state.${state}`)}`];
  });
  const ofState = remembered((state: ExpiryState) => `${TERMINAL_SHAPES[state]} ${translate(`state.${state}`)}`);
  const ofSample = remembered((name: string) => translate('sample.name', { name }));
  const ofLayer = remembered((layer: Layer) => translate(`layer.${layer}`));
  const ofRole = remembered((role: RoleId) => translate(`role.${role}`));
  const ofEnd = remembered((ms: number) => ({
    expires: localTime(invocation, ms),
    left: formatSpan(secondsLeft(ms, nowMs) * SECOND_MS, language),
  }));
  const assumed = translate('report.assumed');
  const rows = board.map(({ row, state }) => {
    const end = row.notAfterMs === undefined ? NO_END : ofEnd(row.notAfterMs);
    return [
      ofState(state),
      row.sample ? ofSample(row.cluster) : row.cluster,
      ofLayer(row.layer),
      ofRole(row.role),
      row.name,
      end.expires,
      end.left,
      row.assumed ? assumed : '',
    ];
  });
  const lines = eachLine(
    [
      ...(['state', 'cluster', 'layer', 'role', 'name'] as const).map((each) => translate(`column.${each}`)),
      { head: translate('column.expires'), align: 'right' },
      { head: translate('column.left'), align: 'right' },
      '',
    ],
    rows,
  );
  return [`${counted.join('   ')}\n\n`, ...joinLines(lines)];
}

const NO_END = { expires: '', left: '' };

/** What thousands of rows have is made once. */
function remembered<K, V>(make: (key: K) => V): (key: K) => V {
  const made = new Map<K, V>();
  return (key) => {
    let value = made.get(key);
    if (value === undefined) made.set(key, (value = make(key)));
    return value;
  };
}

/** Many at once become one text before the next are made: what is not kept costs no collecting. */
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
