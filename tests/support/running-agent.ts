import { spawn, type ChildProcess } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { request } from 'node:https';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { readyLine } from '../../core/lab/machines/run-machine.ts';
import { instantFromMs, SECOND_MS } from '../../core/shared/instant.ts';
import {
  LAB_ADDRESS,
  LAB_FQDN,
  makeAgent,
  tlsIdentity,
  type AgentClient,
  type Identities,
  type MadeAgent,
} from './lab-agent.ts';
import { testPorts, type TestPorts } from './ports.ts';

export interface Answer {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  body: string;
}

interface SentCall {
  method?: string;
  as?: AgentClient;
  token?: string;
  body?: unknown;
  headers?: Record<string, string>;
}

/** Ports whose clock stands at the present time, by which TLS checks certificates. */
export function presentPorts(): TestPorts {
  const ports = testPorts();
  ports.clock.moment = instantFromMs(Math.floor(Date.now() / SECOND_MS) * SECOND_MS);
  return ports;
}

/** Calls a listener of a cloud agent as any HTTPS client would, with Node alone. Each call is a connection. */
export function callPort(
  { caPem }: Pick<MadeAgent, 'caPem'>,
  port: number,
  path: string,
  { method = 'GET', as, token, body, headers = {} }: SentCall = {},
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const identity = as && tlsIdentity(testPorts(), as);
    const sending = request(
      {
        ...{ host: LAB_ADDRESS, port, path, method, ca: caPem, servername: LAB_FQDN, agent: false, timeout: 30_000 },
        ...(identity && { cert: identity.certificatePem, key: identity.keyPem }),
        headers: { ...(token !== undefined && { authorization: token }), ...headers },
      },
      (answer) => {
        let text = '';
        answer.setEncoding('utf8');
        answer.on('data', (piece: string) => (text += piece));
        answer.on('error', reject);
        answer.on('end', () => resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: text }));
      },
    );
    sending.on('error', reject);
    sending.end(body === undefined ? undefined : typeof body === 'string' ? body : JSON.stringify(body));
  });
}

/** A cloud agent as a process of its own: the shipped program on a folder with nothing else. */
export class RunningAgent {
  readonly folder: string;
  readonly made: MadeAgent;
  readonly login: number;
  readonly work: number;
  readonly #program: string;
  readonly lines: string[] = [];
  #child: ChildProcess | undefined;

  private constructor(given: { folder: string; made: MadeAgent; ports: readonly number[]; program: string }) {
    this.folder = given.folder;
    this.made = given.made;
    [this.login = 0, this.work = 0] = given.ports;
    this.#program = given.program;
  }

  /** `program` is the built command line. */
  static async make(program: string, folder: string, identities?: Identities): Promise<RunningAgent> {
    const ports = presentPorts();
    const services = await ports.tls.findPorts(LAB_ADDRESS, 2);
    const made = await makeAgent(ports, identities, { services });
    for (const [path, content] of made.files) {
      const file = join(folder, path);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, content);
    }
    return new RunningAgent({ folder, made, ports: services, program });
  }

  async start(): Promise<void> {
    const words = [this.#program, 'lab', 'run', this.folder, 'cloud-agent', '--lang', 'en'];
    const child = spawn(process.execPath, words, {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { PATH: process.env['PATH'], HOME: this.folder },
    });
    this.#child = child;
    await new Promise<void>((resolve, reject) => {
      child.once('close', (code) => reject(new Error(`ended with ${code}: ${this.lines.slice(-5).join('\n')}`)));
      for (const stream of [child.stdout, child.stderr])
        createInterface({ input: stream }).on('line', (line) => {
          this.lines.push(line);
          if (line.includes(readyLine('cloud-agent'))) resolve();
        });
    });
  }

  /** Resolves with the exit code once the process is gone. */
  end(signal: NodeJS.Signals = 'SIGTERM'): Promise<number | null> {
    const child = this.#child;
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return Promise.resolve(null);
    const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
    child.kill(signal);
    return ended;
  }

  get isRunning(): boolean {
    return this.#child?.exitCode === null && this.#child.signalCode === null;
  }
}
