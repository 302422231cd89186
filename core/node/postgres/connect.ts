import { readFile } from 'node:fs/promises';
import type { ConnectionOptions } from 'node:tls';
import type { Client, ClientConfig } from 'pg';
import { ConsoleError } from '../../shared/problem.ts';
import type { PostgresAddress, PostgresHost } from './address.ts';

/** A server that stands still is noticed after this time. */
const QUERY_TIMEOUT_MS = 15_000;
const POSTGRES_SCHEMA = 1;

/** SQLSTATE. Source: PostgreSQL 15 documentation, appendix A. */
const UNDEFINED_TABLE = '42P01';
const INVALID_SCHEMA = '3F000';
const NO_PRIVILEGE = '42501';

/**
 * Connects to the first host that is as wanted, and checks the schema. Throws `shared.away`, which says what each host
 * was, or `shared.refused`.
 */
export async function connectToPostgres(address: PostgresAddress): Promise<Client> {
  const faults: string[] = [];
  for (const host of address.hosts) {
    const name = `${host.host}:${host.port}`;
    const fault = await connectTo(address, host).catch((error: unknown) => describeFault(error));
    if (typeof fault === 'string') {
      faults.push(`${name}: ${fault}`);
      continue;
    }
    try {
      await checkSchema(fault);
      return fault;
    } catch (error) {
      await fault.end().catch(() => undefined);
      throw error;
    }
  }
  throw new ConsoleError('shared.away', { detail: faults.join('; ') });
}

/** Returns a connection, or what the host is instead. */
async function connectTo(address: PostgresAddress, host: PostgresHost): Promise<Client | string> {
  const { user, database, applicationName, connectTimeoutMs, wanted } = address;
  const config: ClientConfig = {
    ...host,
    ...(user !== undefined && { user }),
    ...(database !== undefined && { database }),
    application_name: applicationName,
    connectionTimeoutMillis: connectTimeoutMs,
    query_timeout: QUERY_TIMEOUT_MS,
    keepAlive: true,
    ssl: await tlsOptions(address),
  };
  // A CommonJS module bundled in parts has only a default export.
  const { default: pg } = await import('pg');
  const client = new pg.Client(config);
  // Without a listener, a lost connection would end the process. The next query fails.
  client.on('error', () => undefined);
  try {
    await client.connect();
    if (wanted === 'any') return client;
    const { rows } = await client.query<{ standby: boolean; readonly: string }>(
      `select pg_is_in_recovery() as standby, current_setting('transaction_read_only') as readonly`,
    );
    if (rows[0]?.standby === false && (wanted === 'primary' || rows[0].readonly === 'off')) return client;
    await client.end();
    return rows[0]?.standby === true ? 'standby' : 'read-only';
  } catch (error) {
    await client.end().catch(() => undefined);
    throw error;
  }
}

async function tlsOptions({
  sslMode,
  sslRootCert,
  sslCert,
  sslKey,
}: PostgresAddress): Promise<false | ConnectionOptions> {
  if (sslMode === 'disable') return false;
  const [ca, cert, key] = await Promise.all(
    [sslRootCert === 'system' ? undefined : sslRootCert, sslCert, sslKey].map(async (path) =>
      path === undefined ? undefined : readFile(path, 'utf8'),
    ),
  );
  return {
    ...(ca !== undefined && { ca }),
    ...(cert !== undefined && { cert }),
    ...(key !== undefined && { key }),
    minVersion: 'TLSv1.2',
    // Like libpq, `require` checks the server only against given certificates.
    rejectUnauthorized: sslMode !== 'require' || sslRootCert !== undefined,
    ...(sslMode !== 'verify-full' && { checkServerIdentity: () => undefined }),
  };
}

async function checkSchema(client: Client): Promise<void> {
  try {
    const { rows } = await client.query<{ version: number }>(
      'select max(version) as version from arcwarden.schema_version',
    );
    const version = rows[0]?.version ?? 0;
    if (version === POSTGRES_SCHEMA) return;
    const fault = version > POSTGRES_SCHEMA ? 'newer' : 'older';
    throw new ConsoleError('shared.refused', { fault, version, known: POSTGRES_SCHEMA });
  } catch (error) {
    const code = sqlState(error);
    const facts = { version: 0, known: POSTGRES_SCHEMA };
    if (code === UNDEFINED_TABLE || code === INVALID_SCHEMA)
      throw new ConsoleError('shared.refused', { fault: 'absent', ...facts }, { cause: error });
    if (code === NO_PRIVILEGE)
      throw new ConsoleError('shared.refused', { fault: 'rights', ...facts }, { cause: error });
    throw error;
  }
}

export function sqlState(error: unknown): string | undefined {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === 'string' && /^[0-9A-Z]{5}$/u.test(code) ? code : undefined;
}

/** Describes a failure in one line. Neither the server nor the driver repeats passwords. */
export function describeFault(error: unknown): string {
  if (error instanceof AggregateError && error.errors.length > 0) return describeFault(error.errors[0]);
  const { code, message = '' } = error as { code?: unknown; message?: string };
  const text = message.split('\n')[0] ?? '';
  return typeof code === 'string' && !text.includes(code) ? `${code} ${text}`.trim() : text;
}
