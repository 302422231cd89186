import { execFile } from 'node:child_process';
import { connect } from 'node:net';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { nodeTls } from '../../../core/node/network/tls.ts';
import type { TlsIdentity, TlsListener, TlsRequest } from '../../../core/shared/ports.ts';
import { CA_EXTENSIONS, issue, openssl, pairIn, type IssuedPair } from '../../support/openssl.ts';
import { ConsoleError } from '../../../core/shared/problem.ts';

const tls = nodeTls();
const ADDRESS = '127.0.0.1';
let folder: string;
let ca: string;

const DAY_MS = 86_400_000;
let authority: IssuedPair;

function issueFor(name: string, days = 1): TlsIdentity {
  const now = Date.now();
  const { certificate, key } = issue(...pairIn(folder, name), {
    subject: `/CN=${name}`,
    notBeforeMs: now - 2 * DAY_MS,
    notAfterMs: now + days * DAY_MS,
    extensions: [`subjectAltName=DNS:${name}`],
    issuer: authority,
  });
  return { certificatePem: readFileSync(certificate, 'utf8'), keyPem: readFileSync(key, 'utf8') };
}

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'arcwarden-tls-'));
  const now = Date.now();
  const period = { notBeforeMs: now - 3 * DAY_MS, notAfterMs: now + 3 * DAY_MS };
  authority = issue(...pairIn(folder, 'ca'), { subject: '/CN=ca', ...period, extensions: CA_EXTENSIONS });
  ca = readFileSync(authority.certificate, 'utf8');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const problemOfPromise = (promise: Promise<unknown>) =>
  promise.then(
    () => [],
    (error: unknown) => (error instanceof ConsoleError ? [error.code, error.params] : [error]),
  );

async function listenAs(
  identity: TlsIdentity,
  work: (at: { port: number; listener: TlsListener; seen: TlsRequest[] }) => Promise<void>,
  asksForCertificate = true,
): Promise<void> {
  const [port = 0] = await tls.findPorts(ADDRESS, 1);
  const seen: TlsRequest[] = [];
  const answer = async (request: TlsRequest) => {
    seen.push(request);
    return { status: 200, headers: { 'content-type': 'text/plain' }, body: 'hello' };
  };
  const listener = await tls.listen({ address: ADDRESS, port, identity, asksForCertificate, answer });
  try {
    await work({ port, listener, seen });
  } finally {
    await listener.close();
  }
}

const get = (port: number, more: { identity?: TlsIdentity; serverName?: string; body?: string } = {}) =>
  tls.call({
    address: ADDRESS,
    port,
    serverName: 'server',
    caPem: ca,
    method: 'POST',
    path: '/a%20b?x=1',
    timeoutMs: 5_000,
    ...more,
  });

/** Runs openssl without blocking the server, which runs in this process. */
function runOpenssl(input: string, ...words: string[]): Promise<string> {
  return new Promise((done) => {
    const child = execFile('openssl', words, { timeout: 10_000 }, (_, out) => done(out));
    child.stdin?.on('error', () => undefined).end(input);
  });
}

async function handshake(port: number): Promise<string> {
  const words = ['s_client', '-connect', `${ADDRESS}:${port}`, '-servername', 'server', '-verify_return_error'];
  const out = await runOpenssl('', ...words, '-CAfile', authority.certificate);
  return /Verify return code: (\d+)/u.exec(out)?.[1] ?? 'no handshake';
}

describe('a TLS server', () => {
  test('passes on path, query, body and the certificate of the client', async () => {
    const client = issueFor('client');
    await listenAs(issueFor('server'), async ({ port, seen }) => {
      expect(await get(port, { identity: client, body: 'text' })).toMatchObject({ status: 200, body: 'hello' });
      await get(port);
      const [first, second] = seen;
      expect(first).toMatchObject({ method: 'POST', path: '/a%20b', query: { x: '1' } });
      expect(new TextDecoder().decode(first?.body)).toBe('text');
      expect(Buffer.from(first?.peer ?? [])).toEqual(
        openssl('x509', '-in', join(folder, 'client.crt'), '-outform', 'DER'),
      );
      expect(second?.peer).toBeUndefined();
    });
  });

  test('is accepted by openssl until its certificate ends, and again with the next one', async () => {
    const next = issueFor('server');
    await listenAs(issueFor('server', -1), async ({ port, listener }) => {
      expect(await handshake(port)).not.toBe('0');
      expect(await problemOfPromise(get(port))).toEqual([
        'tls.failed',
        { address: ADDRESS, port, reason: 'CERT_HAS_EXPIRED' },
      ]);
      listener.replaceIdentity(next);
      expect(await handshake(port)).toBe('0');
      expect((await get(port)).status).toBe(200);
    });
  });

  test('refuses a body of more than 64 KiB, and answers the next request', async () => {
    await listenAs(issueFor('server'), async ({ port, seen }) => {
      for (const length of [64 * 1024 + 1, 4 * 1024 * 1024]) {
        const { status, body } = await get(port, { body: 'x'.repeat(length) });
        expect([status, body]).toEqual([413, '{"error":{"code":"body-too-large"}}']);
      }
      expect(seen).toEqual([]);
      expect((await get(port)).status).toBe(200);
    });
  });

  test('survives clients that send no TLS, no HTTP, or break off', async () => {
    await listenAs(issueFor('server'), async ({ port }) => {
      for (const text of ['GET / HTTP/1.0\r\n\r\n', '\u0016\u0003\u0001', ''])
        await new Promise<void>((done) => {
          const socket = connect(port, ADDRESS, () => socket.end(text));
          socket.on('error', () => undefined).on('close', () => done());
          socket.resume();
        });
      await runOpenssl('nonsense\r\n\r\n', 's_client', '-quiet', '-connect', `${ADDRESS}:${port}`);
      expect((await get(port)).status).toBe(200);
    });
  });

  test('names the port that another program uses', async () => {
    await listenAs(issueFor('server'), async ({ port }) => {
      const again = { address: ADDRESS, port, identity: issueFor('server'), asksForCertificate: false };
      const listening = tls.listen({ ...again, answer: async () => ({ status: 200, body: '' }) });
      expect(await problemOfPromise(listening)).toEqual(['tls.port-taken', { address: ADDRESS, port }]);
    });
  });

  test('says which identity cannot be used', async () => {
    const wrong = { certificatePem: issueFor('server').certificatePem, keyPem: issueFor('client').keyPem };
    const listening = listenAs(wrong, () => Promise.resolve());
    expect((await problemOfPromise(listening))[0]).toBe('tls.identity-invalid');
  });
});

describe('a TLS client', () => {
  test('refuses a server with another name or of another CA', async () => {
    await listenAs(issueFor('server'), async ({ port }) => {
      const other = await problemOfPromise(get(port, { serverName: 'other' }));
      expect(other).toEqual(['tls.failed', { address: ADDRESS, port, reason: 'ERR_TLS_CERT_ALTNAME_INVALID' }]);
    });
  });

  test('reports a server that is not there', async () => {
    const [port = 0] = await tls.findPorts(ADDRESS, 1);
    expect(await problemOfPromise(get(port))).toEqual([
      'tls.failed',
      { address: ADDRESS, port, reason: 'ECONNREFUSED' },
    ]);
  });
});
