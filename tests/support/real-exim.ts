import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { EXIM_SERVER } from '../rigs/debian-servers.mjs';
import { freePorts } from './free-ports.ts';
import { ServerProcess } from './server-process.ts';
import type { ServerIdentity } from './servers.ts';

/*
 * A real Exim, with TLS by GnuTLS, serves as the mail server of an organization and delivers into a folder. Exim runs
 * in a mount namespace with a separate list of accounts, since it needs an account that only its package creates.
 */

interface Skippable {
  skip: (condition: boolean, note?: string) => void;
}

const START_LIMIT_MS = 120_000;
const DELIVERY_LIMIT_MS = 60_000;
const POLL_MS = 50;
/** User ID of `nobody`, which exists on every system. */
const NOBODY = 65_534;
const ACCOUNT = 'Debian-exim';
/** Password of the user `ops`. */
export const PASSWORD = 'geheim $1 "ü" 日本\\';

/** Skips the running test, with the reason, if no server can be started. */
export function needExim({ skip }: Skippable): void {
  skip(EXIM_SERVER.find() === undefined, `there is no Exim: ${EXIM_SERVER.whyAbsent()}`);
  const namespace = spawnSync('unshare', ['--mount', '--propagation', 'private', '--', 'true']);
  skip(namespace.status !== 0, 'only root can give the server a list of accounts of its own');
}

interface EximOptions {
  /** Whether the server offers STARTTLS. Default: true. */
  hasTls?: boolean;
  /** Size limit of a message. Default: 1 MB. */
  largestLetter?: string;
}

export class EximServer {
  readonly port: number;
  readonly #folder: string;
  readonly #process: ServerProcess;

  private constructor(folder: string, port: number, process: ServerProcess) {
    this.#folder = folder;
    this.port = port;
    this.#process = process;
  }

  /**
   * Starts a server that accepts mail for `ops@contoso.example` and `betrieb@contoso.example`, but only encrypted and
   * after a login as `ops`.
   */
  static async start(
    identity: ServerIdentity,
    { hasTls = true, largestLetter = '1M' }: EximOptions = {},
  ): Promise<EximServer> {
    const { program, libraries } = EXIM_SERVER.find() ?? {};
    if (program === undefined) throw new Error(EXIM_SERVER.whyAbsent());
    const folder = mkdtempSync(join(tmpdir(), 'arcwarden-exim-'));
    // Exim gives up root rights before it opens anything in this folder.
    chmodSync(folder, 0o711);
    const pathTo = (name: string): string => join(folder, name);
    for (const name of ['spool', 'log', 'mail']) {
      mkdirSync(pathTo(name), { mode: 0o700 });
      chownSync(pathTo(name), NOBODY, NOBODY);
    }
    for (const [name, text] of [
      ['cert.pem', identity.cert],
      ['key.pem', identity.key],
      ['password', PASSWORD],
    ] as const) {
      writeFileSync(pathTo(name), text, { mode: 0o400 });
      chownSync(pathTo(name), NOBODY, NOBODY);
    }
    writeFileSync(pathTo('passwd'), `root:x:0:0::/:/bin/sh\n${ACCOUNT}:x:${NOBODY}:${NOBODY}::/:/usr/sbin/nologin\n`);
    writeFileSync(pathTo('group'), `root:x:0:\n${ACCOUNT}:x:${NOBODY}:\n`);
    const [port = 0] = await freePorts(1);
    writeFileSync(pathTo('exim.conf'), configuration({ folder, port, program, hasTls, largestLetter }));
    const script = [
      'set -e',
      'for name in passwd group; do mount --bind "$1/$name" "/etc/$name"; done',
      'exec "$2" -C "$1/exim.conf" -bdf -q1h',
    ].join('\n');
    const words = ['--mount', '--propagation', 'private', '--', 'sh', '-c', script, 'sh', folder, program];
    const environment = { LD_LIBRARY_PATH: (libraries ?? []).join(':') };
    const process = new ServerProcess('Exim', 'unshare', words, pathTo('output'), environment);
    const server = new EximServer(folder, port, process);
    try {
      await process.waitUntilReady(() => isOpen(port), START_LIMIT_MS);
    } catch (error) {
      await server.stop();
      throw error;
    }
    return server;
  }

  /** Returns the delivered messages, in no particular order. */
  letters(): Buffer[] {
    const box = join(this.#folder, 'mail/new');
    return listFolder(box).map((name) => readFileSync(join(box, name)));
  }

  log(): string {
    const folder = join(this.#folder, 'log');
    return listFolder(folder)
      .map((name) => readFileSync(join(folder, name), 'utf8'))
      .join('\n');
  }

  /**
   * Stops the server and removes its folder. Also waits for the processes that receive or deliver a message and write
   * into the folder.
   */
  async stop(): Promise<void> {
    await this.#process.stop();
    const end = Date.now() + DELIVERY_LIMIT_MS;
    while (isNamedByProcess(this.#folder) && Date.now() < end) await sleep(POLL_MS);
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

function isNamedByProcess(folder: string): boolean {
  return readdirSync('/proc').some((name) => {
    try {
      return /^\d+$/u.test(name) && readFileSync(`/proc/${name}/cmdline`, 'utf8').includes(folder);
    } catch {
      // The process has just ended.
      return false;
    }
  });
}

function listFolder(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function isOpen(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('data', () => {
      socket.end('QUIT\r\n');
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}

interface Setting extends Required<EximOptions> {
  folder: string;
  port: number;
  program: string;
}

function configuration({ folder, port, program, hasTls, largestLetter }: Setting): string {
  return `
exim_path = ${program}
exim_user = ${ACCOUNT}
exim_group = ${NOBODY}
deliver_drop_privilege = true
primary_hostname = localhost
local_interfaces = 127.0.0.1
daemon_smtp_ports = ${port}
spool_directory = ${folder}/spool
log_file_path = ${folder}/log/%slog
pid_file_path = ${folder}/spool/exim.pid
keep_environment =
host_lookup =
rfc1413_hosts =
message_size_limit = ${largestLetter}
tls_advertise_hosts = ${hasTls ? '*' : ''}
tls_certificate = ${folder}/cert.pem
tls_privatekey = ${folder}/key.pem
auth_advertise_hosts = \${if eq{$tls_in_cipher}{}{}{*}}
acl_smtp_mail = accept
acl_smtp_rcpt = recipient
acl_smtp_data = accept

begin acl
recipient:
  deny message = encryption and a login are needed
       !encrypted = *
  deny message = a login is needed
       !authenticated = *
  accept domains = contoso.example
         local_parts = ops : betrieb
  deny message = $local_part is unknown here

begin authenticators
plain:
  driver = plaintext
  public_name = PLAIN
  server_prompts = :
  server_condition = \${if and{{eq{$auth2}{ops}}{eq{$auth3}{\${readfile{${folder}/password}{}}}}}}
  server_set_id = $auth2

begin routers
everybody:
  driver = accept
  transport = box

begin transports
box:
  driver = appendfile
  directory = ${folder}/mail
  maildir_format
  user = ${ACCOUNT}
  group = ${NOBODY}
  envelope_to_add
`;
}
