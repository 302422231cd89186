import type { Cluster } from '../inventory/model/credential.ts';
import type { Plan } from '../plan/model/plan.ts';
import { ConsoleError } from '../shared/problem.ts';
import type { RunRecord } from './model/run.ts';
import { FORMER_COPY, isTargetHost, labFolder, LOCAL } from './model/target-name.ts';
import type { RunTarget } from './contract.ts';
import type { Ports } from '../shared/ports.ts';
import type { StepRunner } from './target.ts';
import type { LabHostPorts } from '../lab/fleet.ts';
import { LabTarget } from './targets/lab-target.ts';
import { WindowsHost } from './targets/windows-host.ts';

/** Returns the host’s name or `local`. Throws `run.bad-host`. */
export function targetName(target: Exclude<RunTarget, { kind: 'lab' }>): string {
  if (target.kind === 'local') return LOCAL;
  const { name } = target;
  if (!isTargetHost(name)) throw new ConsoleError('run.bad-host', { name });
  return name;
}

/**
 * Rejects a cluster made for practice on a host, and a real cluster on a lab. Throws `run.sample-only`, `run.no-lab`
 * or `run.not-in-inventory`.
 */
export function checkTarget(
  { clusters }: Pick<Plan, 'clusters'>,
  target: string,
  known: readonly Pick<Cluster, 'id' | 'name' | 'sample'>[],
): void {
  const found = clusters.flatMap(
    ({ id, name }) => known.find((each) => (id === undefined ? each.name === name : each.id === id)) ?? [],
  );
  const isLab = labFolder(target) !== undefined;
  if (isLab && found.length === 0) throw new ConsoleError('run.not-in-inventory', {});
  const wrong = found.find(({ sample = false }) => sample !== isLab);
  if (wrong === undefined) return;
  const code = wrong.sample === true ? 'run.sample-only' : 'run.no-lab';
  throw new ConsoleError(code, { cluster: wrong.name });
}

/** Returns the runner for a lab or a host. Throws `run.sample-only` for the copy of the demo fleet of earlier releases. */
export function runTarget(
  ports: Pick<Ports, 'processes' | 'files' | 'ids'> & LabHostPorts,
  { id, target, plan }: Pick<RunRecord, 'id' | 'target' | 'plan'>,
): StepRunner {
  const folder = labFolder(target);
  if (folder !== undefined) return new LabTarget(ports, { folder, plan });
  if (target === FORMER_COPY) throw new ConsoleError('run.sample-only', { cluster: plan.clusters[0]?.name ?? '' });
  return new WindowsHost(ports, { computer: target === LOCAL ? undefined : target, folder: id });
}
