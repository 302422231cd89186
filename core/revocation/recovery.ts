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
import type { Statement } from '../shared/citation.ts';
import { commandFor, powerShellWord } from '../knowledge/model/cited-command.ts';
import { instantFromMs, msOf, SECOND_MS, type Instant } from '../shared/instant.ts';
import type { RenewRevocation } from '../shared/renew-revocation/entry.ts';
import type { RecoveryStep } from './model/view.ts';
import { BACKDATING_MS } from './model/lint-entry.ts';

export interface RecoveryRequest {
  object: RenewRevocation;
  now: Instant;
  /** The manifest and its undo manifest, as the commands name them. */
  file: string;
  undoFile: string;
  /** What stands in the undo manifest. */
  undo?: string;
  /** Default: whatever kubectl takes by itself. */
  kubeconfig?: string;
  /** Default: `<cluster>`, for the admin to fill in. */
  cluster?: string;
  /** Whether it is the management cluster, which other cmdlets repair. */
  isManagement?: boolean;
}

/**
 * What to do with a manifest, in order: apply, check, wait, repair, fetch a new kubeconfig, check again; and how to undo it.
 * With an entry that reaches what is yet to be issued no repair holds, so mending it comes first.
 */
export function recoveryPlan(request: RecoveryRequest): RecoveryStep[] {
  const { object, file, undoFile, undo, cluster = '<cluster>', isManagement = false } = request;
  const kubectl = (words: string): string => `kubectl ${words}${kubeconfigOption(request)}`;
  const [fileWord, undoWord] = [powerShellWord(file), powerShellWord(undoFile)];
  const repair = isManagement ? HOST_REPAIR : KUBELET_REPAIR;
  const credential = isManagement ? COPY_ADMIN_CONF : NEW_CREDENTIAL_AFTER_REPAIR;
  const named = (command: string): string => (cluster === '<cluster>' ? command : commandFor({ command }, cluster));
  const waitUntil = readyAt(request);
  const steps: (RecoveryStep | undefined)[] = [
    reachesFuture(object) ? { id: 'mend', statement: cited('revocation.step.mend', OVERVIEW_REVOCATION) } : undefined,
    {
      id: 'find-resource',
      command: kubectl('api-resources --api-group=certificates.microsoft.com'),
      statement: cited('revocation.step.find-resource', ROW_RESOURCE),
    },
    {
      id: 'apply',
      command: kubectl(`apply -f ${fileWord}`),
      statement: cited('revocation.step.apply', OVERVIEW_REVOCATION),
    },
    {
      id: 'check-applied',
      command: kubectl(`get -f ${fileWord} -o yaml`),
      statement: cited('revocation.step.check-applied', ROW_RESOURCE),
    },
    waitUntil === undefined
      ? undefined
      : {
          id: 'wait',
          statement: { ...cited('revocation.step.wait', KUBEADM_BACKDATING), params: { readyAt: waitUntil } },
        },
    {
      id: 'repair',
      command: named(repair.command),
      statement: { ...cited('revocation.step.repair', OVERVIEW_REVOCATION, ...known(repair.statement)) },
    },
    { id: 'credential', command: named(credential.command), statement: credential.statement },
    {
      id: 'check-renewed',
      command: kubectl('get pods -n kube-system'),
      statement: cited('revocation.step.check-renewed', RENEWAL_PODS, ROW_CONNECTIONS),
    },
    {
      id: 'check-nodes',
      command: kubectl('get nodes'),
      statement: cited('revocation.step.check-nodes', RENEWAL_PODS, ROW_KUBECONFIG),
    },
    {
      id: 'undo',
      command: kubectl(`delete -f ${undoWord}`),
      file: undo,
      statement: cited('revocation.step.undo', ROW_DELETION),
    },
  ];
  return steps.filter((step) => step !== undefined);
}

function known({ citations }: Statement): Statement['citations'] {
  return citations;
}

function kubeconfigOption({ kubeconfig }: RecoveryRequest): string {
  return kubeconfig === undefined ? '' : ` --kubeconfig ${powerShellWord(kubeconfig)}`;
}

function reachesFuture({ entries }: RenewRevocation): boolean {
  return entries.some(({ kind, notBefore }) => notBefore === undefined && kind !== 'serialnumber');
}

/** From when on what is issued is newer than every cutoff; absent when that is so already. */
function readyAt({ object, now }: RecoveryRequest): Instant | undefined {
  const cutoffs = object.entries.flatMap(({ kind, notBefore }) =>
    notBefore === undefined || kind === 'serialnumber' ? [] : [msOf(notBefore)],
  );
  const ready = Math.max(-Infinity, ...cutoffs) + BACKDATING_MS + SECOND_MS;
  return ready > msOf(now) ? instantFromMs(ready) : undefined;
}
