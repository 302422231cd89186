import { isIP } from 'node:net';
import { ConsoleError } from '../../shared/problem.ts';

const SESSION_ATTRIBUTES = ['any', 'read-write', 'primary'] as const;
const SSL_MODES = ['disable', 'require', 'verify-ca', 'verify-full'] as const;
const USUAL_PORT = 5432;
const LAST_PORT = 65_535;
const KNOWN = new Set(
  ['host', 'port', 'user', 'dbname', 'sslmode', 'sslrootcert', 'sslcert', 'sslkey'].concat(
    ...['target_session_attrs', 'application_name', 'connect_timeout'],
  ),
);

export interface PostgresHost {
  /** A name, an IP address, or the folder of a socket. */
  host: string;
  port: number;
}

export interface PostgresAddress {
  hosts: readonly [PostgresHost, ...PostgresHost[]];
  user: string | undefined;
  database: string | undefined;
  sslMode: (typeof SSL_MODES)[number];
  /** Paths; `sslRootCert` may be `system`, which stands for the certificates that Node trusts. */
  sslRootCert: string | undefined;
  sslCert: string | undefined;
  sslKey: string | undefined;
  wanted: (typeof SESSION_ATTRIBUTES)[number];
  applicationName: string;
  connectTimeoutMs: number;
}

/**
 * Reads a connection string in the form of libpq: `postgresql://user@host1:5432,host2/database?sslmode=verify-full`.
 * Source: PostgreSQL 15 documentation, "34.1.1.2. Connection URIs". Throws `shared.address-invalid`: also for a
 * password, which belongs in the password file, and without an `sslmode` unless all hosts are on this computer.
 */
export function parsePostgresAddress(text: string): PostgresAddress {
  const [, authority = '', path = '', query = ''] =
    /^postgres(?:ql)?:\/\/([^/?#]*)(?:\/([^?#]*))?(?:\?([^#]*))?$/u.exec(text) ?? fail('form');
  const at = authority.lastIndexOf('@');
  const login = at < 0 ? '' : authority.slice(0, at);
  if (login.includes(':')) fail('password');
  const values = new Map<string, string>();
  for (const pair of query === '' ? [] : query.split('&')) {
    const [name = '', value = ''] = pair.split(/=(.*)/su).map(decode);
    if (name === 'password' || name === 'sslpassword') fail('password');
    if (!KNOWN.has(name)) fail('parameter', name);
    values.set(name, value);
  }
  const hosts = parseHosts(authority.slice(at + 1), values);
  const sslMode = chooseSslMode(values.get('sslmode'), hosts);
  const wanted = values.get('target_session_attrs') ?? 'read-write';
  const seconds = values.get('connect_timeout') ?? '5';
  return {
    hosts,
    user: decode(login) || values.get('user'),
    database: decode(path) || values.get('dbname'),
    sslMode,
    sslRootCert: values.get('sslrootcert'),
    sslCert: values.get('sslcert'),
    sslKey: values.get('sslkey'),
    wanted: SESSION_ATTRIBUTES.find((each) => each === wanted) ?? fail('value', 'target_session_attrs'),
    applicationName: values.get('application_name') ?? 'arcwarden',
    connectTimeoutMs: /^[1-9]\d{0,2}$/u.test(seconds) ? Number(seconds) * 1_000 : fail('value', 'connect_timeout'),
  };
}

function parseHosts(text: string, values: ReadonlyMap<string, string>): PostgresAddress['hosts'] {
  const listed = text === '' ? [] : text.split(',');
  const named = listed.length > 0 ? listed : (values.get('host') ?? '').split(',');
  const ports = (values.get('port') ?? '').split(',');
  if (ports.length > 1 && ports.length !== named.length) fail('value', 'port');
  const [first, ...rest] = named.map((each, index) => {
    const [, bracketed, plain, ownPort] = /^(?:\[([^\]]*)\]|([^:]*))(?::(\d*))?$/u.exec(each) ?? fail('value', 'host');
    const port = ownPort || (ports.length > 1 ? ports[index] : ports[0]) || String(USUAL_PORT);
    if (!/^\d{1,5}$/u.test(port) || Number(port) < 1 || Number(port) > LAST_PORT) fail('value', 'port');
    return { host: bracketed ?? (decode(plain ?? '') || 'localhost'), port: Number(port) };
  });
  return [first ?? fail('value', 'host'), ...rest];
}

function chooseSslMode(text: string | undefined, hosts: readonly PostgresHost[]): PostgresAddress['sslMode'] {
  const isLocal = hosts.every(isOnThisComputer);
  if (text === undefined) return isLocal ? 'disable' : fail('sslmode');
  const mode = SSL_MODES.find((each) => each === text) ?? fail('value', 'sslmode');
  return mode === 'disable' && !isLocal ? fail('sslmode') : mode;
}

function isOnThisComputer({ host }: PostgresHost): boolean {
  return (
    host.startsWith('/') || host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'))
  );
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return fail('form');
  }
}

/** The address is not in the problem: it may contain a password. */
function fail(fault: 'form' | 'password' | 'parameter' | 'value' | 'sslmode', name = ''): never {
  throw new ConsoleError('shared.address-invalid', { fault, name });
}
