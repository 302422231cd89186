import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { encodePem } from '../../../../core/formats/der/pem.ts';
import { loginRequest } from '../../../../core/pki/identities/request.ts';
import { readCertificatePem } from '../../../../core/lab/store/secret-files.ts';
import { BuiltProgram } from '../../../support/built-program.ts';
import type { AgentClient } from '../../../support/lab-agent.ts';
import { callPort, presentPorts, RunningAgent, type Answer } from '../../../support/running-agent.ts';
import { pulse } from '../../../rigs/reporter.mjs';

const KILLS = 50;
const WRITERS = ['caph', 'csi', 'kms', 'admin'];
/** From the first confirmed change of a round. */
const LONGEST_MS = 500;

/** Knows all that was confirmed to one client, and the change that nobody answered. */
class Writer {
  readonly #agent: RunningAgent;
  readonly #ports = presentPorts();
  client: AgentClient;
  /** Confirmed versions by name. */
  readonly confirmed = new Map<string, number>();
  /** The resource of the change that nobody answered. */
  open: { name: string; version: number } | undefined;
  isTokenOpen = false;
  changes = 0;
  #next = 0;

  constructor(agent: RunningAgent, client: AgentClient) {
    this.#agent = agent;
    this.client = client;
  }

  async write(): Promise<void> {
    for (;;) {
      await this.#put(`n${(this.#next += 1)}`);
      await this.#put(`n${Math.ceil(this.#next / 2)}`);
      if (this.#next % 3 === 0) await this.#rotate();
      if (this.#next % 4 === 0) await this.#logIn();
      if (this.#next % 5 === 0) await this.#delete(`n${this.#next - 1}`);
    }
  }

  path(name = ''): string {
    const all = `/v1/locations/MocLocation/groups/${this.client.name}/virtualNetworks`;
    return name === '' ? all : `${all}/${name}`;
  }

  call(path: string, more: Parameters<typeof callPort>[3] = {}): Promise<Answer> {
    return callPort(this.#agent.made, this.#agent.work, path, { as: this.client, ...more });
  }

  async #put(name: string): Promise<void> {
    const version = this.confirmed.get(name);
    if (version === undefined && name !== `n${this.#next}`) return;
    this.open = { name, version: (version ?? 0) + 1 };
    const answer = await this.call(this.path(name), {
      ...{ method: 'PUT', body: { addressPrefix: '10.0.0.0/24' } },
      ...(version !== undefined && { headers: { 'if-match': `"${version}"` } }),
    });
    demandStatus(answer, 200, 201);
    this.confirmed.set(name, (version ?? 0) + 1);
    this.#confirm();
  }

  async #delete(name: string): Promise<void> {
    const version = this.confirmed.get(name);
    if (version === undefined) return;
    this.open = { name, version: 0 };
    const answer = await this.call(this.path(name), { method: 'DELETE', headers: { 'if-match': `"${version}"` } });
    demandStatus(answer, 204);
    this.confirmed.delete(name);
    this.#confirm();
  }

  async #rotate(): Promise<void> {
    this.isTokenOpen = true;
    const answer = await this.call('/v1/self/rotate', { method: 'POST' });
    demandStatus(answer, 200);
    const { token } = JSON.parse(answer.body) as { token: string };
    this.client = { ...this.client, token };
    this.isTokenOpen = false;
    this.changes += 1;
  }

  async #logIn(): Promise<void> {
    const { client, answer } = await this.logIn();
    demandStatus(answer, 200);
    if (client !== undefined) this.client = client;
    this.changes += 1;
  }

  async logIn(): Promise<{ client?: AgentClient; answer: Answer }> {
    const { name, token } = this.client;
    const { request, key } = await loginRequest(this.#ports, {
      name,
      hostName: 'h',
      hostIp: '10.0.0.1',
      algorithm: 'p-256',
    });
    const body = { request: encodePem('CERTIFICATE REQUEST', request) };
    const answer = await callPort(this.#agent.made, this.#agent.login, '/v1/login', { method: 'POST', token, body });
    if (answer.status !== 200) return { answer };
    const [certificate] = readCertificatePem((JSON.parse(answer.body) as { certificate: string }).certificate);
    return certificate === undefined ? { answer } : { client: { name, token, key, certificate }, answer };
  }

  #confirm(): void {
    this.open = undefined;
    this.changes += 1;
  }

  /** Compares what is there after a restart, and takes it over. */
  async check(): Promise<string[]> {
    const { name } = this.client;
    const self = await this.call('/v1/self');
    if (self.status !== 200) return [`${name}: the certificate of the last login is refused: ${self.body}`];
    const list = JSON.parse((await this.call(this.path())).body) as { name: string; version: number }[];
    const found = new Map(list.map((each) => [each.name, each.version]));
    const faults: string[] = [];
    for (const each of new Set([...this.confirmed.keys(), ...found.keys()])) {
      const [wanted, is] = [this.confirmed.get(each) ?? 0, found.get(each) ?? 0];
      const isOpen = this.open?.name === each && this.open.version === is;
      if (wanted !== is && !isOpen)
        faults.push(`${name}: ${each} was confirmed with version ${wanted}, there is ${is}`);
      if (is === 0) this.confirmed.delete(each);
      else this.confirmed.set(each, is);
    }
    this.open = undefined;
    if (!this.isTokenOpen) {
      const { answer } = await this.logIn();
      if (answer.status !== 200) faults.push(`${name}: the last token is refused: ${answer.body}`);
    } else await this.#rotate();
    return faults;
  }
}

function demandStatus({ status, body }: Answer, ...wanted: number[]): void {
  if (!wanted.includes(status)) throw new Error(`${status}: ${body}`);
}

test('over 50 kills no confirmed change is lost, nothing else appears, and the audit trail verifies', async () => {
  const program = await BuiltProgram.build();
  const everything = [{ role: 'Owner', scope: {} }];
  const identities = Object.fromEntries(WRITERS.map((name) => [name, everything]));
  const agent = await RunningAgent.make(program.file, join(program.folder, 'lab'), identities);
  const writers = Object.values(agent.made.clients).map((client) => new Writer(agent, client));
  const faults: string[] = [];
  const data = join(agent.folder, 'lab', 'cloud-agent');
  await agent.start();
  try {
    for (let kill = 1; kill <= KILLS && faults.length === 0; kill += 1) {
      const before = writers.reduce((sum, { changes }) => sum + changes, 0);
      const writing = writers.map((each) =>
        each.write().catch((error: unknown) => {
          // A refusal is a fault; a connection that breaks is what the kill does.
          if (error instanceof Error && /^\d{3}:/u.test(error.message)) faults.push(error.message);
        }),
      );
      while (writers.reduce((sum, { changes }) => sum + changes, 0) === before && faults.length === 0) await pause(5);
      await pause(Math.random() * LONGEST_MS);
      await agent.end('SIGKILL');
      await Promise.all(writing);
      await agent.start();
      const verified = spawnSync(
        process.execPath,
        [program.file, 'audit', 'verify', '--data', data],
        program.options(),
      );
      if (verified.status !== 0) faults.push(`kill ${kill}: ${verified.stdout}${verified.stderr}`);
      for (const each of writers) faults.push(...(await each.check()));
      pulse();
    }
  } finally {
    await agent.end();
  }
  const changes = writers.reduce((sum, each) => sum + each.changes, 0);
  expect(faults).toEqual([]);
  expect(changes).toBeGreaterThan(KILLS * 3);
  console.log(`${KILLS} kills in ${changes} confirmed changes; 0 lost`);
});
