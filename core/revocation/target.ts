import type { ClusterId } from '../shared/ids.ts';
import type { Rehearsal } from './model/view.ts';
import { REHEARSAL_HOURS } from './model/view.ts';
import type { CopyRequest } from './dry-run/cluster-model.ts';
import type { Manifest } from './manifest/manifest.ts';
import { rehearse } from './dry-run/dry-run.ts';
import type { RehearsalRequest } from './dry-run/dry-run.ts';

/** Where a manifest can be sent, and what comes back: of a copy what would happen. */
export interface Target {
  readonly id: string;
  /** A word for the audit trail. */
  readonly kind: string;
  send(manifest: Manifest): Promise<Rehearsal>;
}

type TargetRequest = CopyRequest & Pick<RehearsalRequest, 'pause'>;

/** The engine’s copy of a cluster: whatever happens there happens nowhere else. */
export class EngineCopyTarget implements Target {
  readonly id: ClusterId;
  readonly kind = 'engine-copy';
  readonly #request: TargetRequest;

  constructor(clusterId: ClusterId, request: TargetRequest) {
    this.id = clusterId;
    this.#request = request;
  }

  send({ objects }: Manifest): Promise<Rehearsal> {
    const hours = REHEARSAL_HOURS.usual;
    return rehearse({ ...this.#request, clusterId: this.id, objects, hours });
  }
}
