import {
  COPY_ADMIN_CONF,
  HOST_REPAIR,
  KUBELET_REPAIR,
  NEW_CREDENTIAL_AFTER_REPAIR,
} from '../knowledge/model/credentials/roles-remedies.ts';
import { citeText, KUBEADM_BACKDATING, OVERVIEW_REVOCATION, RENEWAL_PODS } from '../knowledge/model/sources/sources.ts';
import {
  ROW_CONNECTIONS,
  ROW_DELETION,
  ROW_KUBECONFIG,
  ROW_RESOURCE,
} from '../knowledge/model/sources/sources-revocation.ts';
import type { Cluster } from '../inventory/model/credential.ts';
import type { Citation } from '../shared/citation.ts';
import type { ClusterId } from '../shared/ids.ts';
import { clusterValues, namesOfCluster, type NamedCluster } from '../plan/model/command-name.ts';
import { buildCommand } from '../plan/model/command.ts';
import type { CommandWord, Plan, PlanCommand, PlanStep } from '../plan/model/plan.ts';
import { instantFromMs, MINUTE_MS, epochMs, SECOND_MS, type Instant } from '../shared/instant.ts';
import type { RevocationEntry } from '../shared/renew-revocation/entry.ts';
import { BACKDATING_MS } from '../shared/renew-revocation/revocable.ts';
import { isManagement } from '../simulation/adopt/adopt.ts';
import { getUndoPath } from './file.ts';
import type { Impact } from './impact/impact.ts';

interface RecoveryTarget {
  /** If absent, the admin fills in the name. */
  cluster?: NamedCluster;
  clusterId?: ClusterId;
  isManagement?: boolean;
  /** Whether no known certificate is matched, so that nothing needs repair. */
  matchesNothing?: boolean;
}

export interface RecoveryRequest extends RecoveryTarget {
  entries: readonly RevocationEntry[];
  now: Instant;
  file: string;
  /** By default, beside the manifest. */
  undoFile?: string;
  /** `null` leaves the path to the admin. By default, kubectl’s own file. */
  kubeconfig?: string | null;
}

/** Finds the only cluster with matches; if nothing matches, the only cluster. */
export function findTarget(clusters: readonly Cluster[], { matched }: Pick<Impact, 'matched'>): RecoveryTarget {
  const ids = new Set(matched.map(({ clusterId }) => clusterId));
  const kubernetes = clusters.filter(({ kind }) => kind === 'kubernetes');
  const affected = kubernetes.filter(({ id }) => ids.has(id));
  const [only, ...others] = affected.length === 0 ? kubernetes : affected;
  const cluster = others.length === 0 ? only : undefined;
  return {
    cluster: cluster && namesOfCluster(cluster),
    clusterId: cluster?.id,
    isManagement: isManagement(cluster),
    // Without known certificates, matches are unknown.
    matchesNothing: ids.size === 0 && kubernetes.some(({ credentials }) => credentials.length > 0),
  };
}

/** In order. `mend` and `wait` are omitted if unnecessary, and the repair if nothing is matched. */
export const RECOVERY_STEP_IDS = [
  'mend',
  'find-resource',
  'apply',
  'check-applied',
  'wait',
  'repair',
  'credential',
  'check-renewed',
  'check-nodes',
] as const;
type RecoveryStepId = (typeof RECOVERY_STEP_IDS)[number];

const AFTER_MATCHES: readonly string[] = ['wait', 'repair', 'credential', 'check-renewed'] satisfies RecoveryStepId[];

const WAIT = 'while ([DateTimeOffset]::UtcNow -lt [DateTimeOffset] "<ready-at>") { Start-Sleep -Seconds 10 }';

/**
 * Plans the steps for a manifest. The first step fixes entries that affect future certificates, because otherwise no
 * repair would last.
 */
export function recoveryPlan(request: RecoveryRequest): Plan {
  const { entries, now, file, undoFile = getUndoPath(file), kubeconfig, cluster } = request;
  const kubectl = (...words: (string | CommandWord)[]): PlanCommand => {
    const place = { name: 'kubeconfig', ...(kubeconfig !== null && { value: kubeconfig }) };
    const all = kubeconfig === undefined ? words : [...words, '--kubeconfig', place];
    const args = all.map((word) => (typeof word === 'string' ? { literal: word } : word));
    return { kind: 'program', program: 'kubectl', args };
  };
  const values = cluster === undefined ? {} : clusterValues(cluster);
  const manifest = { name: 'manifest', value: file };
  const repair = request.isManagement === true ? HOST_REPAIR : KUBELET_REPAIR;
  const credential = request.isManagement === true ? COPY_ADMIN_CONF : NEW_CREDENTIAL_AFTER_REPAIR;
  const cutoffs = entries.flatMap(({ kind, notBefore }) => (kind === 'serialnumber' ? [] : [notBefore]));
  const readyAt = findReadyAt(cutoffs, now);
  const ask = (id: RecoveryStepId, citations: readonly Citation[], ...words: (string | CommandWord)[]): PlanStep =>
    step(id, citations, { command: kubectl(...words), needsApiServer: true });
  const steps: PlanStep[] = [
    ...(cutoffs.includes(undefined) ? [step('mend', [OVERVIEW_REVOCATION], { risk: 'dangerous' })] : []),
    ask('find-resource', [ROW_RESOURCE], 'api-resources', '--api-group=certificates.microsoft.com'),
    step('apply', [OVERVIEW_REVOCATION], {
      command: kubectl('apply', '-f', manifest),
      undo: {
        command: kubectl('delete', '-f', { name: 'undo', value: undoFile }),
        statement: citeText('revocation.step.undo', ROW_DELETION),
      },
      risk: 'disruptive',
      needsApiServer: true,
    }),
    ask('check-applied', [ROW_RESOURCE], 'get', '-f', manifest, '-o', 'yaml'),
    ...(readyAt === undefined ? [] : [waitStep(readyAt)]),
    step('repair', [OVERVIEW_REVOCATION, ...repair.statement.citations], {
      command: buildCommand(repair.command, values),
      risk: 'disruptive',
    }),
    step('credential', credential.statement.citations, {
      command: buildCommand(credential.command, values),
      why: credential.statement,
      risk: 'low',
      // The admin must find the machine and copy the files there.
      ...(request.isManagement === true && { target: { kind: 'control-plane', cluster: cluster?.name } }),
    }),
    ask('check-renewed', [RENEWAL_PODS, ROW_CONNECTIONS], 'get', 'pods', '-n', 'kube-system'),
    ask('check-nodes', [RENEWAL_PODS, ROW_KUBECONFIG], 'get', 'nodes'),
  ];
  return {
    kind: 'revocation',
    madeAt: now,
    clusters: cluster === undefined ? [] : [{ name: cluster.name, isHost: false }],
    warnings: [],
    steps: request.matchesNothing === true ? steps.filter(({ id }) => !AFTER_MATCHES.includes(id)) : steps,
    after: [],
  };
}

function step(id: RecoveryStepId, citations: readonly Citation[], more: Partial<PlanStep>): PlanStep {
  return {
    id,
    title: { text: `revocation.title.${id}`, citations },
    target: { kind: 'host' },
    risk: 'none',
    needsApiServer: false,
    because: { failures: [], credentials: [] },
    why: { text: `revocation.step.${id}`, citations },
    ...more,
  };
}

function waitStep(readyAt: Instant): PlanStep {
  const shownAt = instantFromMs(Math.ceil(epochMs(readyAt) / MINUTE_MS) * MINUTE_MS);
  return step('wait', [KUBEADM_BACKDATING], {
    command: buildCommand(WAIT, { values: { 'ready-at': readyAt } }),
    why: { ...citeText('revocation.step.wait', KUBEADM_BACKDATING), params: { readyAt: shownAt } },
  });
}

/** Returns the instant from which new certificates begin after every cutoff; `undefined` if they already do so. */
function findReadyAt(cutoffs: readonly (Instant | undefined)[], now: Instant): Instant | undefined {
  const known = cutoffs.flatMap((cutoff) => cutoff ?? []);
  const readyMs = Math.max(-Infinity, ...known.map(epochMs)) + BACKDATING_MS + SECOND_MS;
  return readyMs > epochMs(now) ? instantFromMs(readyMs) : undefined;
}
