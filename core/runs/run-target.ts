import type { Cluster } from '../inventory/model/credential.ts';
import type { Plan } from '../plan/model/plan.ts';
import { ConsoleError } from '../shared/problem.ts';
import type { RunFleet } from './model/outcome.ts';
import type { RunRecord } from './model/run.ts';
import { PRACTICE_TARGET, isTargetHost, labFolder, LOCAL, SAMPLE } from './model/target-name.ts';
import type { RunTarget } from './contract.ts';
import type { Ports } from '../shared/ports.ts';
import type { StepRunner } from './target.ts';
import type { LabHostPorts } from '../lab/fleet.ts';
import { engineFleet } from './targets/engine-fleet.ts';
import { LabTarget } from './targets/lab-target.ts';
import { WindowsHost } from './targets/windows-host.ts';

/** Returns the host's name, `sample` or `local`. Throws `run.bad-host`. */
export function targetName(target: RunTarget): string {
  if (target.kind !== 'host') return target.kind;
  const { name } = target;
  if (!isTargetHost(name)) throw new ConsoleError('run.bad-host', { name });
  return name;
}

/**
 * Rejects a sample on a host, and a real cluster in the simulation, which has only a copy of the sample fleet. Throws
 * `run.sample-only`, `run.not-sample` or `run.not-in-inventory`.
 */
export function checkTarget(
  { clusters }: Pick<Plan, 'clusters'>,
  target: string,
  known: readonly Pick<Cluster, 'id' | 'name' | 'sample'>[],
): void {
  const found = clusters.flatMap(
    ({ id, name }) => known.find((each) => (id === undefined ? each.name === name : each.id === id)) ?? [],
  );
  if (PRACTICE_TARGET.test(target) && found.length === 0) throw new ConsoleError('run.not-in-inventory', {});
  const wrong = found.find(({ sample = false }) => sample !== PRACTICE_TARGET.test(target));
  if (wrong === undefined) return;
  const code = wrong.sample === true ? 'run.sample-only' : 'run.not-sample';
  throw new ConsoleError(code, { cluster: wrong.name });
}

/** Returns the runner for the simulation or for a host. Throws `run.not-in-inventory`. */
export function runTarget(
  ports: Pick<Ports, 'processes' | 'files' | 'ids'> & LabHostPorts,
  { id, target, plan }: Pick<RunRecord, 'id' | 'target' | 'plan'>,
  fleet: Pick<RunFleet, 'clusters' | 'facts' | 'now'>,
): StepRunner {
  if (target === SAMPLE) return engineFleet({ ...fleet, plan });
  if (PRACTICE_TARGET.test(target)) return new LabTarget(ports, labFolder(target) ?? '');
  return new WindowsHost(ports, { computer: target === LOCAL ? undefined : target, folder: id });
}
