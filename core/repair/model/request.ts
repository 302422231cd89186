import type { BoardRow } from '../../inventory/model/board-row.ts';
import { findFailure } from '../../knowledge/model/failures/failures.ts';
import { TRIAGE_LAYERS, type TriageId } from '../../knowledge/model/triage.ts';
import type { LifetimeClasses } from '../../knowledge/model/credentials/lifetimes.ts';
import type { FactsByCluster } from '../../plan/model/cluster-facts.ts';
import { isManagementName } from '../../plan/model/cluster-name.ts';
import { listMembers, needOneDeployment, type ClusterPlace, type Deployment } from '../../plan/model/deployment.ts';
import { repairFact } from '../../knowledge/model/repair-facts.ts';
import { causesToTreat, diagnose, isSure, type Cause, type Diagnosis } from './diagnose.ts';
import { inventoryEvidence, groupRows, findReadingTimes } from './evidence.ts';
import type { FailureId } from '../../knowledge/model/failure.ts';
import type { ClusterId } from '../../shared/ids.ts';
import { epochMs, HOUR_MS, instantFromMs, type Instant } from '../../shared/instant.ts';
import { collectAnswers } from './known-answers.ts';
import type { Statement } from '../../shared/citation.ts';
import type { Finding } from '../../shared/finding.ts';
import type { PowerOffClock } from '../../availability/model/power-off.ts';
import { ConsoleError } from '../../shared/problem.ts';
import type { RepairAnswers, RepairDiagnosis } from './planning.ts';
import { listAgreed, listFacts, type StatedFact } from './own-words.ts';
import { readPastedTexts, type PastedTexts } from './pasted-texts.ts';
import { findExpiredRoot, type RepairRequest, type RepairTarget } from './plan.ts';
import { isHostFailure } from './remedy.ts';
import { deploymentTargets, listKnownDeployments, lookUpPlaces } from './repair-places.ts';

export interface RepairSource {
  now: Instant;
  clusters: readonly ClusterPlace[];
  rows: readonly BoardRow[];
  facts: FactsByCluster;
  classes: LifetimeClasses;
  clocks?: readonly PowerOffClock[];
  findings?: readonly Finding[];
}

export interface RepairChoice extends Omit<RepairAnswers, 'deployment'> {
  /** Id or name of the cloud agent; required if several deployments are possible. */
  deployment?: string;
  /** Whether names take precedence over ids, for words that people typed. */
  namesFirst?: boolean;
}

/**
 * Determines what to plan for one deployment: its hosts, and clusters in the order of the choice or the inventory.
 * Throws `cluster.unknown` or `plan.deployment-needed`.
 */
export function repairRequest(source: RepairSource, choice: RepairChoice): RepairRequest {
  const { targets, others, about, told, inquiry } = chooseTargets(source, choice, 'one');
  const { chosenIds } = inquiry;
  // Only dates of chosen clusters count, because the hosts' dates reveal nothing about another cluster's clock.
  const ids = new Set(
    targets.flatMap(({ id }) => (id !== undefined && (chosenIds === undefined || chosenIds.has(id)) ? id : [])),
  );
  const nowMs = epochMs(source.now);
  const isEarly = source.rows.some(({ clusterId, notBeforeMs = 0 }) => ids.has(clusterId) && notBeforeMs > nowMs);
  const isClockWrong =
    isEarly || diagnoseTarget(inquiry, undefined, choice.texts).elsewhere.some(({ id }) => id === 'clock');
  // With several targets, it is unknown which of them the texts concern.
  const diagnosis = diagnoseTarget(inquiry, about.length === 1 ? about[0] : undefined, choice.texts);
  const facts = listAgreed(inquiry.pasted.facts.filter((fact) => targets.some(({ name }) => concerns(fact, name))));
  const tried = listFacts(facts, 'tried').flatMap(({ command, about: said }) =>
    command.cluster !== undefined || said === 'all' || said.length === 0
      ? command
      : said.map((cluster) => ({ ...command, cluster })),
  );
  // The question about the product is asked only if no cluster was chosen; see `assignCauses`.
  const first = [...(diagnosis.first?.filter(({ text }) => text !== WHOSE.text) ?? []), ...told];
  const request = {
    now: source.now,
    isClockWrong,
    found: { ...Object.fromEntries(listFacts(facts, 'found').map(({ of, is }) => [of, is])), ...choice.answers.found },
    ...(first.length > 0 && { first }),
    ...(tried.length > 0 && { tried }),
  };
  if (choice.failures.length === 0 && choice.texts.length === 0) {
    const hasHost = targets.some(({ kind }) => kind === 'host');
    return { ...request, targets: [...targets.map((target) => judgeState(inquiry, target, hasHost)), ...others] };
  }
  return { ...request, targets: [...assignCauses({ targets, about, diagnosis }, inquiry), ...others] };
}

/**
 * Finds matching causes. Texts are judged together with the one cluster that they concern. Without texts, each cluster
 * is judged separately. Works for an unknown deployment. Throws `cluster.unknown`.
 */
export function repairDiagnosis(source: RepairSource, choice: RepairChoice): RepairDiagnosis {
  const { targets, about, told, named, inquiry } = chooseTargets(source, choice, 'one or none');
  const [only, ...others] = about;
  if (choice.texts.length > 0 || (only !== undefined && others.length === 0)) {
    const own = diagnoseTarget(inquiry, others.length === 0 ? only : undefined, choice.texts);
    const [confirmed] = about.length === 1 ? [] : listConfirmed(targets, own.causes.slice(0, 1), inquiry);
    const diagnosis = confirmed === undefined ? own : diagnoseTarget(inquiry, confirmed, choice.texts);
    if (told.length === 0) return diagnosis;
    const first = [...(diagnosis.first ?? []), ...told];
    return { ...diagnosis, first, ...(named.length > 0 && { about: named.map(({ id }) => id) }) };
  }
  if (targets.length === 0) return diagnoseTarget(inquiry, undefined, []);
  return together(targets.map((target) => ({ target, ...diagnoseTarget(inquiry, target, []) })));
}

/** Says which clusters the answer is about: those named in the texts, or those chosen, if the admin chose any. */
function tellNamed(named: readonly ClusterPlace[], chosen: readonly ClusterPlace[] | undefined): Statement[] {
  const [clusters = '', others = ''] = [named, chosen ?? []].map((places) => places.map(({ name }) => name).join(', '));
  if (chosen === undefined) return [{ ...repairFact('named'), params: { clusters } }];
  if (chosen.length === 0 || named.some((place) => chosen.includes(place))) return [];
  return [{ ...repairFact('other-cluster'), params: { clusters, chosen: others } }];
}

/** Lists every cause once with its strongest evidence and all affected clusters. */
function together(all: readonly ({ target: RepairTarget } & Diagnosis)[]): RepairDiagnosis {
  const causes = new Map<FailureId, Cause & { clusters: string[] }>();
  for (const { target, causes: own } of all)
    for (const cause of own) {
      const known = causes.get(cause.failure);
      const clusters = known?.clusters ?? [];
      if (target.name !== undefined) clusters.push(target.name);
      const best = known !== undefined && known.confidence >= cause.confidence ? known : cause;
      causes.set(cause.failure, { ...best, clusters });
    }
  const elsewhere = new Map(all.flatMap((each) => each.elsewhere.map((sign) => [sign.id, sign] as const)));
  return {
    causes: [...causes.values()].sort((one, other) => other.confidence - one.confidence),
    elsewhere: [...elsewhere.values()],
  };
}

const NO_DEPLOYMENT: Deployment = { clusters: [], inferred: false };

/** In a larger deployment, the plan for one cluster does not continue with all others after a new CA. */
const MOST_OTHERS = 40;

function chooseTargets(given: RepairSource, choice: RepairChoice, wanted: 'one' | 'one or none') {
  const meant = lookUpMeant(given, choice);
  // In a large fleet, listing the names takes longer than a plan without texts, and most plans have none.
  const names = choice.texts.length === 0 ? [] : meant.places.filter(({ kind }) => kind === 'kubernetes');
  const known = new Set(names.map(({ name }) => name.toLowerCase()));
  const pasted = readPastedTexts(choice.texts, epochMs(given.now), known);
  const inTexts = pasted.named.size === 0 ? [] : names.filter(({ name }) => pasted.named.has(name.toLowerCase()));
  // If nothing was chosen, the plan is for the clusters that the texts name.
  const named = choice.clusters.length > 0 ? [] : inTexts;
  const deployments = possibleDeployments(given, choice, { ...meant, named });
  if (deployments.length > 1 && wanted === 'one') throw needOneDeployment(deployments);
  const deployment = deployments.length > 1 ? undefined : deployments[0];
  const members = deployment === undefined ? meant.places : listMembers(deployment);
  const own = named.filter((place) => members.includes(place));
  // The texts are about another deployment than the chosen one.
  if (named.length > 0 && own.length === 0 && wanted === 'one')
    throw needOneDeployment([
      ...deployments,
      ...possibleDeployments(given, { ...choice, deployment: undefined }, { ...meant, named }),
    ]);
  const ids = [...choice.clusters.flatMap(meant.find), ...own.map(({ id }) => id)];
  const chosenIds = choice.clusters.length + own.length === 0 ? undefined : new Set(ids);
  const { offHours } = choice.answers;
  const stated =
    offHours === undefined
      ? listFacts(pasted.facts, 'offHours')
      : offHours === null
        ? []
        : [{ field: 'offHours', about: 'all', amount: offHours, line: 0 } as const];
  const source = stated.length === 0 ? given : addTimesOff(given, stated, { members, chosenIds });
  const { hosts, workloads, byId } = deploymentTargets(source, deployment ?? NO_DEPLOYMENT, chosenIds);
  const found =
    meant.places.length === 0
      ? choice.clusters.map((name): RepairTarget => ({ name, failures: [] }))
      : ids.flatMap((id) => byId.get(id) ?? []);
  const chosen = chosenIds === undefined ? workloads : [...new Set(found)];
  const isRootReplaced = hosts.length > 0 && findExpiredRoot(hosts.flatMap(({ clock }) => clock ?? [])) !== undefined;
  // For these clusters, the plan only renews certificates that the old root issued.
  const others =
    isRootReplaced && workloads.length <= MOST_OTHERS ? workloads.filter((each) => !chosen.includes(each)) : [];
  const wide = hosts.filter(({ id }) => id !== undefined && chosenIds?.has(id));
  const subject = choice.clusters.length === 0 ? own : inTexts;
  const asked = names.filter(({ id }) => ids.includes(id));
  const rowsAbout = groupRows(source.rows, deployment === undefined ? [] : [deployment]);
  return {
    targets: [...hosts, ...chosen],
    others: others.map(({ clock: _, ...other }): RepairTarget => other),
    /** Targets that the texts and chosen causes concern. */
    about:
      chosenIds !== undefined
        ? [...wide, ...chosen]
        : named.length === 0 && (workloads.length === 1 || pasted.facts.some(({ about }) => about === 'all'))
          ? workloads
          : [],
    named: own,
    told: subject.length === 0 ? [] : tellNamed(subject, choice.clusters.length === 0 ? undefined : asked),
    inquiry: { source, choice, chosenIds, rowsAbout, agent: deployment?.cloudAgent?.id, pasted },
  };
}

/** Returns whether the sentence names this cluster or no cluster. */
function concerns({ about }: Pick<StatedFact, 'about'>, name: string | undefined): boolean {
  return about === 'all' || about.length === 0 || (name !== undefined && about.includes(name.toLowerCase()));
}

/**
 * Adds the stated downtime to the facts about clusters. An answer concerns the chosen clusters, or else all. A sentence
 * concerns those of the chosen clusters that it names, or all of them if it names none. If none is chosen, it concerns
 * all clusters if it says so, or the only cluster. `members`: the clusters of the deployment. Hosts are excluded unless
 * they are chosen, because they are switched off separately.
 */
function addTimesOff(
  source: RepairSource,
  stated: readonly StatedFact[],
  { members, chosenIds }: { members: readonly ClusterPlace[]; chosenIds: ReadonlySet<ClusterId> | undefined },
): RepairSource {
  const isMeant = ({ id, kind, name }: ClusterPlace): boolean =>
    chosenIds?.has(id) ?? (kind === 'kubernetes' && !isManagementName(name));
  const meant = members.filter(isMeant);
  const facts = meant.flatMap(({ id, name }) => {
    const own = stated.filter(({ about }) => concerns({ about }, name));
    const isClear = chosenIds !== undefined || meant.length === 1;
    const [said] = listFacts(listAgreed(isClear ? own : own.filter(({ about }) => about === 'all')), 'offHours');
    if (said === undefined) return [];
    const offSince = instantFromMs(epochMs(source.now) - said.amount * HOUR_MS);
    return [[id, { ...source.facts[id], offSince }] as const];
  });
  if (facts.length === 0) return source;
  return { ...source, facts: { ...source.facts, ...Object.fromEntries(facts) }, clocks: undefined };
}

/**
 * Assigns host failures to the hosts, and other failures to the chosen or only cluster. If there is none, the clusters
 * whose credentials confirm a failure have it. If no credentials do, the plan has no steps for the failure, and asks
 * which cluster has it unless clusters were chosen.
 */
function assignCauses(
  {
    targets,
    about,
    diagnosis,
  }: { targets: readonly RepairTarget[]; about: readonly RepairTarget[]; diagnosis: Diagnosis },
  inquiry: Inquiry,
): RepairTarget[] {
  const { failures: chosen, clusters } = inquiry.choice;
  const isUnplaced = chosen.length === 0 && diagnosis.causes[0]?.isUnplaced === true;
  const causes = diagnosis.causes.filter((cause) => isUnplaced || !cause.isUnplaced);
  const stated = chosen.length > 0 ? { failures: chosen } : getCauses(causes);
  const host = targets.find(({ kind }) => kind === 'host');
  const wide = host === undefined ? [] : stated.failures.filter(isOfHosts);
  const own = stated.failures.filter((id) => !wide.includes(id));
  const unsureAtHost = wide[0] === stated.failures[0];
  const confirmed =
    about.length > 0 || chosen.length > 0
      ? []
      : listConfirmed(
          targets,
          causes.filter(({ failure }) => own.includes(failure)),
          inquiry,
        );
  const concerned = new Set([...about, ...confirmed]);
  const asked = isUnplaced && confirmed.length === 0 ? { question: WHOSE } : {};
  const filled = targets.map((target): RepairTarget => {
    const isAbout = concerned.has(target);
    if (target === host)
      return {
        ...target,
        ...limitCauses(stated, [...wide, ...(isAbout ? own : [])], unsureAtHost || isAbout),
        ...asked,
      };
    return isAbout ? { ...target, ...limitCauses(stated, own, !unsureAtHost), ...asked } : target;
  });
  if (concerned.size > 0 || own.length === 0) return filled;
  const isAmong = clusters.length === 0 && chosen.length === 0 && targets.some(({ kind }) => kind === 'workload');
  const which = isAmong ? { question: { ...repairFact('which'), params: { failure: own[0] ?? '' } } } : {};
  return [...filled, { ...limitCauses(stated, own, !unsureAtHost), ...which, ...asked }];
}

const WHOSE = repairFact('whose');

/** Lists the clusters in which credentials support one of the causes. */
function listConfirmed(targets: readonly RepairTarget[], causes: readonly Cause[], inquiry: Inquiry): RepairTarget[] {
  const wanted = causes.map(({ failure }) => failure).filter((id) => !isOfHosts(id));
  if (wanted.length === 0) return [];
  return targets.filter(
    (target) =>
      target.kind === 'workload' &&
      diagnoseTarget(inquiry, target, []).causes.some(
        ({ failure, evidence }) => wanted.includes(failure) && evidence.some(({ kind }) => kind === 'inventory'),
      ),
  );
}

type Causes = Pick<RepairTarget, 'failures' | 'dated' | 'unsure'>;

/** Limits causes to the failures that concern one target. `isFirst`: whether the first cause is among them. */
function limitCauses({ dated, unsure }: Causes, failures: readonly FailureId[], isFirst: boolean): Causes {
  const few = failures.filter((id) => dated?.includes(id));
  return { failures, ...(few.length > 0 && { dated: few }), ...(unsure !== undefined && isFirst && { unsure }) };
}

function isOfHosts(id: FailureId): boolean {
  const failure = findFailure(id);
  return failure !== undefined && isHostFailure(failure);
}

interface Inquiry {
  source: RepairSource;
  choice: RepairChoice;
  /** Absent if no cluster was chosen. */
  chosenIds: ReadonlySet<ClusterId> | undefined;
  rowsAbout: (cluster: ClusterId) => BoardRow[];
  agent: ClusterId | undefined;
  pasted: PastedTexts;
}

/**
 * Judges a target by the inventory alone. `hasHost`: whether a target is a host; failures of hosts then count only for
 * hosts.
 */
function judgeState(inquiry: Inquiry, target: RepairTarget, hasHost: boolean): RepairTarget {
  const isHost = !hasHost || target.kind === 'host';
  const causes = diagnoseTarget(inquiry, target, []).causes.filter(
    (cause) => (isHost || !isOfHosts(cause.failure)) && !isAgeAlone(cause),
  );
  return { ...target, ...getCauses(causes) };
}

/** Diagnoses a target; without a `target`, the texts may concern any of them. */
function diagnoseTarget(
  { source: { classes, now, facts, findings = [] }, choice, rowsAbout, agent, pasted }: Inquiry,
  target: RepairTarget | undefined,
  texts: readonly string[],
): Diagnosis {
  const { id, name, kind } = target ?? {};
  // A kubeconfig that was set apart is no fault by itself; it explains an error that somebody has seen.
  const ownFindings = choice.texts.length === 0 ? [] : findings.filter(({ params }) => params?.['clusterId'] === id);
  const nowMs = epochMs(now);
  const about = id === undefined ? [] : rowsAbout(id);
  const { offHours: _, found = {}, ...others } = choice.answers;
  // An answer about one cluster is no evidence about another.
  const foreign = kind === undefined ? undefined : kind === 'workload' ? 'management' : 'workload';
  const own = Object.entries(found).filter(([layer]) => TRIAGE_LAYERS[layer as TriageId].of !== foreign);
  const said = target === undefined ? pasted.facts : pasted.facts.filter((fact) => concerns(fact, name));
  return diagnose({
    texts,
    pasted: texts.length === 0 ? undefined : { ...pasted, facts: said },
    answers: id === undefined ? choice.answers : { ...others, found: Object.fromEntries(own) },
    known: collectAnswers({ ids: [id, agent], rows: about, facts, nowMs }),
    inventory: id && inventoryEvidence(about, nowMs, { classes, findings: ownFindings }),
    readMs: id && findReadingTimes(about),
    nowMs,
    isOurs: choice.clusters.length > 0 || pasted.isOurs,
  });
}

function getCauses(causes: readonly Cause[]): Causes {
  const [first] = causes;
  if (first === undefined) return { failures: [] };
  const believed = causesToTreat(causes);
  // No text and no failed layer confirms these causes.
  const dated = believed.filter(
    ({ evidence }) =>
      !evidence.some(
        (item) => item.kind === 'text' || (item.kind === 'answer' && 'is' in item.answer && item.answer.is !== 'works'),
      ),
  );
  return {
    failures: believed.map(({ failure }) => failure),
    ...(dated.length > 0 && { dated: dated.map(({ failure }) => failure) }),
    ...(!isSure(first) && first.missingCheck !== null && { unsure: first.missingCheck }),
  };
}

/** Returns whether the only evidence is the age of an update, which alone is no fault. */
function isAgeAlone({ evidence }: Cause): boolean {
  return evidence.every(
    (item) => item.kind === 'answer' && item.answer.field === 'daysSinceUpdate' && item.from !== undefined,
  );
}

interface Meant {
  places: readonly ClusterPlace[];
  find: (word: string) => ClusterId[];
}

/** Finds the chosen clusters. Samples count only if there are no real clusters or none of them has the given names. */
function lookUpMeant({ clusters }: RepairSource, choice: RepairChoice): Meant {
  const { clusters: wanted, deployment } = choice;
  const { samples, real, lookup } = lookUpPlaces(clusters);
  const all = [deployment ?? [], wanted].flat().flatMap((each) => lookup.find(each, choice));
  const isSample = real.length === 0 || (all.length > 0 && all.every(({ sample }) => sample));
  return {
    places: isSample ? samples : real,
    find: (word) => lookup.find(word, choice).flatMap(({ id, sample }) => ((sample === true) === isSample ? id : [])),
  };
}

function possibleDeployments(
  { facts }: RepairSource,
  { clusters, deployment: wanted }: RepairChoice,
  { places, find, named }: Meant & { named: readonly ClusterPlace[] },
): Deployment[] {
  // Without an inventory, any name is accepted.
  if (places.length > 0)
    for (const each of [wanted ?? [], clusters].flat())
      if (find(each).length === 0) throw new ConsoleError('cluster.unknown', { cluster: each });
  const words = wanted === undefined ? clusters : [wanted];
  const meant = words.length > 0 ? words.flatMap(find) : named.map(({ id }) => id);
  return listKnownDeployments(places, facts).flatMap(({ deployment, ids }) =>
    words.length + meant.length === 0 || meant.some((id) => ids.has(id)) ? [deployment] : [],
  );
}
