import type { InventoryService } from '../inventory/service.ts';
import type { ClusterFleet } from '../expiry/model/judged-fleet.ts';
import { planRepair } from '../repair/service.ts';
import { isOfCatalogue } from '../runs/model/catalogue-steps.ts';
import { runOutcome } from '../runs/model/outcome.ts';
import { Runs, type RunsContext } from '../runs/runs.ts';
import { findLab, readKnownFiles } from '../inventory/fleet.ts';
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
  fleet: () => ClusterFleet;
}

export function createRuns(
  { ports, store, audit, announce, dataFolder, claim }: RunSurroundings,
  { inventory, fleet, ...parts }: RunParts,
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
    findLab: (ids) =>
      findLab(
        ports,
        ids.flatMap((id) => store.cluster(id) ?? []),
      ),
    isOfCatalogue,
    fleet,
    outcome: async (before) => {
      await inventory.change(() => readKnownFiles(ports, store));
      return runOutcome(before, fleet());
    },
    withTrail: (work) => work(audit),
    changed: (view) => announce('runs', 'changed', view),
    printed: (printed) => announce('runs', 'printed', printed),
    broken: (error) => void problemFromError(ports, error),
  });
}
