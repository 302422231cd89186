import type { RenewRevocation } from '../../shared/renew-revocation/entry.ts';
import type { RotationStepId } from '../../pki/model/rotation.ts';
import type { SimulationEvent } from '../events.ts';
import type { ClusterPlan } from '../provision.ts';
import type { FailureCode, RefusalReason } from './refusals.ts';
import type { DeploymentState, Renewer, RevokingEntry } from '../state.ts';

/**
 * What somebody does to a deployment at one instant. Cmdlets have their own names and parameters; without `cluster`,
 * the host with everything that runs on it is meant. Source of the cmdlets: Microsoft Learn, reference of AksHci.
 */
export type Action =
  | { kind: 'power'; cluster?: string; on: boolean }
  | { kind: 'set-clock'; cluster?: string; offsetMs: number }
  | { kind: 'stall-renewer'; cluster: string; renewer: Renewer }
  | { kind: 'resume-renewer'; cluster: string; renewer: Renewer }
  | { kind: 'stall-client'; identity: string }
  | { kind: 'resume-client'; identity: string }
  /** The client restarts; node agent and KMS plugin then log in with their token. */
  | { kind: 'restart-client'; identity: string }
  | { kind: 'apply-revocation'; cluster: string; revocation: RenewRevocation }
  | { kind: 'delete-revocation'; cluster: string; name: string }
  | { kind: 'revoke-identity'; identity: string }
  | { kind: 'reinstate-identity'; identity: string }
  /** `mocctl security identity rotate`, with the new login file copied to where the client reads it. */
  | { kind: 'rotate-identity'; identity: string }
  | { kind: 'New-MocIdentity'; name: string; validityDays: number }
  | { kind: 'New-AksHciCluster'; plan: ClusterPlan }
  | { kind: 'Update-AksHci' }
  | { kind: 'Update-AksHciCluster'; name: string }
  | { kind: 'Update-AksHciCertificates'; force?: boolean }
  | {
      kind: 'Update-AksHciClusterCertificates';
      name: string;
      fix: 'kubelet-credentials' | 'cloud-credentials';
      /** With `cloud-credentials`. */
      patchLoadBalancer?: boolean;
      force?: boolean;
    }
  | { kind: 'Get-AksHciCredential'; name: string }
  /** `admin.conf` of the management cluster copied over the expired kubeconfig: known issue, no cmdlet. */
  | { kind: 'replace-management-kubeconfig' }
  /** Up to a stage, which must be the next; without it all that are still to come. */
  | { kind: 'Invoke-AksHciRotateCACertificate'; stage?: RotationStepId }
  | { kind: 'Repair-MocLogin' }
  | { kind: 'Repair-Moc' };

/** Why nothing was done. */
export interface FailedAction {
  ok: false;
  code: FailureCode;
  /** Word for word, where it is public. */
  text?: string;
  /** The cluster or identity concerned. */
  subject?: string;
}

/** What was done. */
export interface Done {
  ok: true;
  /** Ids of new certificates. */
  issued: string[];
  /** Identities with a new token. */
  tokens: string[];
  /** Certificates that were not issued, with the reason. */
  refused: { certificate: string; reason: RefusalReason }[];
  /** New certificates that an entry revokes from their first second: for them the repair does not last. */
  stillRevoked: { certificate: string; by: RevokingEntry }[];
}

export type ActionOutcome = Done | FailedAction;

export interface Performed {
  /**
   * At the same instant, after everything that fell due because of the action. A failed action can leave traces, too.
   */
  state: DeploymentState;
  outcome: ActionOutcome;
  /** What the action did, and what fell due because of it. */
  events: SimulationEvent[];
}
