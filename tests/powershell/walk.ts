import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openValues, type Plan, type PlanCommand } from '../../core/plan/model/plan.ts';
import { HostMachine, type Fault, type StubCall, type StubModes } from '../support/host-machine.ts';
import {
  adaptScript,
  type ScriptEnd,
  type ScriptHost,
  type ScriptStart,
  type Way,
} from '../support/real-power-shell.ts';
import { STUB_PROGRAMS } from '../support/stub-cmdlets.ts';
import type { StubFolders } from '../support/stub-modules.ts';
import { valueWords, YES } from './decided.ts';
import type { WrittenScript } from './scripts.ts';

/* Runs a script on a separate host, like a user who always answers yes. */

export interface Walk extends ScriptEnd {
  calls: readonly StubCall[];
  machine: HostMachine;
}

export interface WalkOptions {
  way?: Way;
  words?: ScriptStart['words'];
  /** Default: yes to each question. */
  answers?: readonly string[];
  faults?: readonly Fault[];
  modes?: Partial<StubModes>;
  /** The host of an earlier run; default: a new host. */
  machine?: HostMachine;
  limitMs?: number;
}

/** The cluster for plans that name no cluster. */
export const ANY_CLUSTER = 'retail-east';

const ALWAYS = Array.from({ length: 400 }, () => YES);
const LIMIT_MS = 600_000;

/** Runs the script. The caller must remove the machine. */
export async function walk(
  { host, stubs }: { host: Pick<ScriptHost, 'run'>; stubs: StubFolders },
  script: WrittenScript,
  options: WalkOptions = {},
): Promise<Walk> {
  const { way = 'console', answers = ALWAYS, faults = [], modes, words = [], limitMs = LIMIT_MS } = options;
  const machine = options.machine ?? new HostMachine(stubs, modes);
  machine.forget();
  machine.suffer(...faults, ...(script.plan === undefined ? [] : whatChecksExpect(script.plan)));
  // A plan that creates `.kube` is for a user who has no such folder.
  if (options.machine === undefined && script.text.includes('mkdir "$HOME/.kube"'))
    rmSync(join(machine.folders.user, '.kube'), { recursive: true });
  const path = install(machine, script);
  const given = [...usualWords(script, machine), ...words];
  const [end] = await host.run({ machine, path, words: given, answers, way, limitMs });
  if (end === undefined) throw new Error('no end');
  return { ...end, calls: machine.calls(), machine };
}

/** Writes the script and its files into a folder whose name contains a space. */
function install(
  machine: HostMachine,
  { text, files = {}, nowSeconds, fileName = 'script.ps1' }: WrittenScript,
): string {
  const folder = join(machine.folders.work, 'my scripts');
  mkdirSync(folder, { recursive: true });
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
  const path = join(folder, fileName);
  writeFileSync(path, adaptScript(text, nowSeconds === undefined ? {} : { nowSeconds }));
  return path;
}

/** Returns the arguments that each start of the script needs: values that only an admin knows, and folders. */
function usualWords({ kind, plan, names = [] }: WrittenScript, machine: HostMachine): string[] {
  switch (kind) {
    case 'plan':
    case 'recovery': {
      const open = plan === undefined ? [] : openValues(plan).filter((name) => name !== 'cluster');
      const isOpen = plan !== undefined && openValues(plan).includes('cluster') && kind === 'plan';
      return [
        ...(isOpen ? ['-Cluster', names[0] ?? ANY_CLUSTER] : []),
        ...valueWords(Object.fromEntries(open.map((name) => [name, exampleInput(name)]))),
      ];
    }
    case 'maintenance':
      return ['-CredentialFolder', machine.folders.user, '-StateFolder', join(machine.folders.programData, 'state')];
    case 'registration':
      return ['-CredentialFolder', machine.folders.user];
    case 'verification':
      return [];
  }
}

export function exampleInput(name: string): string {
  return name.includes('version') ? '1.29.4' : `v-${name.replaceAll(/[^a-z-]/gu, '-')}`;
}

/** Makes cmdlets and programs print the output that checks expect, such as the version after an update. */
function whatChecksExpect({ steps }: Plan): Fault[] {
  return steps.flatMap(({ check }) =>
    check?.prints === undefined
      ? []
      : namesIn(check.command).map((of): Fault => ({ of, kind: 'says', text: check.prints?.join('\n') ?? '' })),
  );
}

function namesIn(command: PlanCommand): string[] {
  if (command.kind === 'cmdlet') return [command.name];
  if (command.kind === 'program') return [command.program];
  const names = [...(command.script.match(/\b[A-Z][a-z]+-(?:AksHci|Moc)[A-Za-z]*/gu) ?? []), ...STUB_PROGRAMS];
  return names.filter((name) => command.script.includes(name) && !name.endsWith('Config'));
}
