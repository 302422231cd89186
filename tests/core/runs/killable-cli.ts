import { spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import type { RunId, RunRecord } from '../../../core/runs/model/run.ts';
import { PRINTS_END } from '../../support/script-end.ts';
import { runFile } from '../../../core/runs/store/schemas.ts';

/** How a call to the host ends. `call` is its position among all calls, counted from 0. */
export interface Fate {
  call: number;
  /**
   * `before`: the caller is killed before the action. `after`: the caller is killed after the action, before it
   * receives the result. `hang`: the program hangs after the action.
   */
  when: 'before' | 'after' | 'hang';
}

/**
 * A host with a state: an update takes effect when it ends, and cmdlets that only read print the current state in their
 * documented form.
 */
const HOST = String.raw`
const fs = require('node:fs');
const path = require('node:path');
const HERE = __dirname;
const file = (name) => path.join(HERE, name);
const read = (name, otherwise) => fs.existsSync(file(name)) ? JSON.parse(fs.readFileSync(file(name), 'utf8')) : otherwise;
const input = fs.readFileSync(0, 'utf8');
${PRINTS_END}
const isHost = path.basename(__filename) === 'powershell.exe';
const document = isHost ? JSON.parse(input.slice(input.indexOf("@'\n") + 3, input.indexOf("\n'@\n"))) : undefined;
const name = document === undefined ? 'kubectl' : document.command.name;
const value = (wanted) => document.command.parameters.find((each) => each.name.toLowerCase() === wanted)?.value?.text;
const calls = read('calls', []);
fs.writeFileSync(file('calls'), JSON.stringify([...calls, name]));
const fate = read('fate', { call: -1 });
const isNow = fate.call === calls.length;
const state = read('state', { build: '1.0.14.10928', clusters: {}, done: [] });
const end = (when) => {
  if (!isNow || fate.when !== when) return;
  process.kill(process.ppid, 'SIGKILL');
  process.exit(1);
};
end('before');
if (name.startsWith('Update-') || name === 'Get-AksHciCredential') {
  state.done.push(name);
  if (name === 'Update-AksHci') state.build = read('newest', state.build);
  if (name === 'Update-AksHciCluster') state.clusters[value('name')] = value('kubernetesversion');
  fs.writeFileSync(file('state'), JSON.stringify(state));
}
const printed = read('printed', '');
if (name === 'Update-AksHci' && printed !== '') console.log(printed);
end('after');
if (isNow && fate.when === 'hang') {
  // A test that waits for the file never reads half of it.
  fs.writeFileSync(file('hanging.new'), String(process.pid));
  fs.renameSync(file('hanging.new'), file('hanging'));
  setInterval(() => {}, 1000);
} else if (name === 'Get-AksHciVersion') console.log(state.build);
else if (name === 'Get-AksHciCluster') {
  console.log('ProvisioningState     : provisioned');
  console.log('KubernetesVersion     : ' + (state.clusters[value('name')] ?? 'v1.21.9'));
  console.log('Name                  : ' + value('name'));
} else console.log('');
`;

export class Lab {
  readonly folder: string;
  readonly #cli: string;

  constructor(cli: string, folder: string) {
    this.#cli = cli;
    this.folder = folder;
    mkdirSync(join(folder, 'bin'), { recursive: true });
    for (const program of ['powershell.exe', 'kubectl', 'kubectl.exe']) {
      const path = join(folder, 'bin', program);
      writeFileSync(path, `#!${process.execPath}\n${HOST}\n`);
      chmodSync(path, 0o755);
    }
  }

  put(name: string, content: unknown): void {
    writeFileSync(join(this.folder, 'bin', name), JSON.stringify(content));
  }

  read<T>(name: string): T {
    return JSON.parse(readFileSync(join(this.folder, 'bin', name), 'utf8')) as T;
  }

  /** Runs the program until it ends. `signal`: the signal that has killed it. */
  run(
    words: readonly string[],
    started: (pid: number) => void = () => undefined,
  ): Promise<{ code: number | null; signal: string | null; out: string; error: string }> {
    const { PATH = '' } = process.env;
    const child = spawn(process.execPath, [this.#cli, ...words, '--data', join(this.folder, 'data'), '--lang', 'en'], {
      env: { ...process.env, PATH: `${join(this.folder, 'bin')}${delimiter}${PATH}` },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let [out, error] = ['', ''];
    child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (error += chunk.toString()));
    if (child.pid !== undefined) started(child.pid);
    return new Promise((resolve, reject) => {
      child.on('error', reject);
      child.on('close', (code, signal) => resolve({ code, signal, out, error }));
    });
  }

  /** Returns the only run in the data folder. */
  record(): RunRecord {
    const folder = join(this.folder, 'data', 'runs');
    const [name = ''] = readdirSync(folder).filter((each) => /^[0-9a-f]{16}\.json$/u.test(each));
    const text = readFileSync(join(folder, name), 'utf8');
    return runFile.parse(JSON.parse(text));
  }

  has(name: string): boolean {
    return existsSync(join(this.folder, 'bin', name));
  }

  /** Returns whether the record shows a step as done; `false` while the record cannot be read. */
  tellsDone(step: string): boolean {
    try {
      return this.record().steps.find(({ id }) => id === step)?.state === 'done';
    } catch {
      return false;
    }
  }

  get runId(): RunId {
    return this.record().id;
  }
}
