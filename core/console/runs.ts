import type { InventoryService } from '../inventory/service.ts';
import type { ClusterFleet } from '../expiry/model/judged-fleet.ts';
import { planRepair } from '../repair/service.ts';
import { isOfCatalogue } from '../runs/model/catalogue-steps.ts';
import { runOutcome } from '../runs/model/outcome.ts';
import { Runs, type RunsContext } from '../runs/runs.ts';
import { sourcePaths } from '../inventory/model/source-paths.ts';
import type { KnownLabs } from '../lab/store/known-labs.ts';
import { readAfterRun } from '../runs/read-after.ts';
import { problemFromError } from '../shared/problem.ts';
import { planAnswered } from '../update/service.ts';
import type { ClaimFolder, Ports } from '../shared/ports.ts';
import type { Announce } from './announce.ts';
import type { ConsoleData } from './data.ts';

interface RunSurroundings extends Pick<ConsoleData, 'store' | 'audit'> {
  ports: Ports;
  announce: Announce;
  dataFolder: string;
  claim: ClaimFolder;
}

interface RunParts extends Pick<RunsContext, 'store' | 'consent'> {
  inventory: InventoryService;
  labs: KnownLabs;
  fleet: () => ClusterFleet;
}

export function createRuns(
  { ports, store, audit, announce, dataFolder, claim }: RunSurroundings,
  { inventory, labs, fleet, ...parts }: RunParts,
): Runs {
  const fleetForPlanning = () => ({ ...fleet(), planning: store.settings().planning });
  return new Runs({
    ports,
    dataFolder,
    claim,
    ...parts,
    makePlan: async ({ kind, answers }) => {
      if (kind === 'repair') {
        const { plan, request } = planRepair(fleetForPlanning(), answers);
        return { plan, request: { kind, request } };
      }
      const { planning, request } = planAnswered(fleetForPlanning(), answers);
      return { plan: planning.plan, request: { kind, request } };
    },
    findLab: ({ clusters }) => {
      const known = clusters.flatMap(({ id }) => (id === undefined ? [] : (store.cluster(id) ?? [])));
      return labs.findAround(sourcePaths(known));
    },
    isOfCatalogue,
    fleet,
    outcome: async (before, target) => {
      await inventory.change(() => readAfterRun(ports, store, { target, before }));
      return runOutcome(before, fleet());
    },
    withTrail: (work) => work(audit),
    changed: (view) => announce('runs', 'changed', view),
    printed: (printed) => announce('runs', 'printed', printed),
    broken: (error) => void problemFromError(ports, error),
  });
}
