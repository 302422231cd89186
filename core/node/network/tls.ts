import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { PeerCertificate, TLSSocket } from 'node:tls';
import type { Tls, TlsCall, TlsIdentity, TlsListener, TlsRequest, TlsResponse, TlsServer } from '../../shared/ports.ts';
import { ConsoleError } from '../../shared/problem.ts';
import { systemCode } from '../system-error.ts';

const MIN_VERSION = 'TLSv1.2';

/** Limits that keep one client from using up the memory or the time of a server. */
const MOST_CONNECTIONS = 256;
const MOST_HEADER_BYTES = 16 * 1024;
const MOST_BODY_BYTES = 64 * 1024;
const HANDSHAKE_MS = 5_000;
const HEADERS_MS = 5_000;
const REQUEST_MS = 10_000;
const IDLE_MS = 30_000;
const MOST_ANSWER_BYTES = 16 * 1024 * 1024;
const NO_CONTENT = 204;

/** The runtime's servers and clients are loaded when the first one is needed. */
export function nodeTls(): Tls {
  return { listen, call, findPorts };
}

async function listen(options: TlsServer): Promise<TlsListener> {
  const { createServer } = await import('node:https');
  const { address, port, asksForCertificate } = options;
  const server = makeServer(() =>
    createServer({
      ...serverIdentity(options.identity),
      minVersion: MIN_VERSION,
      requestCert: asksForCertificate,
      // The handler checks certificates and gives a reason, which a refused handshake cannot.
      rejectUnauthorized: false,
      handshakeTimeout: HANDSHAKE_MS,
      headersTimeout: HEADERS_MS,
      requestTimeout: REQUEST_MS,
      keepAliveTimeout: IDLE_MS,
      connectionsCheckingInterval: HEADERS_MS,
      maxHeaderSize: MOST_HEADER_BYTES,
    }),
  );
  server.maxConnections = MOST_CONNECTIONS;
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    answerRequest(options, request, response).catch(() => response.destroy());
  });
  // A client that breaks off, or sends no TLS, is no fault of the server.
  server.on('tlsClientError', (_, socket) => socket.destroy());
  await new Promise<void>((resolve, reject) => {
    server.once('error', (cause) => {
      const isTaken = ['EADDRINUSE', 'EACCES'].includes(systemCode(cause));
      reject(isTaken ? new ConsoleError('tls.port-taken', { address, port }, { cause }) : cause);
    });
    server.listen(port, address, resolve);
  });
  return {
    replaceIdentity: (identity) => {
      makeServer(() => server.setSecureContext({ ...serverIdentity(identity), minVersion: MIN_VERSION }));
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };

  function makeServer<T>(make: () => T): T {
    try {
      return make();
    } catch (cause) {
      throw new ConsoleError('tls.identity-invalid', { address, port }, { cause });
    }
  }
}

function serverIdentity({ certificatePem, keyPem }: TlsIdentity): { cert: string; key: string } {
  return { cert: certificatePem, key: keyPem };
}

/** One object per connection, so that a handler can remember what it found out about a certificate. */
const peers = new WeakMap<TLSSocket, Uint8Array>();

function getPeer(socket: TLSSocket): Uint8Array | undefined {
  const known = peers.get(socket);
  if (known !== undefined) return known;
  // `null` once the connection has ended.
  const raw = (socket.getPeerCertificate() as PeerCertificate | null)?.raw as Uint8Array | undefined;
  if (raw === undefined) return undefined;
  const peer = new Uint8Array(raw);
  peers.set(socket, peer);
  return peer;
}

async function answerRequest(
  { answer }: Pick<TlsServer, 'answer'>,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  // The client may be gone at any time.
  request.on('error', () => undefined);
  response.on('error', () => undefined);
  const send = ({ status, headers = {}, body }: TlsResponse): void => {
    // Source: RFC 9110 section 8.6.
    const length = status === NO_CONTENT ? {} : { 'content-length': Buffer.byteLength(body) };
    response.writeHead(status, { ...headers, ...length });
    // Text goes into one write with the headers.
    response.end(body);
  };
  const refuse = (status: number, code: string): void =>
    send({ status, headers: { 'content-type': 'application/json' }, body: JSON.stringify({ error: { code } }) });
  // The connection may end while the body is read.
  const peer = getPeer(request.socket as TLSSocket);
  const body = await readBody(request, MOST_BODY_BYTES).catch(() => 'broken-off' as const);
  if (body === 'broken-off') return;
  // The rest of the body is read and dropped: a client would not see an answer on a connection that is reset.
  if (body === 'too-large') return refuse(413, 'body-too-large');
  const target = parseTarget(request.url ?? '/');
  if (target === undefined) return refuse(400, 'target-invalid');
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(request.headers)) if (typeof value === 'string') headers[name] = value;
  const asked: TlsRequest = { method: request.method ?? 'GET', ...target, headers, body, ...(peer && { peer }) };
  send(await answer(asked));
}

/** `undefined` for anything but a path, and for a query with two values of one name. */
function parseTarget(target: string): Pick<TlsRequest, 'path' | 'query'> | undefined {
  const [path = '', ...rest] = target.split('?');
  const pairs = [...new URLSearchParams(rest.join('?'))];
  const query = Object.fromEntries(pairs);
  return path.startsWith('/') && Object.keys(query).length === pairs.length ? { path, query } : undefined;
}

async function readBody(message: IncomingMessage, limit: number): Promise<Uint8Array | 'too-large'> {
  const chunks: Buffer[] = [];
  let length = 0;
  // The default would end the connection before an answer.
  for await (const chunk of message.iterator({ destroyOnReturn: false })) {
    length += (chunk as Buffer).length;
    if (length > limit) return 'too-large';
    chunks.push(chunk as Buffer);
  }
  return Buffer.concat(chunks);
}

async function call(asked: TlsCall): Promise<TlsResponse> {
  const { address, port, serverName, caPem, identity, method, path, headers, body = '', timeoutMs } = asked;
  const { request } = await import('node:https');
  return new Promise((resolve, reject) => {
    const fail = (cause: unknown): void => {
      clearTimeout(timer);
      const reason = systemCode(cause) || (cause instanceof Error ? cause.message : 'ETIMEDOUT');
      reject(new ConsoleError('tls.failed', { address, port, reason }, { cause }));
      sending.destroy();
    };
    const content = Buffer.from(body, 'utf8');
    const sending = request(
      {
        host: address,
        port,
        servername: serverName,
        path,
        method,
        headers: { host: serverName, ...headers, 'content-length': content.length },
        ca: caPem,
        ...(identity && serverIdentity(identity)),
        minVersion: MIN_VERSION,
        // The default depends on NODE_TLS_REJECT_UNAUTHORIZED.
        rejectUnauthorized: true,
        // A resumed session would not check the server's certificate again.
        agent: false,
      },
      (answer) => {
        readBody(answer, MOST_ANSWER_BYTES).then((bytes) => {
          clearTimeout(timer);
          if (bytes === 'too-large') return fail(undefined);
          resolve({
            status: answer.statusCode ?? 0,
            headers: answer.headers as Record<string, string>,
            body: Buffer.from(bytes).toString('utf8'),
          });
        }, fail);
      },
    );
    const timer = setTimeout(() => fail(undefined), timeoutMs);
    sending.on('error', fail);
    sending.end(content);
  });
}

async function findPorts(address: string, count: number): Promise<number[]> {
  const { createServer } = await import('node:net');
  const servers = await Promise.all(
    Array.from(
      { length: count },
      () =>
        new Promise<ReturnType<typeof createServer>>((resolve, reject) => {
          const server = createServer();
          server.once('error', reject);
          server.listen(0, address, () => resolve(server));
        }),
    ),
  );
  const ports = servers.map((server) => (server.address() as AddressInfo).port);
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports;
}
