import { advance } from '../../../core/simulation/advance.ts';
import type { Action, Performed } from '../../../core/simulation/actions/actions.ts';
import { perform } from '../../../core/simulation/actions/perform.ts';
import { provisionDeployment, type ClusterPlan, type DeploymentPlan } from '../../../core/simulation/provision.ts';
import type { CertificateState, DeploymentState, IdentityState } from '../../../core/simulation/state.ts';
import { instant, instantFromMs, epochMs, type Instant } from '../../../core/shared/instant.ts';
import type { ProfileId } from '../../../core/pki/model/profile.ts';

export const START = instant('2026-03-01T08:00:00Z');

export const RETAIL: ClusterPlan = { name: 'retail', controlPlane: 1, workers: 2, network: '172.16.10' };

/** Builds a deployment with one host, a management cluster of one machine, and the workload cluster `retail`. */
export function deployment(plan: Partial<DeploymentPlan> = {}): DeploymentState {
  return provisionDeployment({
    seed: 'sample',
    at: START,
    cloudAgentFqdn: 'ca-5b1f0c2e.contoso.example',
    hosts: [{ name: 'host-1', ip: '10.0.0.11' }],
    management: { name: 'management', controlPlane: 1, workers: 0, network: '172.16.0' },
    clusters: [RETAIL],
    ...plan,
  });
}

export function instantAfter(ms: number): Instant {
  return instantFromMs(epochMs(START) + ms);
}

export class Life {
  state: DeploymentState;
  readonly events: ReturnType<typeof advance>['events'] = [];

  constructor(state: DeploymentState = deployment()) {
    this.state = state;
  }

  pass(ms: number): this {
    const { state, events } = advance(this.state, instantFromMs(epochMs(this.state.now) + ms));
    this.state = state;
    this.events.push(...events);
    return this;
  }

  do(action: Action): Performed['outcome'] {
    const { state, outcome, events } = perform(this.state, action);
    this.state = state;
    this.events.push(...events);
    return outcome;
  }

  /** Performs an action, and throws if it fails. */
  succeed(action: Action): this {
    const outcome = this.do(action);
    if (!outcome.ok) throw new Error(`${action.kind}: ${JSON.stringify(outcome)}`);
    return this;
  }

  all(cluster: string, profile?: ProfileId): CertificateState[] {
    return this.state.certificates.filter(
      (record) => record.cluster === cluster && (profile === undefined || record.profile === profile),
    );
  }

  /** Returns the first certificate of a profile in a cluster, except for kubeconfigs on workstations. */
  certificate(profile: ProfileId, cluster = 'retail'): CertificateState {
    const found = this.all(cluster, profile).find(({ holder }) => holder.kind !== 'workstation');
    if (found === undefined) throw new Error(`no ${profile} in ${cluster}`);
    return found;
  }

  kubeconfig(cluster = 'retail'): CertificateState {
    const found = this.all(cluster).find(({ holder }) => holder.kind === 'workstation');
    if (found === undefined) throw new Error(`no kubeconfig of ${cluster}`);
    return found;
  }

  identity(name: string): IdentityState {
    const found = this.state.identities.find((identity) => identity.name === name);
    if (found === undefined) throw new Error(`no identity ${name}`);
    return found;
  }

  identityCertificate(identity: string): CertificateState {
    const { certificate } = this.identity(identity);
    const found = this.state.certificates.find(({ id }) => id === certificate);
    if (found === undefined) throw new Error(`no certificate ${certificate}`);
    return found;
  }

  /** Lists the profiles of expired certificates, each once. */
  listExpiredProfiles(): string[] {
    const profiles = this.events
      .filter(({ kind }) => kind === 'certificate-expired')
      .map(({ params }) => String(params.profile));
    return [...new Set(profiles)].sort();
  }
}
