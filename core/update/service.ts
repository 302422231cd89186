import { ConsoleError, type Service } from '../shared/problem.ts';
import type { ClusterFleet, JudgedFleet } from '../expiry/model/judged-fleet.ts';
import { aksHciVersion, kubernetesVersion, type KubernetesVersion } from '../knowledge/model/aks-hci-version.ts';
import { selectRelatedRows } from '../repair/model/related-rows.ts';
import type { RepairSource } from '../repair/model/request.ts';
import { resolveTimeZone, type WithRules } from '../maintenance/model/rules.ts';
import type { Wording } from '../shared/text/text.ts';
import { planCalendar } from '../plan/export/calendar.ts';
import { printPlan, writePlanFile } from '../plan/export/file.ts';
import type { Printing } from '../formats/print.ts';
import { epochMs } from '../shared/instant.ts';
import type { Ports } from '../shared/ports.ts';
import { writeSavedFile, type SavedFile } from '../shared/files/saved-file.ts';
import { localTimeZone } from '../shared/text/zoned-time.ts';
import type { TypedVersions, UpdateAnswers, UpdateApi } from './contract.ts';
import type { UpdatePlanning } from './model/planning.ts';
import { scheduleUpdate } from './model/schedule.ts';
import type { KnownVersions, VersionsRead } from './model/versions.ts';
import { updatePlan, type UpdateRequest } from './model/plan.ts';
import { readVersions, type VersionText } from './read-versions.ts';
import { updateRequest, type UpdateChoice } from './request.ts';

export interface UpdateContext {
  ports: Pick<Ports, 'crypto' | 'files' | 'tickets'> & Printing;
  fleet: () => WithRules<ClusterFleet>;
  wording: () => Wording;
}

export function updateService({ ports, fleet, wording }: UpdateContext): Service<UpdateApi> {
  return {
    read: ({ texts }) => readVersions(removeEmptyTexts(texts)),
    plan: (answers) => planAnswered(fleet(), answers).planning,
    exportPlan: ({ answers, format, target }) => {
      const path = ports.tickets.take(target, `write:${format}`);
      const { plan } = planAnswered(fleet(), answers).planning;
      return writePlanFile(ports, plan, { path, format, wording: wording() });
    },
    printPlan: (answers) => printPlan(ports, planAnswered(fleet(), answers).planning.plan, { wording: wording() }),
    exportWindow: ({ answers, target }) => {
      const path = ports.tickets.take(target, 'write:ics');
      const whole = fleet();
      const { planning } = planAnswered(whole, answers);
      return exportUpdateWindow(ports, planning, { path, wording: wording(), fleet: whole });
    },
  };
}

/** Writes an event in the next maintenance window that fits the plan; if none does, an event for each of its parts. */
export async function exportUpdateWindow(
  ports: Pick<Ports, 'crypto' | 'files'>,
  planning: UpdatePlanning,
  { fleet, path, wording }: { path: string; wording: Wording; fleet: WithRules<Pick<JudgedFleet, 'now'>> },
): Promise<SavedFile> {
  const rules = resolveTimeZone(fleet.planning, localTimeZone());
  const { window, split } = scheduleUpdate(planning, rules, epochMs(fleet.now));
  const parts = window === undefined ? split : [{ plan: planning.plan, span: window }];
  if (parts === undefined) throw new ConsoleError('plan.nothing-planned', {});
  return writeSavedFile(ports, path, planCalendar(parts, wording));
}

/** Removes empty texts: an empty box does not mean that a command printed nothing. */
function removeEmptyTexts(texts: readonly string[]): { text: string }[] {
  return texts.filter((text) => text.trim() !== '').map((text) => ({ text }));
}

type UpdateFleet = WithRules<RepairSource | ClusterFleet>;

export function planAnswered(fleet: UpdateFleet, answers: UpdateAnswers): PlannedUpdate {
  const { texts, typed, versions, ...choice } = answers;
  const targets = versions.flatMap(({ cluster, version }): [string, KubernetesVersion][] => {
    const parsed = kubernetesVersion(version);
    return parsed === undefined ? [] : [[cluster, parsed]];
  });
  return planUpdate(fleet, {
    texts: removeEmptyTexts(texts),
    typed,
    choice: { ...choice, versions: new Map(targets) },
  });
}

export interface UpdateWork {
  texts: readonly VersionText[];
  typed?: TypedVersions;
  choice: UpdateChoice;
}

export interface PlannedUpdate {
  read: VersionsRead;
  planning: UpdatePlanning;
  request: UpdateRequest;
}

export function planUpdate(fleet: UpdateFleet, { texts, typed, choice }: UpdateWork): PlannedUpdate {
  const read = readVersions(texts);
  const versions = typed === undefined ? read.known : addTypedVersions(read.known, typed);
  const { parts, clusters, deployment = '' } = choice;
  const rows = selectRelatedRows(fleet, parts === 'hosts' ? [deployment] : clusters);
  const request = updateRequest({ ...fleet, rows, versions, minutes: fleet.planning.minutes }, choice);
  return { read, planning: updatePlan(request), request };
}

/** Adds typed versions. Unlike pasted output, they do not prove that a login works. */
function addTypedVersions(known: KnownVersions, { host, clusters }: TypedVersions): KnownVersions {
  const merged = new Map(known.clusters.map((cluster) => [cluster.name, cluster]));
  for (const { cluster: name, version } of clusters) {
    const parsed = kubernetesVersion(version ?? '');
    merged.set(name, { ...merged.get(name), name, ...(parsed !== undefined && { kubernetesVersion: parsed.text }) });
  }
  const build = aksHciVersion(host ?? '')?.text;
  return { ...known, ...(build !== undefined && { host: build }), clusters: [...merged.values()] };
}
