/**
 * Measures reads of a resource through the cloud agent of a lab, beside a bare TLS server that returns what it gets, with
 * the same certificates, the same client and as many connections. Exits with 1 if a limit is missed.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { connect, type TLSSocket } from 'node:tls';
import { LAB_ADDRESS, LAB_FQDN, tlsIdentity } from '../support/lab-agent.ts';
import { callPort, presentPorts, RunningAgent } from '../support/running-agent.ts';
import { note, recordAtLeast } from './support/figures.ts';
import { median, runIn } from './support/measure.ts';

const PROGRAM = join(process.cwd(), 'out', 'arcwarden.cjs');
const LEAST_SHARE = 0.3;
const CONNECTIONS = 8;
const ROUND_MS = 500;
const ROUNDS = 25;
const WARM_UP_MS = 2_000;
const PATH = '/v1/locations/MocLocation/groups/bench/virtualNetworks/net';
const REQUEST = `GET ${PATH} HTTP/1.1\r\nHost: ${LAB_FQDN}\r\n\r\n`;

/** Plain JavaScript, for a process of its own: asks for a certificate and returns the bytes of each request. */
const ECHO = `
const { createServer } = require('node:tls');
const [cert, key, port, host] = process.argv.slice(1);
createServer({ cert, key, requestCert: true, rejectUnauthorized: false }, (socket) => {
  socket.on('error', () => undefined).pipe(socket);
}).listen(Number(port), host, () => console.log('started'));
`;

/** A connection that stays open: sends a request, waits for as many bytes as an answer has, and sends the next. */
class Connection {
  readonly #socket: TLSSocket;
  readonly #answerBytes: number;
  answers = 0;
  #missing = 0;
  #isSending = false;

  constructor(socket: TLSSocket, answerBytes: number) {
    this.#socket = socket;
    this.#answerBytes = answerBytes;
    socket.on('data', (bytes: Buffer) => {
      this.#missing -= bytes.length;
      if (this.#missing > 0) return;
      if (this.#missing < 0) throw new Error('an answer has another length');
      this.answers += 1;
      if (this.#isSending) this.#send();
    });
  }

  start(): void {
    this.#isSending = true;
    if (this.#missing <= 0) this.#send();
  }

  stop(): void {
    this.#isSending = false;
  }

  close(): void {
    this.#socket.destroy();
  }

  #send(): void {
    this.#missing = this.#answerBytes;
    this.#socket.write(REQUEST);
  }
}

async function readAnswer(socket: TLSSocket): Promise<string> {
  socket.write(REQUEST);
  const [first] = (await once(socket, 'data')) as [Buffer];
  return String(first);
}

async function measureRate(connections: readonly Connection[], ms: number): Promise<number> {
  const count = (): number => connections.reduce((sum, { answers }) => sum + answers, 0);
  const [before, from] = [count(), performance.now()];
  for (const each of connections) each.start();
  await new Promise((resolve) => setTimeout(resolve, ms));
  const rate = ((count() - before) / (performance.now() - from)) * 1_000;
  for (const each of connections) each.stop();
  // The last answers arrive.
  await new Promise((resolve) => setTimeout(resolve, 100));
  return rate;
}

async function main(folder: string): Promise<void> {
  const ports = presentPorts();
  const agent = await RunningAgent.make(PROGRAM, join(folder, 'lab'));
  const { made } = agent;
  const { owner } = made.clients;
  if (owner === undefined) throw new Error('no owner');
  const [port = 0] = await ports.tls.findPorts(LAB_ADDRESS, 1);
  const echo = spawn(
    process.execPath,
    ['-e', ECHO, '--', made.server.certificatePem, made.server.keyPem, String(port), LAB_ADDRESS],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  await once(echo.stdout, 'data');
  await agent.start();
  try {
    const body = { addressPrefix: '10.0.0.0/24' };
    const { status } = await callPort(made, agent.work, PATH, { as: owner, method: 'PUT', body });
    if (status !== 201) throw new Error(`no resource: ${status}`);
    const { certificatePem: cert, keyPem: key } = tlsIdentity(ports, owner);
    const open = async (to: number): Promise<TLSSocket> => {
      const socket = connect({ host: LAB_ADDRESS, port: to, servername: LAB_FQDN, ca: made.caPem, cert, key });
      await once(socket, 'secureConnect');
      return socket;
    };
    const openAll = async (to: number): Promise<Connection[]> => {
      const sockets = await Promise.all(Array.from({ length: CONNECTIONS }, () => open(to)));
      const answers = await Promise.all(sockets.map(readAnswer));
      const [first = ''] = answers;
      if (to === agent.work && !first.startsWith('HTTP/1.1 200')) throw new Error(first);
      return sockets.map((socket) => new Connection(socket, first.length));
    };
    const [own, peer] = [await openAll(agent.work), await openAll(port)];
    for (const each of [own, peer]) await measureRate(each, WARM_UP_MS);
    const rates: { own: number; peer: number }[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      const turn = { own: 0, peer: 0 };
      for (const name of round % 2 === 0 ? (['own', 'peer'] as const) : (['peer', 'own'] as const))
        turn[name] = await measureRate(name === 'own' ? own : peer, ROUND_MS);
      rates.push(turn);
    }
    note(`bare TLS echo, ${CONNECTIONS} connections`, median(rates.map((each) => each.peer)), '/s');
    note(
      `read a resource through the cloud agent, ${CONNECTIONS} connections`,
      median(rates.map((each) => each.own)),
      '/s',
    );
    const share = median(rates.map((each) => each.own / each.peer));
    recordAtLeast(LEAST_SHARE, 'reads through the cloud agent beside a bare TLS echo', share, 'x');
    for (const each of [...own, ...peer]) each.close();
  } finally {
    echo.kill();
    await agent.end();
  }
}

void runIn('lab', main);
