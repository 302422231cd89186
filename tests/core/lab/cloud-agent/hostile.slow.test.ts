import { connect as connectTcp, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ROUTES } from '../../../../core/lab/cloud-agent/routes.ts';
import {
  LAB_ADDRESS,
  LAB_FQDN,
  LabAgent,
  makeAgent,
  tlsIdentity,
  type AgentClient,
} from '../../../support/lab-agent.ts';
import { listDeviations } from '../../../support/lab-document.ts';
import { callPort, presentPorts, type Answer } from '../../../support/running-agent.ts';

let lab: LabAgent;
let open: Awaited<ReturnType<LabAgent['listen']>>;
let owner: AgentClient;
const crashes: unknown[] = [];
const note = (error: unknown): void => void crashes.push(error);

beforeAll(async () => {
  process.on('uncaughtException', note).on('unhandledRejection', note);
  const ports = presentPorts();
  lab = await LabAgent.open(ports, await makeAgent(ports));
  open = await lab.listen();
  owner = lab.made.clients['owner']!;
});
afterAll(async () => {
  await open.close();
  process.off('uncaughtException', note).off('unhandledRejection', note);
  expect(crashes).toEqual([]);
  // An internal error would be a bug that the answer hides.
  expect(lab.log.filter((line) => line.startsWith('internal'))).toEqual([]);
});

const ask = (path: string, more: Parameters<typeof callPort>[3] = {}): Promise<Answer> =>
  callPort(lab.made, open.work, path, { as: owner, ...more });

async function expectGoodCall(): Promise<void> {
  const answer = await ask('/v1/self');
  expect([answer.status, (JSON.parse(answer.body) as { name: string }).name]).toEqual([200, 'owner']);
  const login = await callPort(lab.made, open.login, '/v1/login', {
    method: 'POST',
    token: 'none',
    body: { request: '' },
  });
  expect(login.status).toBe(401);
}

/** Sends bytes over TLS, and returns all that comes back until the server ends or the time is over. */
function sendRaw(
  port: number,
  bytes: string | Uint8Array,
  { as, ends = true, ms = 3_000 }: { as?: AgentClient; ends?: boolean; ms?: number } = {},
): Promise<string> {
  const identity = as && tlsIdentity(lab.ports, as);
  return new Promise((resolve) => {
    let text = '';
    const socket = connectTls(
      {
        ...{ host: LAB_ADDRESS, port, ca: lab.made.caPem, servername: LAB_FQDN },
        ...(identity && { cert: identity.certificatePem, key: identity.keyPem }),
      },
      () => {
        socket.write(bytes);
        if (ends) socket.end();
      },
    );
    socket.setEncoding('utf8');
    socket.on('data', (piece: string) => (text += piece));
    socket.on('error', () => resolve(text));
    socket.on('close', () => resolve(text));
    setTimeout(() => socket.destroy(), ms).unref();
  });
}

const statusIn = (text: string): number => Number(/^HTTP\/1\.1 (\d{3})/u.exec(text)?.[1] ?? 0);
const PATH = '/v1/locations/L/groups/g/virtualNetworks/a';

describe('a request that is wrong gets a status and a reason', () => {
  test.each<[string, string, Parameters<typeof callPort>[3], number, string]>([
    ['a body of more than 64 KiB', PATH, { method: 'PUT', body: 'x'.repeat(65_537) }, 413, 'body-too-large'],
    ['a body of 3 MiB', PATH, { method: 'PUT', body: 'x'.repeat(3 * 1024 * 1024) }, 413, 'body-too-large'],
    ['64 KiB of opened lists', PATH, { method: 'PUT', body: '['.repeat(65_536) }, 400, 'invalid'],
    ['30,000 nested lists', PATH, { method: 'PUT', body: '['.repeat(30_000) + ']'.repeat(30_000) }, 400, 'invalid'],
    [
      '10,000 nested objects',
      PATH,
      { method: 'PUT', body: '{"a":'.repeat(10_000) + '1' + '}'.repeat(10_000) },
      400,
      'invalid',
    ],
    ['a prototype', PATH, { method: 'PUT', body: '{"__proto__":{"addressPrefix":"10.0.0.0/24"}}' }, 400, 'invalid'],
    [
      'a constructor',
      PATH,
      { method: 'PUT', body: '{"addressPrefix":"10.0.0.0/24","constructor":{}}' },
      400,
      'invalid',
    ],
    ['a number without end', PATH, { method: 'PUT', body: `{"addressPrefix":1${'0'.repeat(60_000)}}` }, 400, 'invalid'],
    ['a name that is too long', `${PATH}${'a'.repeat(5_000)}`, {}, 400, 'invalid'],
    ['a way up', '/v1/locations/L/groups/../virtualNetworks/a', {}, 400, 'invalid'],
    ['an encoded way up', '/v1/locations/L/groups/%2e%2e/virtualNetworks/a', {}, 400, 'invalid'],
    ['an encoded slash', '/v1/locations/L/groups/g%2Fvirtual/virtualNetworks/a', {}, 400, 'invalid'],
    ['a way up to another path', '/v1/roles/../self', {}, 404, 'path-unknown'],
    ['an encoded NUL', '/v1/locations/L/groups/g%00/virtualNetworks/a', {}, 400, 'invalid'],
    ['half a character', '/v1/locations/L/groups/%C3/virtualNetworks/a', {}, 400, 'invalid'],
    ['a lone percent sign', '/v1/locations/L/groups/%/virtualNetworks/a', {}, 400, 'invalid'],
    ['two slashes', '//v1/self', {}, 404, 'path-unknown'],
    ['another host in the path', '//evil.example/v1/self', {}, 404, 'path-unknown'],
    ['a slash at the end', '/v1/self/', {}, 404, 'path-unknown'],
    ['a path in upper case', '/V1/SELF', {}, 404, 'path-unknown'],
    ['a backslash', '/v1\\self', {}, 404, 'path-unknown'],
    ['a query that nobody asked for', '/v1/self?as=somebody', {}, 400, 'invalid'],
    [
      'one name twice in a query',
      '/v1/access?identity=a&identity=b&action=read&provider=Role',
      {},
      400,
      'target-invalid',
    ],
    ['a method that nobody knows', '/v1/self', { method: 'BREW' }, 400, ''],
    ['a method of no route', '/v1/self', { method: 'PATCH' }, 405, 'method-unknown'],
    ['TRACE', '/v1/self', { method: 'TRACE' }, 405, 'method-unknown'],
    ['headers of more than 16 KiB', '/v1/self', { headers: { 'x-long': 'x'.repeat(17_000) } }, 431, ''],
    ['a version in words', PATH, { method: 'DELETE', headers: { 'if-match': 'latest' } }, 400, 'invalid'],
    ['a token that is none', '/v1/self', { token: 'x'.repeat(9_000) }, 401, 'identity.token-required'],
  ])('%s', async (_title, path, more, status, code) => {
    const answer = await ask(path, more);
    expect(answer.status).toBe(status);
    if (code === '') expect(answer.body).toBe('');
    else {
      expect((JSON.parse(answer.body) as { error: { code: string } }).error.code).toBe(code);
      const [bare = ''] = path.split('?');
      expect(listDeviations({ method: more?.method ?? 'GET', path: bare }, answer)).toEqual([]);
    }
    await expectGoodCall();
  });

  test('a request line that is no path, or no HTTP', async () => {
    const send = async (line: string): Promise<number> =>
      statusIn(await sendRaw(open.work, `${line}\r\nHost: lab\r\nConnection: close\r\n\r\n`, { as: owner }));
    expect(await send('GET https://other.example/v1/self HTTP/1.1')).toBe(400);
    expect(await send('OPTIONS * HTTP/1.1')).toBe(400);
    expect(await send('GET v1/self HTTP/1.1')).toBe(400);
    expect(await send('GET /v1/self HTTP/9.9')).toBe(400);
    expect(await send('CONNECT other.example:443 HTTP/1.1')).toBe(0);
    expect(await send('GET /v1/se\u0000lf HTTP/1.1')).toBe(400);
    await expectGoodCall();
  });

  test('lengths that contradict each other, by which requests are smuggled', async () => {
    const send = async (headers: string, body: string): Promise<number> =>
      statusIn(
        await sendRaw(open.work, `PUT ${PATH} HTTP/1.1\r\nHost: lab\r\n${headers}\r\n\r\n${body}`, { as: owner }),
      );
    expect(await send('Content-Length: 2\r\nContent-Length: 3', '{}')).toBe(400);
    expect(await send('Content-Length: 2\r\nTransfer-Encoding: chunked', '0\r\n\r\n')).toBe(400);
    expect(await send('Content-Length: -1', '{}')).toBe(400);
    expect(await send('Transfer-Encoding: chunked', 'zz\r\n{}\r\n')).toBe(400);
    await expectGoodCall();
  });
});

describe('a client that breaks off', () => {
  test('anywhere in a request changes nothing', async () => {
    const body = '{"addressPrefix":"10.0.0.0/24"}';
    const whole = `PUT ${PATH} HTTP/1.1\r\nHost: lab\r\nContent-Length: ${body.length}\r\n\r\n${body}`;
    const before = lab.keeper.content;
    for (let length = 0; length < whole.length; length += 7)
      await sendRaw(open.work, whole.slice(0, length), { as: owner });
    expect(lab.keeper.content).toBe(before);
    await expectGoodCall();
  });

  test('before it reads the answers to a hundred requests', async () => {
    const requests = `GET /v1/roles HTTP/1.1\r\nHost: lab\r\n\r\n`.repeat(100);
    await Promise.all(Array.from({ length: 10 }, () => sendRaw(open.work, requests, { as: owner, ms: 20 })));
    await expectGoodCall();
  });

  test('or sends garbage right after a good request', async () => {
    const good = 'GET /v1/self HTTP/1.1\r\nHost: lab\r\n\r\n';
    for (const more of ['\u0000\u0001nonsense\r\n\r\n', 'GET', `${good}BREW`, 'GET / HTTP/1.1\r\n:\r\n\r\n']) {
      await sendRaw(open.work, good + more, { as: owner });
      await sendRaw(open.work, good + more, { as: owner, ends: false, ms: 50 });
      await sendRaw(open.login, good + more);
    }
    await expectGoodCall();
    expect(crashes).toEqual([]);
  });
});

describe('slow and silent clients', () => {
  const connect = (port: number): Socket => connectTcp(port, LAB_ADDRESS).on('error', () => undefined);
  const closes = (socket: Socket): Promise<number> => {
    const from = performance.now();
    return new Promise((resolve) => socket.resume().once('close', () => resolve(performance.now() - from)));
  };

  test('lose their connection after some seconds, wherever they stop; others are served meanwhile', async () => {
    const silent = connect(open.work);
    const halfHello = connect(open.login);
    halfHello.write(Uint8Array.of(0x16, 0x03, 0x01, 0x02, 0x00, 0x01));
    const options = { host: LAB_ADDRESS, port: open.work, ca: lab.made.caPem, servername: LAB_FQDN };
    const handshaken = connectTls(options).on('error', () => undefined);
    const halfHeaders = connectTls(options, () => halfHeaders.write('GET /v1/self HTTP/1.1\r\nHost:')).on(
      'error',
      () => undefined,
    );
    const halfBody = connectTls(options, () =>
      halfBody.write(`PUT ${PATH} HTTP/1.1\r\nHost: lab\r\nContent-Length: 9\r\n\r\n{`),
    ).on('error', () => undefined);
    const ended = Promise.all([silent, halfHello, handshaken, halfHeaders, halfBody].map(closes));
    await expectGoodCall();
    const times = await ended;
    // A handshake has 5 s; a request 10 s, looked at every 5 s.
    for (const ms of times) expect(ms).toBeLessThan(40_000);
    await expectGoodCall();
  });

  test('that ask and do not read lose their connection too', async () => {
    const asked = 2_000;
    const options = { host: LAB_ADDRESS, port: open.login, ca: lab.made.caPem, servername: LAB_FQDN };
    const socket = connectTls(options, () => {
      socket.pause();
      socket.write('GET /v1/openapi.json HTTP/1.1\r\nHost: lab\r\n\r\n'.repeat(asked));
    });
    socket.on('error', () => undefined);
    // A request has 10 s, looked at every 5 s; those that wait behind it count too.
    await new Promise((resolve) => setTimeout(resolve, 20_000));
    let answers = 0;
    socket.setEncoding('utf8').on('data', (piece: string) => (answers += piece.split('HTTP/1.1 200').length - 1));
    await closes(socket);
    expect(answers).toBeLessThan(asked);
    await expectGoodCall();
  });

  test('of which there are too many are cut off at once, and leave room when they go', async () => {
    const sockets = Array.from({ length: 300 }, () => connect(open.work));
    const cut = sockets.map(closes);
    const first = await Promise.any(cut);
    expect(first).toBeLessThan(4_000);
    for (const socket of sockets) socket.destroy();
    await Promise.all(cut);
    await expectGoodCall();
  });
});

describe('garbage', () => {
  test('on both ports, as bytes and inside TLS, ends nothing but its connection', async () => {
    const seed = Number(fc.readConfigureGlobal().seed ?? Date.now());
    const samples = fc.sample(fc.uint8Array({ minLength: 1, maxLength: 2_000 }), { numRuns: 150, seed });
    for (const [at, bytes] of samples.entries()) {
      const port = at % 2 === 0 ? open.login : open.work;
      if (at % 3 === 0) await sendRaw(port, bytes, { ...(at % 6 === 0 && { as: owner }), ms: 200 });
      else
        await new Promise<void>((resolve) => {
          const socket = connectTcp(port, LAB_ADDRESS, () => socket.end(bytes));
          socket.on('error', () => undefined).on('close', () => resolve());
          socket.resume();
        });
    }
    await expectGoodCall();
  });

  test('in the place of every body, path and header is refused with a reason that the document has', async () => {
    const seed = Number(fc.readConfigureGlobal().seed ?? Date.now());
    const text = fc.oneof(fc.string({ maxLength: 30 }), fc.string({ unit: 'binary', maxLength: 10 }));
    const wild = fc.record({
      route: fc.constantFrom(...ROUTES.filter(({ operation }) => !['logout', 'rotateSelf'].includes(operation))),
      parts: fc.array(fc.oneof(text, fc.constant('a'), fc.constant('a')), { minLength: 3, maxLength: 3 }),
      body: fc.oneof(
        fc.json({ maxDepth: 3 }),
        fc.object({ maxDepth: 2 }).map((value) => JSON.stringify(value)),
        text,
      ),
      ifMatch: fc.option(fc.oneof(fc.stringMatching(/^[\u0021-\u007e]{1,20}$/u), fc.constant('"1"')), {
        nil: undefined,
      }),
    });
    const faults: string[] = [];
    const statuses = new Set<number>();
    for (const { route, parts, body, ifMatch } of fc.sample(wild, { numRuns: 1_500, seed })) {
      let next = 0;
      const path = route.path.replace(/\{\w+\}/gu, () => encodeURIComponent(parts[next++] ?? ''));
      const answer = await lab.server.answer(route.port, {
        ...{ method: route.method, path, query: {}, peer: owner.certificate.der },
        headers: { ...(ifMatch !== undefined && { 'if-match': ifMatch }) },
        body: new TextEncoder().encode(body),
      });
      statuses.add(answer.status);
      if (answer.status >= 500) faults.push(`${route.operation}: ${answer.body}`);
      faults.push(...listDeviations({ method: route.method, path }, { ...answer, headers: answer.headers ?? {} }));
    }
    expect(faults).toEqual([]);
    expect([...statuses]).toEqual(expect.arrayContaining([200, 400, 404]));
    await expectGoodCall();
  });
});
