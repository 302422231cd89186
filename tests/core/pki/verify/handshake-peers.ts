import { spawn, type ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import { connect, type TLSSocket } from 'node:tls';
import type { TestContext } from 'vitest';
import { needTool } from '../../../support/tools.ts';
import { SERVER_NAME, type Credentials, type Hierarchy } from './handshake-pki.ts';

/*
 * Both parties of a handshake over the loopback interface, implemented by several programs. The tests wait for events
 * only; `endPeers` ends the processes that are still running.
 */

const LOOPBACK = '127.0.0.1';
const children = new Set<ChildProcess>();
const servers = new Set<() => void>();

export function endPeers(): void {
  for (const child of children) child.kill('SIGKILL');
  for (const close of servers) close();
}

// ---- Servers --------------------------------------------------------------------------------------------------------

interface ServerOptions {
  credentials: Credentials;
  /** Hierarchy of the permitted client certificates. Absent: the server requests no certificate. */
  clients?: Hierarchy;
  /** Whether a refused client is disconnected; otherwise the server sends it the reason. */
  strict?: boolean;
}

/**
 * Starts Node's server and returns its port. The server answers with the client's common name, the reason for a
 * refusal, or `served` if it requests no certificate.
 */
export async function nodeServer({ credentials, clients, strict = false }: ServerOptions): Promise<number> {
  const server = createServer(
    {
      cert: readFileSync(credentials.certificate),
      key: readFileSync(credentials.key),
      ...(clients && {
        ca: readFileSync(clients.ca),
        crl: readFileSync(clients.crl),
        requestCert: true,
        rejectUnauthorized: strict,
      }),
    },
    (request, response) => {
      const { authorized, authorizationError, ...socket } = facts(request.socket as TLSSocket);
      const answer = authorized ? socket.commonName : `refused ${String(authorizationError)}`;
      response.setHeader('connection', 'close').end(clients ? answer : 'served');
    },
  );
  const open = new Set<Socket>();
  server.on('connection', (socket: Socket) => open.add(socket));
  servers.add(() => {
    server.close();
    for (const socket of open) socket.destroy();
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(0, LOOPBACK, resolve);
  });
  return (server.address() as AddressInfo).port;
}

function facts(socket: TLSSocket) {
  const { authorized, authorizationError } = socket;
  const subject = socket.getPeerCertificate().subject as { CN?: string } | undefined;
  return { authorized, authorizationError, commonName: subject?.CN ?? '' };
}

/** Starts openssl's server, which sends back its input reversed; returns its port. */
export async function opensslServer({ credentials, clients }: ServerOptions): Promise<number> {
  const child = startProgram('openssl', [
    ...['s_server', '-accept', `${LOOPBACK}:0`, '-rev'],
    ...['-cert', credentials.certificate, '-key', credentials.key],
    ...(clients === undefined
      ? []
      : ['-Verify', '1', '-verify_return_error', '-CAfile', clients.ca, '-crl_check', '-CRL', clients.crl]),
  ]);
  return new Promise((resolve, reject) => {
    let output = '';
    const onData = (text: string): void => {
      output += text;
      const [, port] = /^ACCEPT [\d.]+:(\d+)$/mu.exec(output) ?? [];
      if (port !== undefined) resolve(Number(port));
    };
    child.stdout?.setEncoding('utf8').on('data', onData);
    child.stderr?.setEncoding('utf8').on('data', onData);
    child.on('error', reject);
    child.on('exit', () => reject(new Error(`openssl s_server ended: ${output}`)));
  });
}

// ---- Clients --------------------------------------------------------------------------------------------------------

interface ClientOptions {
  port: number;
  /** The client checks the server against this hierarchy. */
  server: Hierarchy;
  credentials?: Credentials;
  /** The name that the client requires. Default: a name in the server's certificate. */
  name?: string;
  /** Time in seconds since 1970 for checking validity. Only openssl supports it. */
  at?: number;
}

/** Outcome for a client. `said` is the text from the server; `reason` is the error of the client program. */
export interface Outcome {
  ok: boolean;
  said: string;
  reason: string;
}

export async function opensslClient(options: ClientOptions): Promise<Outcome> {
  const { port, server, credentials, name = SERVER_NAME, at } = options;
  const child = startProgram(
    'openssl',
    [
      ...['s_client', '-quiet', '-connect', `${LOOPBACK}:${port}`, '-verify_return_error'],
      ...['-CAfile', server.ca, '-verify_hostname', name],
      ...(credentials ? ['-cert', credentials.certificate, '-key', credentials.key] : []),
      // The CRL is valid only now, so it is not checked at another time.
      ...(at === undefined ? ['-crl_check', '-CRL', server.crl] : ['-attime', String(at)]),
    ],
    'GET / HTTP/1.0\r\n\r\n',
  );
  const { ok, said, reason } = await awaitEnd(child);
  const [, body = ''] = said.split('\r\n\r\n');
  return { ok, said: body, reason };
}

/** Connects with curl. Skips the running test if curl is missing, so tests call this function last. */
export async function curl(context: TestContext, options: ClientOptions): Promise<Outcome> {
  const { port, server, credentials, name = SERVER_NAME } = options;
  return awaitEnd(
    startProgram(needTool(context, 'curl'), [
      // Ignores the configuration file of the current user.
      ...['--disable', '--silent', '--show-error', '--noproxy', '*'],
      ...['--cacert', server.ca, '--crlfile', server.crl],
      ...(credentials ? ['--cert', credentials.certificate, '--key', credentials.key] : []),
      ...['--resolve', `${name}:${port}:${LOOPBACK}`, `https://${name}:${port}/`],
    ]),
  );
}

/** Connects with Node's client, which sends a line and waits for one line in return. */
export function nodeClient(options: ClientOptions): Promise<Outcome> {
  const { port, server, credentials, name = SERVER_NAME } = options;
  return new Promise((resolve) => {
    const socket = connect({
      host: LOOPBACK,
      port,
      servername: name,
      ca: readFileSync(server.ca),
      crl: readFileSync(server.crl),
      ...(credentials && { cert: readFileSync(credentials.certificate), key: readFileSync(credentials.key) }),
    });
    const finish = (outcome: Outcome): void => {
      socket.destroy();
      resolve(outcome);
    };
    let said = '';
    socket.setEncoding('utf8');
    socket.on('secureConnect', () => socket.write('hello\n'));
    socket.on('data', (text: string) => {
      said += text;
      if (said.endsWith('\n')) finish({ ok: true, said: said.trim(), reason: '' });
    });
    socket.on('error', (error: NodeJS.ErrnoException) =>
      finish({ ok: false, said, reason: error.code ?? error.message }),
    );
    socket.on('close', () => finish({ ok: false, said, reason: 'closed' }));
  });
}

// ---- Programs -------------------------------------------------------------------------------------------------------

function startProgram(program: string, args: readonly string[], input?: string): ChildProcess {
  const child = spawn(program, args, { stdio: [input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'] });
  children.add(child);
  child.on('exit', () => children.delete(child));
  // A refused client stops reading, which causes an error in the pipe.
  child.stdin?.on('error', () => undefined).end(input);
  return child;
}

function awaitEnd(child: ChildProcess): Promise<Outcome> {
  let said = '';
  let reason = '';
  child.stdout?.setEncoding('utf8').on('data', (text: string) => (said += text));
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (reason += text));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve({ ok: code === 0, said, reason }));
  });
}
