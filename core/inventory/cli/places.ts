import type { LookedPlace } from '../model/known-place.ts';
import { lookAtPlaces } from '../places.ts';
import { citationText } from '../../shared/text/statement.ts';
import { answer } from '../../shared/verb/answer.ts';
import type { Invocation } from '../../shared/verb/invocation.ts';
import { importCommand } from '../../shared/verb/own-command.ts';
import { tabulate } from '../../shared/verb/table.ts';
import { EXIT, type ExitCode } from '../../shared/verb/usage.ts';
import { citationRecord } from '../../plan/export/plan-records.ts';

/** Exits with 1 if a place could not be checked. */
export async function inventoryPlaces(invocation: Invocation): Promise<ExitCode> {
  const { line, ports, translate, world } = invocation;
  const places = await lookAtPlaces(ports);
  const there = places.filter(({ state }) => state === 'there');
  answer(invocation, { places: places.map(placeRecord) }, placesTable(places, invocation));
  if (!line.json) {
    const paths = there.map(({ path }) => path);
    const command = importCommand(invocation, paths);
    world.notice(translate(paths.length > 0 ? 'cli.places.next' : 'cli.places.none', { command }));
  }
  return places.every(({ state }) => state === 'there' || state === 'absent') ? EXIT.fine : EXIT.attention;
}

function placesTable(places: readonly LookedPlace[], wording: Invocation): string {
  const { translate } = wording;
  return tabulate(
    [
      translate('column.state'),
      translate('column.file'),
      { head: translate('cli.places.column.path'), isWhole: true },
      translate('cli.places.column.source'),
    ],
    places.map(({ kind, path, state, reason = '', citations }) => [
      translate(`places.state.${state}`, { reason }),
      translate(`known-file.${kind}`),
      path,
      citations[0] === undefined ? '' : citationText(citations[0], wording),
    ]),
  );
}

function placeRecord({ kind, path, state, reason, citations }: LookedPlace): object {
  return { kind, path, state, reason: reason ?? null, citations: citations.map(citationRecord) };
}
