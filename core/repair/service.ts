import type { Service } from '../shared/problem.ts';
import type { ClusterFleet } from '../expiry/model/judged-fleet.ts';
import { printPlan, writePlanFile } from '../plan/export/file.ts';
import type { PlanCauses } from '../plan/export/html-page.ts';
import type { Printing } from '../formats/print.ts';
import type { PlanWording } from '../plan/text/plan-text.ts';
import type { Wording } from '../shared/text/text.ts';
import type { Ports } from '../shared/ports.ts';
import { repairFact } from '../knowledge/model/repair-facts.ts';
import type { Plan } from '../plan/model/plan.ts';
import type { Statement } from '../shared/citation.ts';
import { instantFromMs } from '../shared/instant.ts';
import type { RepairApi } from './contract.ts';
import { fleetNeeds } from './model/needs.ts';
import { readEvidence } from './evidence-file.ts';
import type { RepairCause, RepairPlanning } from './model/planning.ts';
import { evidenceText, surenessText, translateKey } from './text/diagnosis-text.ts';
import { findQuestion } from './model/question.ts';
import { selectRelatedRows } from './model/related-rows.ts';
import { isRebuilt, layersToAsk, repairPlan, type RepairRequest } from './model/plan.ts';
import { repairDiagnosis, repairRequest, type RepairChoice, type RepairSource } from './model/request.ts';

interface RepairContext {
  ports: Pick<Ports, 'crypto' | 'files' | 'tickets'> & Printing;
  fleet: () => ClusterFleet;
  wording: () => Wording;
}

export function repairService({ ports, fleet, wording }: RepairContext): Service<RepairApi> {
  return {
    readEvidence: ({ source }) => readEvidence(ports, ports.tickets.take(source, 'read:evidence')),
    diagnose: (answers) => repairDiagnosis(...prepare(fleet(), answers)),
    plan: (answers) => {
      const { request: _, ...planning } = planWithQuestion(fleet(), answers);
      return planning;
    },
    exportPlan: ({ answers, format, target }) => {
      const path = ports.tickets.take(target, `write:${format}`);
      const { plan } = planRepair(fleet(), answers);
      return writePlanFile(ports, plan, { path, format, wording: wording() });
    },
    printPlan: (answers) => {
      const { plan, causes: treated } = planRepair(fleet(), answers);
      const { causes } = repairDiagnosis(...prepare(fleet(), answers));
      const shown = causes.filter(({ failure }) => treated.some((one) => one.failure === failure));
      return printPlan(ports, plan, {
        wording: wording(),
        ...(shown.length > 0 && { causes: describeCauses(shown, { ...wording(), zone: 'utc' }) }),
      });
    },
  };
}

/** The request stays in the main process. */
export interface PlannedRepair extends RepairPlanning {
  request: RepairRequest;
}

/**
 * Plans a repair, and returns it with its causes and the request. Throws `cluster.unknown` or `plan.deployment-needed`.
 */
export function planRepair(fleet: RepairSource | ClusterFleet, choice: RepairChoice): PlannedRepair {
  const [source, prepared] = prepare(fleet, choice);
  const request = repairRequest(source, prepared);
  const plan = repairPlan(request);
  return {
    causes: request.targets.flatMap((target) =>
      isRebuilt(target) ? [] : target.failures.map((failure) => ({ failure, cluster: target.name })),
    ),
    plan: plan.steps.length > 0 ? plan : { ...plan, after: listUpcoming(source, plan) },
    request,
  };
}

/** Plans a repair as `planRepair` does, with the question whose answers spare the most checks. */
export function planWithQuestion(fleet: RepairSource | ClusterFleet, choice: RepairChoice): PlannedRepair {
  const planned = planRepair(fleet, choice);
  const { targets } = planned.request;
  // Planning again for each possible answer takes too long for a larger plan or a long text.
  if (targets.length > 20 || choice.texts.join('').length > 100_000) return planned;
  const { answers } = choice;
  const asking = { steps: planned.plan.steps, found: planned.request.found, layers: layersToAsk(targets) };
  const question = findQuestion(
    asking,
    (found) => planRepair(fleet, { ...choice, answers: { ...answers, found } }).plan.steps,
  );
  return { ...planned, ...(question && { question }) };
}

/** Words the causes, each with its clusters and the evidence for it. */
function describeCauses(causes: readonly RepairCause[], wording: PlanWording): PlanCauses {
  const { translate } = wording;
  const lines = causes.map((cause) => {
    const { failure, clusters = [], evidence } = cause;
    const title = translateKey(`failure.${failure}`, translate);
    const head = translate('repair.known.cause', { title, sureness: surenessText(cause, wording) });
    return [`${failure} ${head}`, ...clusters, ...evidence.map((item) => evidenceText(item, translate))].join(' · ');
  });
  return { heading: translate('repair.plan.causes'), lines };
}

/** Lists, for clusters without steps, the time at which something will stop. */
function listUpcoming(source: RepairSource, { clusters }: Plan): Statement[] {
  const ids = new Set(clusters.map(({ id }) => id));
  return fleetNeeds(source).flatMap(({ clusterId, cluster, impacts: [first] }) => {
    if (!ids.has(clusterId) || first?.state !== 'stopping' || first.atMs === undefined) return [];
    return [{ ...repairFact('after.upcoming'), params: { cluster, at: instantFromMs(first.atMs) } }];
  });
}

/** Keeps only the rows that concern the chosen clusters, and drops empty texts. */
function prepare(fleet: RepairSource | ClusterFleet, choice: RepairChoice): [RepairSource, RepairChoice] {
  const texts = choice.texts.filter((text) => text.trim() !== '');
  return [
    { ...fleet, rows: selectRelatedRows(fleet, choice.clusters) },
    { ...choice, texts },
  ];
}
