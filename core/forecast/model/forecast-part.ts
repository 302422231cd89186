import type { BoardRow } from '../../inventory/model/board-row.ts';
import type { ClusterId, CredentialId } from '../../shared/ids.ts';
import type { ClusterForecast, ForecastAnswer, ForecastEvent } from './forecast.ts';

/* Some clusters of a forecast, as text and numbers: copying a million objects would be slow. Events refer to rows. */

export interface ForecastPart {
  done: number;
  answer: ForecastAnswer;
  clusters: PackedForecast[];
}

export interface PackedForecast {
  clusterId: ClusterId;
  cluster: string;
  sample?: true;
  broken: number;
  breaking: number;
  first?: number;
  because?: number;
  /** JSON of the distinct `Saying`s. */
  sayings: string;
  /** Three numbers per event: saying, row (from 1; 0 for none), and `count` or 0. Persisting past events come first. */
  cells: Uint32Array;
  /** The beginnings of all events, followed by their ends, `NaN` for never. */
  moments: Float64Array;
  /** The numbers of a `StatusSegment` for each row, `NaN` for never. */
  lives: Float64Array;
}

type Saying = Omit<ForecastEvent, 'atMs' | 'recoversMs' | 'count' | 'clusterId'>;

/** Times are in milliseconds since 1970, absent for never. */
export interface StatusSegment {
  renewedMs?: number;
  /** Start and end of validity of the first successor to expire, and when it is usable again (absent for never). */
  endFromMs?: number;
  endMs?: number;
  recoversMs?: number;
}

const CELLS = 3;
const LIFE_NUMBERS = 4;

/** `ids`: the cluster's credentials in the order of its rows. */
export function packForecast(
  { clusterId, cluster, sample, answer, already, events }: ClusterForecast,
  ids: readonly CredentialId[],
  lives: readonly (StatusSegment & { credential: { id: CredentialId } })[],
): PackedForecast {
  const rows = new Map(ids.map((id, row) => [id, row]));
  const all = [...already, ...events];
  const sayings = new Map<string, number>();
  const cells = new Uint32Array(all.length * CELLS);
  const moments = new Float64Array(all.length * 2);
  for (const [place, event] of all.entries()) {
    const { atMs, recoversMs = NaN, count = 0, clusterId: _, credential, credentialKind, role, name, ...rest } = event;
    const row = credential === undefined ? undefined : rows.get(credential);
    const saying: Saying = row === undefined ? { ...rest, credential, credentialKind, role, name } : rest;
    const text = JSON.stringify(saying);
    let number = sayings.get(text);
    if (number === undefined) sayings.set(text, (number = sayings.size));
    cells[place * CELLS] = number;
    cells[place * CELLS + 1] = row === undefined ? 0 : row + 1;
    cells[place * CELLS + 2] = count;
    moments[place] = atMs;
    moments[all.length + place] = recoversMs;
  }
  const numbers = new Float64Array(ids.length * LIFE_NUMBERS).fill(NaN);
  for (const { credential, renewedMs = NaN, endFromMs = NaN, endMs = NaN, recoversMs = NaN } of lives) {
    const row = rows.get(credential.id);
    if (row === undefined) continue;
    const at = row * LIFE_NUMBERS;
    [numbers[at], numbers[at + 1], numbers[at + 2], numbers[at + 3]] = [renewedMs, endFromMs, endMs, recoversMs];
  }
  const { first, because, broken, breaking } = answer;
  return {
    clusterId,
    cluster,
    sample,
    broken,
    breaking,
    first: first && all.indexOf(first),
    because: because && all.indexOf(because),
    sayings: `[${[...sayings.keys()].join(',')}]`,
    cells,
    moments,
    lives: numbers,
  };
}

export class UnpackedForecast {
  readonly answer: ForecastAnswer;
  readonly eventMs: Float64Array;
  readonly #packed: PackedForecast;
  /** Empty if the cluster has changed since the forecast. */
  readonly rows: readonly BoardRow[];
  #sayings: readonly Saying[] | undefined;

  constructor(packed: PackedForecast, rows: readonly BoardRow[]) {
    this.#packed = packed;
    this.rows = rows.length * LIFE_NUMBERS === packed.lives.length ? rows : [];
    this.eventMs = packed.moments.subarray(0, packed.moments.length / 2);
    const { first, because, broken, breaking } = packed;
    const eventAt = (place: number | undefined) => (place === undefined ? undefined : this.event(place));
    this.answer = { first: eventAt(first), because: eventAt(because), broken, breaking };
  }

  event(place: number): ForecastEvent {
    const { clusterId, cells, moments, sayings } = this.#packed;
    this.#sayings ??= JSON.parse(sayings) as Saying[];
    const [saying = 0, row = 0, count = 0] = cells.subarray(place * CELLS, (place + 1) * CELLS);
    const recoversMs = moments[this.eventMs.length + place]!;
    const about = this.rows[row - 1];
    return {
      ...this.#sayings[saying]!,
      atMs: this.eventMs[place]!,
      clusterId,
      ...(about && { credential: about.id, credentialKind: about.kind, role: about.role, name: about.name }),
      ...(!Number.isNaN(recoversMs) && { recoversMs }),
      ...(count > 0 && { count }),
    };
  }

  statusSegment(row: number): StatusSegment {
    const moments = this.#packed.lives.subarray(row * LIFE_NUMBERS, (row + 1) * LIFE_NUMBERS);
    const [renewedMs, endFromMs, endMs, recoversMs] = Array.from(moments, (ms) => (Number.isNaN(ms) ? undefined : ms));
    return { renewedMs, endFromMs, endMs, recoversMs };
  }
}
