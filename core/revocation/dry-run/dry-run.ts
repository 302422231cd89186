import type { Action, ActionOutcome } from '../../simulation/actions/actions.ts';
import { advance } from '../../simulation/advance.ts';
import type { SimulationEvent } from '../../simulation/events.ts';
import { observe } from '../../simulation/observe.ts';
import { perform } from '../../simulation/actions/perform.ts';
import type { CertificateState, DeploymentState } from '../../simulation/state.ts';
import type { ClusterId } from '../../shared/ids.ts';
import { HOUR_MS, instantFromMs, epochMs, SECOND_MS, type Instant } from '../../shared/instant.ts';
import type { RenewRevocation } from '../../shared/renew-revocation/entry.ts';
import { BACKDATING_MS } from '../../shared/renew-revocation/revocable.ts';
import type { DryRun, DryRunEvent, DryRunHour, DryRunRepair } from '../model/view.ts';
import { getCopy, findRealCertificate, type ClusterCopy, type CopyRequest } from './cluster-model.ts';

export interface DryRunRequest extends CopyRequest {
  objects: readonly RenewRevocation[];
  clusterId: ClusterId;
  hours: number;
  withoutRepair?: boolean;
  pause: () => Promise<void>;
}

/** Hours between two pauses. Simulating a day takes about ten milliseconds. */
const STRETCH_HOURS = 24;

/**
 * Applies the objects to a simulated copy of a cluster. Reports renewals and refusals hour by hour, and whether the
 * documented repair lasts.
 */
export function performDryRun(request: DryRunRequest): Promise<DryRun> {
  return new DryRunSimulation(request).run();
}

class DryRunSimulation {
  readonly #request: DryRunRequest;
  readonly #copy: ClusterCopy;
  readonly #hours: DryRunHour[] = [];
  #state: DeploymentState;
  #repair: DryRunRepair | undefined;

  constructor(request: DryRunRequest) {
    this.#request = request;
    this.#copy = getCopy(request.clusterId, request);
    this.#state = this.#copy.state;
  }

  async run(): Promise<DryRun> {
    const { clusterId, now, hours } = this.#request;
    const until = instantFromMs(epochMs(now) + hours * HOUR_MS);
    const applied = this.#apply();
    const revoked = this.#state.certificates.flatMap((record) => {
      const real = findRealCertificate(this.#copy, record.id);
      return record.revokedBy === undefined || real === undefined ? [] : [real.credential.id];
    });
    if (applied === undefined) await this.#follow();
    return {
      clusterId,
      from: now,
      until,
      revoked,
      applyFailure: applied,
      repair: this.#repair && this.#checkHolds(this.#repair),
      hours: this.#hours,
      apiServer: this.#answers(),
      assumed: this.#copy.assumed,
    };
  }

  #apply(): string | undefined {
    const { clusterId, objects } = this.#request;
    for (const revocation of objects) {
      const action: Action = { kind: 'apply-revocation', cluster: clusterId, revocation };
      const outcome = this.#act('apply', action);
      if (!outcome.ok) return outcome.code;
    }
    return undefined;
  }

  async #follow(): Promise<void> {
    const { now, withoutRepair = false, pause } = this.#request;
    const repairAt = withoutRepair ? undefined : this.#readyAt();
    let wasUp = this.#answers();
    for (let hours = 1; hours <= this.#request.hours; hours += 1) {
      if (hours % STRETCH_HOURS === 0) await pause();
      const ms = epochMs(now) + hours * HOUR_MS;
      if (repairAt !== undefined && this.#repair === undefined && repairAt <= ms) this.#repairCluster(repairAt);
      const hour = this.#pass(instantFromMs(ms));
      if (hasEvents(hour) || hour.apiServer !== wasUp) this.#hours.push(hour);
      wasUp = hour.apiServer;
    }
  }

  /**
   * Returns the first instant at which certificates issued by the repair, although backdated, begin after every past
   * cutoff.
   */
  #readyAt(): number {
    const { now, objects } = this.#request;
    const passed = objects.flatMap(({ entries }) =>
      entries.flatMap(({ notBefore }) => (notBefore === undefined || notBefore > now ? [] : [epochMs(notBefore)])),
    );
    return Math.max(epochMs(now) + SECOND_MS, ...passed.map((ms) => ms + BACKDATING_MS + SECOND_MS));
  }

  #repairCluster(ms: number): void {
    const { clusterId } = this.#request;
    const at = instantFromMs(ms);
    if (at > this.#state.now) {
      const before = this.#pass(at);
      if (hasEvents(before)) this.#hours.push(before);
    }
    const isHost = this.#state.clusters.find(({ name }) => name === clusterId)?.kind === 'management';
    const action = isHost
      ? ({ kind: 'Update-AksHciCertificates' } as const)
      : ({ kind: 'Update-AksHciClusterCertificates', name: clusterId, fix: 'kubelet-credentials' } as const);
    const outcome = this.#act('repair', action);
    const { kind: command } = action;
    this.#repair = outcome.ok
      ? {
          at,
          command,
          issued: outcome.issued.length,
          holds: outcome.stillRevoked.length === 0,
          stillRevoked: outcome.stillRevoked.map(({ certificate, by }) => ({
            ...this.#identify(certificate),
            object: by.revocation,
            entry: by.entry,
          })),
        }
      : { at, command, failure: outcome.code, issued: 0, stillRevoked: [], holds: false, text: outcome.text };
  }

  /**
   * Checks the hours after the repair. The repair did not last if a renewal was refused later, even if none of its own
   * certificates is revoked.
   */
  #checkHolds(repair: DryRunRepair): DryRunRepair {
    const later = this.#hours.filter(({ at, step }) => at > repair.at && step === 'hour');
    const isRefused = later.some(({ refused }) => refused.some(({ reason }) => reason === 'revoked'));
    return { ...repair, holds: repair.holds && !isRefused && this.#answers() };
  }

  #act(step: DryRunHour['step'], action: Action): ActionOutcome {
    const { state, outcome, events } = perform(this.#state, action);
    this.#state = state;
    this.#hours.push(this.#buildHour(step, events));
    return outcome;
  }

  #pass(to: Instant): DryRunHour {
    const { state, events } = advance(this.#state, to);
    this.#state = state;
    return this.#buildHour('hour', events);
  }

  #buildHour(step: DryRunHour['step'], events: readonly SimulationEvent[]): DryRunHour {
    const { clusterId } = this.#request;
    const own = events.filter(({ cluster }) => cluster === clusterId);
    const listEvents = (...kinds: SimulationEvent['kind'][]): DryRunEvent[] =>
      own.filter(({ kind }) => kinds.includes(kind)).map((event) => this.#buildEvent(event));
    return {
      at: this.#state.now,
      step,
      renewed: listEvents('certificate-renewed', 'certificate-issued'),
      refused: listEvents('certificate-refused'),
      expired: listEvents('certificate-expired'),
      apiServer: this.#answers(),
    };
  }

  #buildEvent({ certificate, params }: SimulationEvent): DryRunEvent {
    const { reason, revocation, entry } = params;
    return {
      ...this.#identify(certificate),
      reason: typeof reason === 'string' ? reason : undefined,
      object: typeof revocation === 'string' ? revocation : undefined,
      entry: typeof entry === 'number' ? entry : undefined,
    };
  }

  #identify(certificate: string | undefined): DryRunEvent {
    const real = findRealCertificate(this.#copy, certificate)?.credential;
    const record = this.#findRecord(certificate);
    return {
      id: real?.id ?? null,
      profile: record?.profile ?? '',
      name: real?.name ?? record?.subject.commonName ?? '',
    };
  }

  #findRecord(certificate: string | undefined): CertificateState | undefined {
    const slot = Number(certificate?.slice(0, certificate.indexOf('.')));
    return this.#state.certificates.find((record) => record.slot === slot);
  }

  #answers(): boolean {
    return observe(this.#state).apiServer(this.#request.clusterId) === undefined;
  }
}

function hasEvents({ renewed, refused, expired }: DryRunHour): boolean {
  return renewed.length + refused.length + expired.length > 0;
}
