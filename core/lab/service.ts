import type { ClaimFolder, Ports } from '../shared/ports.ts';
import { ConsoleError } from '../shared/problem.ts';
import { unlessAbsent } from '../store/durable-json-file.ts';
import { writeMarkedFiles } from '../simulation/files/marked-files.ts';
import { makeLab, type LabRequest } from './create/make-lab.ts';
import {
  LAB_FILES,
  type Lab,
  type LabMachine,
  type LabService,
  type LabStatus,
  type MachineState,
  type MachineStatus,
  type ServiceStatus,
} from './model/lab.ts';
import { readyLine } from './machines/run-machine.ts';
import { LabFolder } from './store/files.ts';
import { processPath, readProcess } from './store/processes.ts';
import { readKubeconfigFile } from './store/secret-files.ts';

export type LabServicePorts = Pick<Ports, 'clock' | 'crypto' | 'files' | 'keys' | 'processes' | 'scheduler' | 'tls'>;

export interface LabContext {
  ports: LabServicePorts;
  claim: ClaimFolder;
  /** Makes the text that explains the folder. */
  readme: (lab: Lab) => Promise<string>;
}

export interface CreateLab extends Omit<LabRequest, 'now' | 'pause'> {
  /** Absolute. */
  folder: string;
}

/** A machine has this long to end by itself. */
const END_MS = 5_000;
/** A machine has this long until it listens. */
const START_MS = 30_000;
const LOOK_MS = 200;
const STATUS_MS = 2_000;

/** Creates, starts, stops and removes labs. One process at a time changes a lab. */
export class LabOperator {
  readonly #ports: LabServicePorts;
  readonly #context: LabContext;

  constructor(context: LabContext) {
    this.#ports = context.ports;
    this.#context = context;
  }

  /** Makes a lab in a new or empty folder. Throws `lab.folder-in-use`. */
  async create({ folder, ...request }: CreateLab): Promise<LabStatus> {
    const { files, clock, scheduler } = this.#ports;
    const names = (await unlessAbsent(files.list(folder))) ?? [];
    if (names.length > 0) throw new ConsoleError('lab.folder-in-use', { path: folder });
    await files.createFolder(folder);
    const now = clock.now();
    const { lab, files: made } = await makeLab(this.#ports, { ...request, now, pause: () => scheduler.yield() });
    const readme = await this.#context.readme(lab);
    await writeMarkedFiles(files, { folder, files: made, readme, createdAt: now, isLive: true });
    return this.status(folder);
  }

  /** Starts every machine that is not off, the cloud agent first; waits until they listen. Throws `lab.machine-failed`. */
  start(folder: string): Promise<LabStatus> {
    return this.#alone(folder, async (lab, description) => {
      const machines = await this.#describeMachines(lab, description);
      for (const { name, state } of machines) if (state === 'ended') await this.#launch(lab, description, name);
    });
  }

  stop(folder: string): Promise<LabStatus> {
    return this.#alone(folder, async (lab, description) => {
      // The cloud agent ends last, so that its clients see no failure.
      for (const { name } of [...description.machines].reverse()) await this.#end(lab, name);
    });
  }

  /** Switches one machine off, or all; it stays off when the lab is started. Throws `lab.machine-unknown`. */
  switchOff(folder: string, name: string | undefined): Promise<LabStatus> {
    return this.#alone(folder, async (lab, description) => {
      for (const machine of chooseMachines(description, name).reverse()) {
        await lab.write(offFile(machine.name), '');
        await this.#end(lab, machine.name);
      }
    });
  }

  /** Switches one machine on, or all, and starts it. Throws `lab.machine-unknown` or `lab.machine-failed`. */
  switchOn(folder: string, name: string | undefined): Promise<LabStatus> {
    return this.#alone(folder, async (lab, description) => {
      for (const machine of chooseMachines(description, name)) {
        await lab.remove(offFile(machine.name));
        const [state] = await this.#describeMachines(lab, { ...description, machines: [machine] });
        if (state?.state === 'ended') await this.#launch(lab, description, machine.name);
      }
    });
  }

  async status(folder: string): Promise<LabStatus> {
    const lab = new LabFolder(this.#ports.files, folder);
    const description = await lab.describe();
    const machines = await this.#describeMachines(lab, description);
    const { createdAt, pace, outage } = description;
    return {
      folder,
      createdAt,
      pace,
      ...(outage !== undefined && { outage }),
      running: machines.some(({ state }) => state === 'running'),
      machines,
    };
  }

  /** Stops the lab and deletes its folder. Throws `lab.folder-in-use` if the folder has something that no lab makes. */
  async remove(folder: string): Promise<void> {
    const { files } = this.#ports;
    const lab = new LabFolder(files, folder);
    const description = await lab.describe();
    const known = new Set([
      ...[LAB_FILES.description, LAB_FILES.private, 'workstation', 'README.txt', 'arcwarden-sample.json'],
      ...description.machines.map(({ name }) => name),
    ]);
    for (const name of await files.list(folder))
      if (!known.has(name)) throw new ConsoleError('lab.folder-in-use', { path: files.join(folder, name) });
    await this.stop(folder);
    await files.removeFolder(folder);
  }

  /** Returns the content of a machine's log; empty before its first start. Throws `lab.machine-unknown`. */
  async readLog(folder: string, name: string): Promise<string> {
    const lab = new LabFolder(this.#ports.files, folder);
    chooseMachines(await lab.describe(), name);
    return (await lab.readIfPresent(logFile(name))) ?? '';
  }

  async #alone(folder: string, work: (lab: LabFolder, description: Lab) => Promise<void>): Promise<LabStatus> {
    const lab = new LabFolder(this.#ports.files, folder);
    const description = await lab.describe();
    const claim = await this.#context.claim(lab.path(LAB_FILES.private));
    try {
      await work(lab, description);
    } finally {
      await claim.release();
    }
    return this.status(folder);
  }

  async #launch(lab: LabFolder, description: Lab, name: string): Promise<void> {
    const machine = description.machines.find((each) => each.name === name);
    const log = logFile(name);
    await this.#ports.files.createFolder(lab.path(LAB_FILES.logs));
    await unlessAbsent(this.#ports.files.move(lab.path(log), lab.path(`${log}.previous`)));
    const started = await this.#ports.processes.launchSelf(
      ['lab', 'run', lab.folder, name, '--lang', 'en'],
      lab.path(log),
    );
    await lab.write(processPath(name), JSON.stringify(started));
    const until = this.#ports.scheduler.monotonicMs() + START_MS;
    while (machine !== undefined && this.#ports.scheduler.monotonicMs() < until) {
      if ((await lab.readIfPresent(log))?.includes(readyLine(name))) return;
      if (!this.#ports.processes.isAlive(started)) break;
      await this.#ports.scheduler.wait(LOOK_MS);
    }
    throw new ConsoleError('lab.machine-failed', { machine: name, path: lab.path(log) });
  }

  async #end(lab: LabFolder, name: string): Promise<void> {
    const started = await readProcess(lab, name);
    if (started !== undefined) await this.#ports.processes.end(started, END_MS);
    await lab.remove(processPath(name));
  }

  async #describeMachines(lab: LabFolder, description: Lab): Promise<MachineStatus[]> {
    return Promise.all(
      description.machines.map(async (machine) => {
        const started = await readProcess(lab, machine.name);
        const isAlive = started !== undefined && this.#ports.processes.isAlive(started);
        const isOff = (await lab.readIfPresent(offFile(machine.name))) !== undefined;
        const state: MachineState = isAlive ? 'running' : isOff ? 'off' : 'ended';
        const services = await Promise.all(
          machine.services.map((service) => this.#tryService(lab, description, { machine, service, isAlive })),
        );
        return {
          ...machine,
          state,
          ...(isAlive && { pid: started.pid }),
          log: lab.path(logFile(machine.name)),
          services,
        };
      }),
    );
  }

  /** Connects as a client of the service would, and reports what stands in the way. */
  async #tryService(
    lab: LabFolder,
    description: Lab,
    { machine, service, isAlive }: { machine: LabMachine; service: LabService; isAlive: boolean },
  ): Promise<ServiceStatus> {
    if (!isAlive) return { ...service, fault: 'ECONNREFUSED' };
    const { address, port, serverName, kind } = service;
    try {
      const cluster = description.clusters.find(({ name }) => name === machine.name);
      const kubeconfig = cluster && readKubeconfigFile(await lab.read(cluster.kubeconfig));
      const { status } = await this.#ports.tls.call({
        ...{ address, port, serverName, caPem: await readCa(lab, machine, service), method: 'GET', path: '/healthz' },
        ...(kind === 'api-server' && kubeconfig !== undefined && { identity: kubeconfig }),
        timeoutMs: STATUS_MS,
      });
      return kind === 'api-server' && status !== 200 ? { ...service, fault: `HTTP ${status}` } : service;
    } catch (error) {
      if (!(error instanceof ConsoleError)) throw error;
      return { ...service, fault: String(error.params['reason'] ?? error.code) };
    }
  }
}

function chooseMachines(description: Lab, name: string | undefined): LabMachine[] {
  if (name === undefined) return [...description.machines];
  const found = description.machines.filter((machine) => machine.name === name);
  const known = description.machines.map((machine) => machine.name).join(', ');
  if (found.length === 0) throw new ConsoleError('lab.machine-unknown', { machine: name, known });
  return found;
}

/** Returns PEM of the CAs by which clients check a service. */
async function readCa(lab: LabFolder, machine: LabMachine, { kind, file, node = '' }: LabService): Promise<string> {
  if (machine.kind !== 'cluster') return lab.read(`${LAB_FILES.agent}/trusted.crt`);
  const pki = file.includes('/etc/kubernetes/pki/')
    ? file.replace(/\/etc\/kubernetes\/pki\/.*$/u, '/etc/kubernetes/pki')
    : `${machine.name}/${node}/etc/kubernetes/pki`;
  return lab.read(`${pki}/${kind === 'etcd' ? 'etcd/ca' : 'ca'}.crt`);
}

function offFile(name: string): string {
  return `${LAB_FILES.processes}/${name}.off`;
}

function logFile(name: string): string {
  return `${LAB_FILES.logs}/${name}.log`;
}
