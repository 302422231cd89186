import type { RenewRevocation } from '../../shared/renew-revocation/entry.ts';
import type { RotationStepId } from '../../pki/model/rotation.ts';
import type { SimulationEvent } from '../events.ts';
import type { ClusterPlan } from '../provision.ts';
import type { FailureCode, RefusalReason } from './refusals.ts';
import type { DeploymentState, Renewer, RevokingEntry } from '../state.ts';

/**
 * Actions without `cluster` concern the host and everything on it. Source of the cmdlets: Microsoft Learn, AksHci
 * reference.
 */
export type Action =
  | { kind: 'power'; cluster?: string; on: boolean }
  | { kind: 'set-clock'; cluster?: string; offsetMs: number }
  | { kind: 'stall-renewer' | 'resume-renewer'; cluster: string; renewer: Renewer }
  | { kind: 'stall-client' | 'resume-client' | 'revoke-identity' | 'reinstate-identity'; identity: string }
  /** Restarts a node agent or KMS plugin, which then logs in with its token. */
  | { kind: 'restart-client'; identity: string }
  | { kind: 'apply-revocation'; cluster: string; revocation: RenewRevocation }
  | { kind: 'delete-revocation'; cluster: string; name: string }
  /** Runs `mocctl security identity rotate`; the client reads the new login file. */
  | { kind: 'rotate-identity'; identity: string }
  | { kind: 'New-MocIdentity'; name: string; validityDays: number }
  | { kind: 'New-AksHciCluster'; plan: ClusterPlan }
  | { kind: 'Update-AksHci' | 'Repair-MocLogin' | 'Repair-Moc' }
  | { kind: 'Update-AksHciCluster' | 'Get-AksHciCredential'; name: string }
  | { kind: 'Update-AksHciCertificates'; force?: boolean }
  | {
      kind: 'Update-AksHciClusterCertificates';
      name: string;
      fix: 'kubelet-credentials' | 'cloud-credentials';
      patchLoadBalancer?: boolean;
      force?: boolean;
    }
  /** Copies `admin.conf` over the expired kubeconfig. No cmdlet fixes this known issue. */
  | { kind: 'replace-management-kubeconfig' }
  /** Performs the given stage, which must be the next one; without `stage`, all remaining stages. */
  | { kind: 'Invoke-AksHciRotateCACertificate'; stage?: RotationStepId };

export interface FailedAction {
  ok: false;
  code: FailureCode;
  /** Verbatim text, if public. */
  text?: string;
  /** Name of a cluster or an identity. */
  subject?: string;
}

export interface Done {
  ok: true;
  issued: string[];
  tokens: string[];
  refused: { certificate: string; reason: RefusalReason }[];
  /** Certificates revoked from their first second, so that the repair does not last. */
  stillRevoked: { certificate: string; by: RevokingEntry }[];
}

export type ActionOutcome = Done | FailedAction;

export interface Performed {
  /**
   * State at the same instant, after everything that became due because of the action. A failed action may change it
   * too.
   */
  state: DeploymentState;
  outcome: ActionOutcome;
  events: SimulationEvent[];
}
