import type { Announce } from './announce.ts';
import { askPerson } from './application.ts';
import type { ClusterFleet } from '../expiry/model/judged-fleet.ts';
import type { RunStore } from '../runs/store/store.ts';
import type { AuditTrail } from '../audit/store/audit.ts';
import { readKnownFiles } from '../inventory/fleet.ts';
import { type Wording } from '../shared/text/text.ts';
import { planRepair } from '../repair/service.ts';
import { planAnswered } from '../update/service.ts';
import { keepSimulated } from '../runs/simulated-changes.ts';
import { toProblem } from '../shared/problem.ts';
import { isOfCatalogue } from '../runs/model/catalogue-steps.ts';
import { runOutcome } from '../runs/model/outcome.ts';
import type { ClaimFolder, Ports } from '../shared/ports.ts';
import { Runs } from '../runs/runs.ts';
import { EngineFleet } from '../runs/targets/engine-fleet.ts';
import type { InventoryService } from '../inventory/service.ts';
import { consentQuestion } from '../runs/text/consent.ts';
import type { Store } from '../inventory/store/data-store.ts';

export interface RunsWiring {
  ports: Ports;
  dataFolder: string;
  claim: ClaimFolder;
  store: Store;
  audit: AuditTrail;
  runFiles: RunStore;
  inventory: InventoryService;
  fleet: () => ClusterFleet;
  wording: () => Wording;
  announce: Announce;
}

/** Runs, with what they need from other features: plans, consent, reading again. */
export function createRuns({
  ports,
  dataFolder,
  claim,
  store,
  audit,
  runFiles,
  inventory,
  fleet,
  wording,
  announce,
}: RunsWiring): Runs {
  const plannedFleet = () => ({ ...fleet(), planning: store.settings().planning });
  return new Runs({
    ports,
    dataFolder,
    claim,
    store: runFiles,
    planOf: async ({ kind, answers }) => {
      if (kind === 'repair') {
        const { plan, request } = planRepair(plannedFleet(), answers);
        return { plan, request: { kind, request } };
      }
      const { planning, request } = planAnswered(plannedFleet(), answers);
      return { plan: planning.plan, request: { kind, request } };
    },
    isOfCatalogue,
    fleet,
    consent: (asked) =>
      askPerson(ports.host, consentQuestion(asked, { ...wording(), zone: store.settings().timeZone })),
    outcome: async (before, target) => {
      await inventory.change(async () => {
        if (target instanceof EngineFleet) await keepSimulated(ports, store, { simulated: target, of: before });
        else await readKnownFiles(ports, store);
      });
      return runOutcome(before, fleet());
    },
    withTrail: (work) => work(audit),
    changed: (view) => {
      announce('runs', 'changed', view);
    },
    printed: (printed) => {
      announce('runs', 'printed', printed);
    },
    broken: (error) => void toProblem(ports, error),
  });
}
