import type { BoardRow } from '../../inventory/model/board-row.ts';
import type { JudgedFleet } from '../../expiry/model/judged-fleet.ts';
import type { CredentialId } from '../../shared/ids.ts';
import { refuseUnreadable } from '../../shared/problem.ts';
import { readFleet } from '../../expiry/cli/fleet.ts';
import { localTime } from '../../shared/verb/time.ts';
import type { Invocation } from '../../shared/verb/invocation.ts';
import { runWithNotifications, openNotifications } from './notifications.ts';
import { answer } from '../../shared/verb/answer.ts';
import { instantOption, requireOption } from '../../shared/verb/values.ts';
import { tabulate } from '../../shared/verb/table.ts';
import { EXIT, UsageError, type ExitCode } from '../../shared/verb/usage.ts';
import type { Silence, SilenceKind } from '../model/silence.ts';
import { listSilences } from '../service.ts';

const LEAST_ID = 8;

export async function silenceList(invocation: Invocation): Promise<ExitCode> {
  const { line, ports, world, translate } = invocation;
  const notifications = await world.openToRead(invocation, openNotifications);
  const silences = listSilences(notifications, ports.clock.now());
  if (line.json) {
    world.json({ silences });
    return EXIT.fine;
  }
  const { fleet } = await readFleet(invocation, []);
  const rows = new Map(fleet.rows.map((row) => [row.id, row]));
  const heads = ['credential', 'cluster', 'kind', 'until', 'by', 'reason'] as const;
  const columns = heads.map((head) => translate(`cli.silence.${head}`));
  const lines = silences.map(({ credentialId, clusterId, kind, until, by, reason }) => [
    rows.get(credentialId)?.name ?? credentialId.slice(0, LEAST_ID),
    rows.get(credentialId)?.cluster ?? clusterId,
    translate(`cli.silence.kind.${kind}`),
    localTime(invocation, until),
    by,
    reason,
  ]);
  return answer(
    invocation,
    { silences },
    lines.length === 0 ? translate('watch.marks.none') : tabulate(columns, lines),
  );
}

/**
 * `arcwarden silence snooze CREDENTIAL` and `arcwarden silence acknowledge CREDENTIAL`: each needs an end and a reason.
 */
export function silenceAs(kind: SilenceKind): (invocation: Invocation) => Promise<ExitCode> {
  return async (invocation) => {
    const end = requireOption(invocation, 'until');
    const reason = requireOption(invocation, 'reason');
    const until = instantOption('--until', end);
    const { fleet } = await readFleet(invocation, []);
    const { clusterId, id: credentialId, name } = credentialNamed(fleet, invocation.words[0] ?? '');
    return runWithNotifications(invocation, async ({ service }) => {
      const { marks } = await service.mark({ clusterId, credentialId, kind, reason, until }, invocation.note);
      return tell(invocation, 'cli.silence.added', { name, credentialId, marks });
    });
  };
}

export async function silenceRemove(invocation: Invocation): Promise<ExitCode> {
  const { words } = invocation;
  const { fleet } = await readFleet(invocation, []);
  return runWithNotifications(invocation, async ({ service }) => {
    const { marks } = await service.watch();
    const own = new Set(marks.map(({ credentialId }) => credentialId));
    const rows = fleet.rows.filter(({ id }) => own.has(id));
    const { id: credentialId, name } = credentialNamed({ ...fleet, rows }, words[0] ?? '');
    await service.unmark({ credentialId }, invocation.note);
    return tell(invocation, 'cli.silence.removed', { name, credentialId, marks });
  });
}

function tell(
  invocation: Invocation,
  key: 'cli.silence.added' | 'cli.silence.removed',
  { name, credentialId, marks }: { name: string; credentialId: CredentialId; marks: readonly Silence[] },
): ExitCode {
  const silence = marks.find((each) => each.credentialId === credentialId);
  return answer(invocation, { silence }, invocation.translate(key, { name, until: silence?.until ?? '' }));
}

/**
 * Finds the only credential with this id, beginning of an id, or name. Throws a `UsageError` if none or several match,
 * or `file.not-readable` if the credential may be in a file that cannot be read.
 */
function credentialNamed({ rows, unreadable }: JudgedFleet, wanted: string): BoardRow {
  const word = wanted.toLowerCase();
  const found = rows.filter(({ id, name }) => name === wanted || (word.length >= LEAST_ID && id.startsWith(word)));
  const [only, ...others] = found;
  // A credential in several clusters is still one credential.
  if (only !== undefined && others.every(({ id }) => id === only.id)) return only;
  if (found.length === 0) refuseUnreadable(unreadable);
  throw new UsageError('cli.usage.no-credential', {
    credential: wanted,
    known: found.map(({ id, name, cluster }) => `${id.slice(0, 2 * LEAST_ID)} (${cluster}: ${name})`).join(', ') || '–',
  });
}
