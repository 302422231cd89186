import { ConsoleError } from '../../shared/problem.ts';
import type { CancelSignal } from '../../shared/ports.ts';
import { LabFolder } from '../store/files.ts';
import { runCloudAgent } from './cloud-agent.ts';
import { runCluster } from './cluster.ts';
import { runHost } from './host.ts';
import type { MachineContext, MachinePorts, RunningMachine } from './machine.ts';

const TICK_MS = 1_000;

const RUNNERS: Record<MachineContext['machine']['kind'], (context: MachineContext) => Promise<RunningMachine>> = {
  'cloud-agent': runCloudAgent,
  host: runHost,
  cluster: runCluster,
};

/**
 * Runs one machine of a lab until the signal fires. `print` gets the lines of its log. Throws `lab.*` or `tls.*` if the
 * machine cannot start.
 */
export async function runMachine(
  ports: MachinePorts,
  {
    folder,
    name,
    signal,
    print,
  }: { folder: string; name: string; signal: CancelSignal; print: (line: string) => void },
): Promise<void> {
  const lab = new LabFolder(ports.files, folder);
  const description = await lab.describe();
  const machine = description.machines.find((each) => each.name === name);
  const known = description.machines.map((each) => each.name).join(', ');
  if (machine === undefined) throw new ConsoleError('lab.machine-unknown', { machine: name, known });
  const log = (line: string): void => print(`${ports.clock.now()} ${line}`);
  const running = await RUNNERS[machine.kind]({ ports, lab, description, machine, log });
  log(readyLine(name));
  while (!signal.aborted) {
    try {
      await running.tick(ports.clock.now());
    } catch (error) {
      // A damaged file or a full disk must not end the machine: the next round may succeed.
      log(`${name}: ${error instanceof ConsoleError ? error.code : 'internal error'}`);
    }
    await ports.scheduler.wait(TICK_MS, signal);
  }
  await running.close();
  log(`${name}: ended`);
}

/** The line in the log of a machine that runs. */
export function readyLine(name: string): string {
  return `${name}: started`;
}
