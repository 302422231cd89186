import { setTimeout as wait } from 'node:timers/promises';
import type { Client, QueryResult, QueryResultRow } from 'pg';
import { instantFromMs } from '../../shared/instant.ts';
import { ConsoleError } from '../../shared/problem.ts';
import {
  QUIET_CLAIM,
  type SharedChange,
  type SharedClaim,
  type SharedHead,
  type SharedLine,
  type SharedObject,
  type SharedStore,
} from '../../shared/shared-store.ts';
import type { PostgresAddress } from './address.ts';
import { connectToPostgres, describeFault, sqlState } from './connect.ts';

/** SQLSTATE. AW001 is raised by our schema. Source of the others: PostgreSQL 15 documentation, appendix A. */
const CONFLICT = 'AW001';
const NO_PRIVILEGE = '42501';
const READ_ONLY = '25006';
const ADMIN_SHUTDOWN = '57P01';
/** Class 08 is a lost connection, class 57 an intervention of an operator. */
const SERVER_GONE = /^(?:08|57)/u;
/** Warnings at a commit whose synchronous replication was not waited for. */
const NOT_REPLICATED = new Set(['01000', ADMIN_SHUTDOWN]);

const OBJECTS_AT_ONCE = 200;
const LINES_AT_ONCE = 1_000;
/** Limits the time in which a commit asks for an unknown outcome. */
const OUTCOME_WITHIN_MS = 30_000;
const LONGEST_WAIT_MS = 5_000;
/** Notices of changes may get lost, for example behind a pooler of connections. */
const LOOK_EVERY_MS = 20_000;
const CHANNEL = 'arcwarden';

type Row = QueryResultRow;

/** The connection broke, or the time limit ended, after the statement was sent. */
class NotKnown extends Error {}

/** A `SharedStore` in PostgreSQL 13 or later. Connects when something is asked, and again after a failure. */
export class PostgresStore implements SharedStore {
  readonly #address: PostgresAddress;
  #client: Promise<Client> | undefined;
  #outage: string | undefined;
  #turn: Promise<unknown> = Promise.resolve();
  #isClosed = false;

  constructor(address: PostgresAddress) {
    this.#address = address;
  }

  async commit({ request, objects, lines }: SharedChange): Promise<number> {
    const values = [
      ...[request, lines[0]?.by ?? '', objects.map(({ clusterId }) => clusterId), objects.map(({ kind }) => kind)],
      ...[objects.map(({ basedOn }) => basedOn), objects.map(({ value }) => value), lines.map(serializeLine)],
    ];
    const sql = 'select arcwarden.commit_change($1, $2, $3, $4, $5, $6, $7) as revision';
    try {
      const { rows } = await this.#query<{ revision: string }>(sql, values, { changes: true });
      return Number(rows[0]?.revision);
    } catch (error) {
      if (!(error instanceof NotKnown)) throw error;
      const revision = await this.#findOutcome(request);
      if (revision !== undefined) return revision;
      throw new ConsoleError('shared.away', { detail: describeFault(error.cause ?? error) }, { cause: error });
    }
  }

  async *changesSince(revision: number): AsyncGenerator<SharedObject> {
    let after = { revision, clusterId: '', kind: '' };
    for (let isFirst = true; ; isFirst = false) {
      const { rows } = await this.#query<{ cluster_id: string; kind: string; revision: string; value: string | null }>(
        `select cluster_id, kind, revision, value from arcwarden.object
          where ${isFirst ? 'revision > $1' : '(revision, cluster_id, kind) > ($1, $2, $3)'}
          order by revision, cluster_id, kind limit ${OBJECTS_AT_ONCE}`,
        isFirst ? [revision] : [after.revision, after.clusterId, after.kind],
      );
      for (const row of rows) {
        after = { revision: Number(row.revision), clusterId: row.cluster_id, kind: row.kind };
        yield { ...after, kind: row.kind as SharedObject['kind'], value: row.value };
      }
      if (rows.length < OBJECTS_AT_ONCE) return;
    }
  }

  async outcome(request: string): Promise<number | undefined> {
    const { rows } = await this.#query<{ revision: string | null }>(
      'select arcwarden.settle_request($1) as revision',
      [request],
      { changes: true },
    );
    const revision = rows[0]?.revision ?? null;
    return revision === null ? undefined : Number(revision);
  }

  async *lines(from: number): AsyncGenerator<string> {
    for (let next = from; ; next += LINES_AT_ONCE) {
      const { rows } = await this.#query<{ text: string }>(
        'select text from arcwarden.audit_line where line >= $1 order by line limit $2',
        [next, LINES_AT_ONCE],
      );
      for (const { text } of rows) yield text;
      if (rows.length < LINES_AT_ONCE) return;
    }
  }

  async head(): Promise<SharedHead> {
    const { rows } = await this.#query<{ id: string; revision: string; lines: string; hash: string }>(
      'select id, revision, lines, hash from arcwarden.head',
    );
    const { id = '', revision, lines, hash = '' } = rows[0] ?? {};
    return { id, revision: Number(revision), lines: Number(lines), hash };
  }

  async claim(name: string, owner: string, seconds: number): Promise<SharedClaim> {
    const { rows } = await this.#query<{ owner: string; number: string; until: Date }>(
      'select (c).owner, (c).number, (c).until from arcwarden.take_claim($1, $2, $3) as c',
      [name, owner, seconds],
      { changes: true },
    );
    const taken = rows[0];
    if (taken === undefined) throw new Error('the function returned no claim');
    const until = instantFromMs(taken.until.getTime());
    if (taken.owner !== owner) throw new ConsoleError('shared.claimed', { name, by: taken.owner, until });
    return { name, owner, number: Number(taken.number), until };
  }

  async listClaims(prefix: string): Promise<SharedClaim[]> {
    const { rows } = await this.#query<{ name: string; owner: string; number: string; until: Date }>(
      `select name, owner, number, until from arcwarden.claim
        where starts_with(name, $1) and until > clock_timestamp() order by name`,
      [prefix],
    );
    return rows.map(({ number, until, ...claim }) => ({
      ...claim,
      number: Number(number),
      until: instantFromMs(until.getTime()),
    }));
  }

  async release({ name, owner, number }: SharedClaim): Promise<void> {
    await this.#query('select arcwarden.end_claim($1, $2, $3)', [name, owner, number], { changes: true });
  }

  watch(listener: (isReached: boolean) => void): () => Promise<void> {
    const ended = new AbortController();
    const watching = this.#watch(listener, ended.signal);
    return async () => {
      ended.abort();
      // A connection to a server that stands still takes longer; whoever closes a window does not wait for it.
      await waitFor(1_000, undefined, watching);
    };
  }

  outage(): string | undefined {
    return this.#outage;
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#turn.catch(() => undefined);
    await this.#drop(this.#client);
  }

  async #watch(listener: (isReached: boolean) => void, signal: AbortSignal): Promise<void> {
    for (let waitMs = 500; !signal.aborted; waitMs = Math.min(waitMs * 2, LONGEST_WAIT_MS)) {
      let client: Client | undefined;
      try {
        const connected = await this.#reach();
        client = connected;
        const lost = new Promise((resolve) => connected.once('end', resolve));
        connected.on('notification', ({ payload = '' }) => {
          if (!signal.aborted && !payload.startsWith(`claim ${QUIET_CLAIM}`)) listener(true);
        });
        await connected.query(`listen ${CHANNEL}`);
        waitMs = 500;
        while (!signal.aborted) {
          listener(true);
          // A connection that is quiet may be dead; the query shows it.
          if ((await waitFor(LOOK_EVERY_MS, signal, lost)) === 'ended') break;
          await connected.query('select 1');
        }
      } catch {
        // The next round tries again.
      } finally {
        await client?.end().catch(() => undefined);
        if (!signal.aborted) listener(false);
      }
      await waitFor(waitMs, signal);
    }
  }

  /** Asks until the server knows. Throws `shared.unknown` after a while. */
  async #findOutcome(request: string): Promise<number | undefined> {
    const until = Date.now() + OUTCOME_WITHIN_MS;
    for (let waitMs = 100; ; waitMs = Math.min(waitMs * 2, LONGEST_WAIT_MS)) {
      try {
        return await this.outcome(request);
      } catch (error) {
        const isPassing = error instanceof NotKnown || (error instanceof ConsoleError && error.code === 'shared.away');
        if (!isPassing || this.#isClosed) throw error;
        if (Date.now() > until) throw new ConsoleError('shared.unknown', { request }, { cause: error });
      }
      await waitFor(waitMs);
    }
  }

  /** Sends statements one after another. Throws `NotKnown` only for a statement that changes something. */
  #query<R extends Row>(sql: string, values: unknown[] = [], { changes = false } = {}): Promise<QueryResult<R>> {
    const result = this.#turn.then(async () => {
      const isOld = this.#client !== undefined;
      try {
        return await this.#send<R>(sql, values, changes);
      } catch (error) {
        // The connection broke while it was idle. A new one says what each host is.
        if (changes || !isOld || !(error instanceof ConsoleError) || error.code !== 'shared.away') throw error;
        return this.#send<R>(sql, values, changes);
      }
    });
    this.#turn = result.catch(() => undefined);
    return result;
  }

  async #send<R extends Row>(sql: string, values: unknown[], changes: boolean): Promise<QueryResult<R>> {
    if (this.#isClosed) throw new Error('the shared store is closed');
    const connecting = (this.#client ??= this.#connect());
    let client: Client;
    try {
      client = await connecting;
    } catch (error) {
      this.#client = undefined;
      throw error;
    }
    let isReplicated = true;
    const take = ({ code }: { code?: string | undefined }): void => {
      if (code !== undefined && NOT_REPLICATED.has(code)) isReplicated = false;
    };
    client.on('notice', take);
    try {
      const result = await client.query<R>(sql, values);
      this.#outage = undefined;
      if (!isReplicated) throw new NotKnown('the change may exist on one server only');
      return result;
    } catch (error) {
      const code = sqlState(error);
      if (code !== undefined && !SERVER_GONE.test(code) && code !== READ_ONLY) throw explain(error, code);
      this.#client = undefined;
      void this.#drop(connecting);
      if (error instanceof NotKnown) throw error;
      // A server that has become a standby refuses before it changes anything.
      if (changes && code !== READ_ONLY) throw new NotKnown('no answer to a change', { cause: error });
      throw new ConsoleError('shared.away', { detail: describeFault(error) }, { cause: error });
    } finally {
      client.off('notice', take);
    }
  }

  /** Forgets a connection that breaks while it is idle, so that nothing is sent on it. */
  #connect(): Promise<Client> {
    const connecting = this.#reach().then((client) =>
      client.once('end', () => {
        if (this.#client === connecting) this.#client = undefined;
      }),
    );
    return connecting;
  }

  async #reach(): Promise<Client> {
    try {
      const client = await connectToPostgres(this.#address);
      this.#outage = undefined;
      return client;
    } catch (error) {
      const isAway = error instanceof ConsoleError && error.code === 'shared.away';
      this.#outage = isAway ? String(error.params['detail']) : undefined;
      throw error;
    }
  }

  /** Ends a connection without waiting for a server that stands still. */
  async #drop(connecting: Promise<Client> | undefined): Promise<void> {
    const client = await connecting?.catch(() => undefined);
    if (client === undefined) return;
    await waitFor(
      1_000,
      undefined,
      client.end().catch(() => undefined),
    );
  }
}

function explain(error: unknown, code: string): unknown {
  if (code === NO_PRIVILEGE)
    return new ConsoleError('shared.refused', { fault: 'rights', version: 0, known: 0 }, { cause: error });
  if (code !== CONFLICT) return error;
  const { clusterId, by, at } = JSON.parse((error as { detail: string }).detail) as Record<string, string>;
  return new ConsoleError(
    'shared.conflict',
    { cluster: clusterId ?? '', by: by ?? '', at: at ?? '' },
    { cause: error },
  );
}

/** Returns the members that the database completes to a line; see `serializeEntry`. */
function serializeLine({ by, action, subject, params }: SharedLine): string {
  return JSON.stringify({ by, action, subject, params }).slice(1, -1);
}

/** Resolves after `ms`, at the signal, or with `ended`. */
async function waitFor(ms: number, signal?: AbortSignal, ended?: Promise<unknown>): Promise<'ended' | 'waited'> {
  const over = new AbortController();
  const stop = (): void => over.abort();
  if (signal?.aborted) return 'ended';
  signal?.addEventListener('abort', stop, { once: true });
  void ended?.then(stop);
  return wait(ms, 'waited' as const, { signal: over.signal })
    .catch(() => 'ended' as const)
    .finally(() => signal?.removeEventListener('abort', stop));
}
