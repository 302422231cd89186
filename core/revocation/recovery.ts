import {
  COPY_ADMIN_CONF,
  HOST_REPAIR,
  KUBELET_REPAIR,
  NEW_CREDENTIAL_AFTER_REPAIR,
} from '../knowledge/model/credentials/roles-remedies.ts';
import { cited, KUBEADM_BACKDATING, OVERVIEW_REVOCATION, RENEWAL_PODS } from '../knowledge/model/sources/sources.ts';
import {
  ROW_CONNECTIONS,
  ROW_DELETION,
  ROW_KUBECONFIG,
  ROW_RESOURCE,
} from '../knowledge/model/sources/sources-revocation.ts';
import type { Citation } from '../shared/citation.ts';
import type { Remedy } from '../knowledge/model/credentials/credentials.ts';
import { clusterValues, type NamedCluster } from '../plan/model/command-name.ts';
import { toCommand } from '../plan/model/command.ts';
import type { CommandWord, Plan, PlanCommand, PlanStep } from '../plan/model/plan.ts';
import { instantFromMs, MINUTE_MS, toMilliseconds, SECOND_MS, type Instant } from '../shared/instant.ts';
import type { RenewRevocation } from '../shared/renew-revocation/entry.ts';
import { BACKDATING_MS } from '../shared/renew-revocation/revocable.ts';

export interface RecoveryRequest {
  object: RenewRevocation;
  now: Instant;
  /** The manifest and its undo manifest, as named in the commands. */
  file: string;
  undoFile: string;
  /** Default: the one that kubectl uses by itself. */
  kubeconfig?: string;
  /** Default: the commands leave it open, for the admin to fill in. */
  cluster?: NamedCluster;
  /** Whether it is the management cluster, which other cmdlets repair. */
  isManagement?: boolean;
  /** Of what is known nothing is revoked, so that nothing has to be repaired. */
  matchesNothing?: boolean;
}

/** `mend` where no repair would hold and `wait` where there is something to wait for, none of the repair where nothing is matched; the others always, in this order. */
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
export type RecoveryStepId = (typeof RECOVERY_STEP_IDS)[number];

/** What follows from certificates that are revoked. */
const AFTER_MATCHES: readonly string[] = ['wait', 'repair', 'credential', 'check-renewed'] satisfies RecoveryStepId[];

/** In PowerShell until the moment, which is compared as an instant whatever the zone of the computer is. */
const WAIT = 'while ([DateTimeOffset]::UtcNow -lt [DateTimeOffset] "<ready-at>") { Start-Sleep -Seconds 10 }';

/**
 * What to do with a manifest, in order: apply, check, wait, repair, fetch a new kubeconfig, check again. The way back stands
 * with the step that applies it. With an entry that reaches what is yet to be issued no repair holds, so mending it comes first.
 */
export function recoveryPlan(request: RecoveryRequest): Plan {
  const { object, now, file, undoFile, kubeconfig, cluster, isManagement = false, matchesNothing = false } = request;
  const kubectl = (...args: CommandWord[]): PlanCommand => ({
    kind: 'program',
    program: 'kubectl',
    args: [
      ...args,
      ...(kubeconfig === undefined ? [] : [{ literal: '--kubeconfig' }, { name: 'kubeconfig', value: kubeconfig }]),
    ],
  });
  const words = (text: string): CommandWord[] => text.split(' ').map((literal) => ({ literal }));
  const manifest = { name: 'manifest', value: file };
  const documented = ({ command }: Remedy): PlanCommand =>
    toCommand(command, cluster === undefined ? {} : clusterValues(cluster));
  const repair = isManagement ? HOST_REPAIR : KUBELET_REPAIR;
  const credential = isManagement ? COPY_ADMIN_CONF : NEW_CREDENTIAL_AFTER_REPAIR;
  const readyAt = momentToWaitFor(request);
  // People see minutes, so they are told the next full one.
  const shownAt =
    readyAt === undefined ? undefined : instantFromMs(Math.ceil(toMilliseconds(readyAt) / MINUTE_MS) * MINUTE_MS);
  const why = (id: RecoveryStepId, ...citations: [Citation, ...Citation[]]) =>
    cited(`revocation.step.${id}`, ...citations);
  const steps: (PlanStep | undefined)[] = [
    reachesFuture(object) ? step('mend', { why: why('mend', OVERVIEW_REVOCATION), risk: 'dangerous' }) : undefined,
    step('find-resource', {
      command: kubectl(...words('api-resources --api-group=certificates.microsoft.com')),
      why: why('find-resource', ROW_RESOURCE),
      needsApiServer: true,
    }),
    step('apply', {
      command: kubectl(...words('apply -f'), manifest),
      why: why('apply', OVERVIEW_REVOCATION),
      undo: {
        command: kubectl(...words('delete -f'), { name: 'undo', value: undoFile }),
        statement: cited('revocation.step.undo', ROW_DELETION),
      },
      risk: 'disruptive',
      needsApiServer: true,
    }),
    step('check-applied', {
      command: kubectl(...words('get -f'), manifest, ...words('-o yaml')),
      why: why('check-applied', ROW_RESOURCE),
      needsApiServer: true,
    }),
    readyAt === undefined || shownAt === undefined
      ? undefined
      : step('wait', {
          command: toCommand(WAIT, { values: { 'ready-at': readyAt } }),
          why: { ...why('wait', KUBEADM_BACKDATING), params: { readyAt: shownAt } },
        }),
    step('repair', {
      command: documented(repair),
      why: why('repair', OVERVIEW_REVOCATION, ...repair.statement.citations),
      risk: 'disruptive',
    }),
    step('credential', {
      command: documented(credential),
      why: credential.statement,
      risk: 'low',
      // Which machine it is only the admin knows, and what is copied there needs them as well.
      ...(isManagement && {
        target: { kind: 'control-plane', ...(cluster !== undefined && { cluster: cluster.name }) },
      }),
    }),
    step('check-renewed', {
      command: kubectl(...words('get pods -n kube-system')),
      why: why('check-renewed', RENEWAL_PODS, ROW_CONNECTIONS),
      needsApiServer: true,
    }),
    step('check-nodes', {
      command: kubectl(...words('get nodes')),
      why: why('check-nodes', RENEWAL_PODS, ROW_KUBECONFIG),
      needsApiServer: true,
    }),
  ];
  return {
    kind: 'revocation',
    madeAt: now,
    clusters: cluster === undefined ? [] : [{ name: cluster.name, isHost: false }],
    warnings: [],
    steps: steps.flatMap((each) =>
      each === undefined || (matchesNothing && AFTER_MATCHES.includes(each.id)) ? [] : [each],
    ),
    after: [],
  };
}

function step(id: RecoveryStepId, { why, ...more }: Pick<PlanStep, 'why'> & Partial<PlanStep>): PlanStep {
  return {
    id,
    title: { text: `revocation.title.${id}`, citations: why.citations },
    target: { kind: 'host' },
    risk: 'none',
    needsApiServer: false,
    because: { failures: [], credentials: [] },
    why,
    ...more,
  };
}

function reachesFuture({ entries }: RenewRevocation): boolean {
  return entries.some(({ kind, notBefore }) => notBefore === undefined && kind !== 'serialnumber');
}

/** From when on what is issued is newer than every cutoff; `undefined` when that is so already. */
function momentToWaitFor({ object, now }: RecoveryRequest): Instant | undefined {
  const cutoffs = object.entries.flatMap(({ kind, notBefore }) =>
    notBefore === undefined || kind === 'serialnumber' ? [] : [toMilliseconds(notBefore)],
  );
  const ready = Math.max(-Infinity, ...cutoffs) + BACKDATING_MS + SECOND_MS;
  return ready > toMilliseconds(now) ? instantFromMs(ready) : undefined;
}
