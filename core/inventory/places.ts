import { KNOWN_PLACES } from './model/known-places.ts';
import type { KnownPlace, LookedPlace, PlaceState } from './model/known-place.ts';
import { ConsoleError } from '../shared/problem.ts';
import type { Ports } from '../shared/ports.ts';

export type PlacePorts = Pick<Ports, 'files' | 'processes'>;

/** The drive of an unreachable server responds after a minute or never; a sleeping disk responds sooner than this. */
const ANSWER_WITHIN_MS = 3_000;
/** Limit on the folders that `<version>` matches; a host keeps few builds. */
const MOST_VERSIONS = 200;
const VERSION = '<version>';

const WINDOWS_VARIABLE = /^%(\w+)%/u;
const POSIX_VARIABLE = /^\$(\w+)/u;

/** Places with the same `base` are on the same drive; an unresponsive drive is queried only once. */
interface Spot {
  place: KnownPlace;
  base: string;
  path: string;
  without?: Pick<LookedPlace, 'state' | 'reason'>;
}

/**
 * Checks once whether each path exists, and lists the folders below AKS's working folder; reads no file. A place that
 * cannot be checked does not hide the others. Takes a few seconds at most.
 */
export async function lookAtPlaces(ports: PlacePorts): Promise<LookedPlace[]> {
  const isWindows = ports.processes.platform === 'win32';
  const spots = KNOWN_PLACES.filter(({ system }) => (system === 'windows') === isWindows).flatMap((place) =>
    resolvePlace(ports, place),
  );
  const found = new Map<Spot, LookedPlace[]>();
  const bases = new Set(spots.map(({ base }) => base));
  await Promise.all(
    [...bases].map(async (common) => {
      let isSilent = false;
      for (const spot of spots.filter(({ base }) => base === common)) {
        const looked: LookedPlace[] = isSilent
          ? [describePlace(spot, { state: 'no-answer' })]
          : await look(ports, spot);
        isSilent ||= looked.some(({ state }) => state === 'no-answer');
        found.set(spot, looked);
      }
    }),
  );
  const paths = new Set<string>();
  return spots
    .flatMap((spot) => found.get(spot) ?? [])
    .filter(({ path }) => {
      // Windows file names are case-insensitive.
      const name = isWindows ? path.toLowerCase() : path;
      const isNew = !paths.has(name);
      paths.add(name);
      return isNew;
    });
}

function resolvePlace({ files, processes }: PlacePorts, place: KnownPlace): Spot[] {
  const { pattern, system, onlyIfSet } = place;
  const variable = (system === 'windows' ? WINDOWS_VARIABLE : POSIX_VARIABLE).exec(pattern);
  if (variable === null) return [{ place, base: '', path: pattern }];
  const [whole, name = ''] = variable;
  const value = processes.environment(name);
  if (value === undefined) {
    const without = { state: 'not-named', reason: name } as const;
    return onlyIfSet ? [] : [{ place, base: name, path: pattern, without }];
  }
  const rest = pattern.slice(whole.length);
  const separator = system === 'windows' ? ';' : ':';
  const values = rest === '' ? value.split(separator).filter((each) => each !== '') : [value];
  return values.map((each) => {
    const path = each.replace(/[\\/]+$/u, '') + rest;
    return { place, base: name, path: isAbsolute(path) ? path : files.absolute(path) };
  });
}

function isAbsolute(path: string): boolean {
  return /^(?:[A-Za-z]:)?[\\/]/u.test(path);
}

async function look(ports: PlacePorts, spot: Spot): Promise<LookedPlace[]> {
  if (spot.without !== undefined) return [describePlace(spot, spot.without)];
  const at = spot.path.indexOf(VERSION);
  if (at < 0) return [await lookAtOne(ports, spot)];
  const parent = await lookAtOne(ports, { ...spot, path: spot.path.slice(0, at - 1) });
  if (parent.state !== 'there') return [{ ...parent, path: spot.path }];
  const names = await attempt(() => ports.files.list(parent.path));
  if (!Array.isArray(names)) return [describePlace(spot, names)];
  const before = spot.path.slice(0, at);
  const after = spot.path.slice(at + VERSION.length);
  const there: LookedPlace[] = [];
  for (const name of names.slice(0, MOST_VERSIONS)) {
    const one = await lookAtOne(ports, { ...spot, path: before + name + after });
    if (one.state !== 'absent') there.push(one);
  }
  return there.length > 0 ? there : [describePlace(spot, { state: 'absent' })];
}

async function lookAtOne({ files }: PlacePorts, spot: Spot): Promise<LookedPlace> {
  const facts = await attempt(() => files.facts(spot.path, { withinMs: ANSWER_WITHIN_MS }));
  if ('state' in facts) return describePlace(spot, facts);
  return describePlace(spot, { state: facts.kind === 'other' ? 'not-a-file' : 'there' });
}

function describePlace(
  { place: { kind, citations }, path }: Spot,
  outcome: Pick<LookedPlace, 'state' | 'reason'>,
): LookedPlace {
  return { kind, path, ...outcome, citations };
}

const STATES: Readonly<Record<string, PlaceState>> = { EACCES: 'denied', EPERM: 'denied', ETIMEDOUT: 'no-answer' };

/** Returns the outcome of a check, or why it failed. Rethrows unexpected errors, which are bugs. */
async function attempt<T>(work: () => Promise<T>): Promise<T | Pick<LookedPlace, 'state' | 'reason'>> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof ConsoleError)) throw error;
    if (error.code === 'file.not-found') return { state: 'absent' };
    const reason = String(error.params['reason'] ?? '');
    const state = STATES[reason];
    return state === undefined ? { state: 'unreadable', reason } : { state };
  }
}
