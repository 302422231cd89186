import { execFile, spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { Lab, LabStatus, ServiceStatus } from '../../core/lab/model/lab.ts';
import type { BuiltProgram, Outcome } from './built-program.ts';

/** A lab of real processes, made and run by the shipped command line. */
export class LabWorld {
  readonly folder: string;
  readonly data: string;
  readonly #program: BuiltProgram;

  constructor(program: BuiltProgram, name: string) {
    this.#program = program;
    this.folder = join(program.folder, name);
    this.data = join(program.folder, `${name}-data`);
  }

  run(...words: string[]): Outcome {
    const options = { ...this.#program.options(), timeout: 120_000 };
    const result = spawnSync(process.execPath, [this.#program.file, ...words, '--data', this.data], options);
    return { code: result.status, out: result.stdout, notices: result.stderr };
  }

  begin(...options: string[]): void {
    for (const words of [
      ['create', this.folder, ...options],
      ['start', this.folder],
    ]) {
      const { code, notices } = this.run('lab', ...words);
      if (code !== 0) throw new Error(`lab ${String(words[0])} ended with ${String(code)}: ${notices}`);
    }
  }

  /** Ends every process of the lab. */
  end(): void {
    if (existsSync(this.folder)) this.run('lab', 'stop', this.folder);
    rmSync(this.folder, { recursive: true, force: true });
  }

  get description(): Lab {
    return JSON.parse(readFileSync(join(this.folder, 'lab.json'), 'utf8')) as Lab;
  }

  status(): LabStatus {
    return JSON.parse(this.run('lab', 'status', this.folder, '--json').out) as LabStatus;
  }

  service(name: string): ServiceStatus {
    const found = this.status()
      .machines.flatMap(({ services }) => services)
      .find((each) => each.name === name);
    if (found === undefined) throw new Error(`no service ${name}`);
    return found;
  }

  log(machine: string): string {
    return join(this.folder, 'lab', 'logs', `${machine}.log`);
  }

  readJson(file: string): unknown {
    return JSON.parse(readFileSync(join(this.folder, file), 'utf8'));
  }

  /** Writes a file beside the lab's folder; returns its path from there. */
  write(name: string, content: Uint8Array): string {
    writeFileSync(join(this.data, name), content);
    return relative(this.folder, join(this.data, name));
  }

  /** Waits until `look` returns something other than `undefined`; at most `seconds`. */
  async waitFor<T>(look: () => T | undefined, seconds: number): Promise<T> {
    for (const until = Date.now() + seconds * 1_000; ;) {
      const seen = look();
      if (seen !== undefined) return seen;
      if (Date.now() > until) throw new Error(`nothing after ${seconds} s`);
      await new Promise((done) => setTimeout(done, 250));
    }
  }
}

interface Handshake {
  /** The code of openssl; 0: the chain and the dates are valid. `undefined` without a handshake. */
  verified: number | undefined;
}

/** Connects with openssl, which neither makes nor checks certificates with our code. */
export function handshake(
  lab: LabWorld,
  service: Pick<ServiceStatus, 'address' | 'port'>,
  ca: string,
): Promise<Handshake> {
  const words = ['s_client', '-connect', `${service.address}:${service.port}`, '-CAfile', join(lab.folder, ca)];
  return new Promise((done) => {
    const child = execFile('openssl', words, { timeout: 10_000 }, (_, out) => {
      const code = /Verify return code: (\d+)/u.exec(out)?.[1];
      done({ verified: code === undefined || !out.includes('BEGIN CERTIFICATE') ? undefined : Number(code) });
    });
    // Without a server, openssl is gone before it reads anything.
    child.stdin?.on('error', () => undefined).end('');
  });
}

/** Returns the API servers of a lab, each with the file of its CA. */
export function apiServers(lab: LabWorld): { service: Lab['machines'][number]['services'][number]; ca: string }[] {
  return lab.description.machines.flatMap(({ name, services }) =>
    services
      .filter(({ kind }) => kind === 'api-server')
      .map((service) => ({ service, ca: `${name}/${service.node ?? ''}/etc/kubernetes/pki/ca.crt` })),
  );
}
