import type { ClusterId } from '../shared/ids.ts';
import { DRY_RUN_HOURS, type DryRun } from './model/view.ts';
import type { CopyRequest } from './dry-run/cluster-model.ts';
import type { Manifest } from './manifest/manifest.ts';
import { performDryRun, type DryRunRequest } from './dry-run/dry-run.ts';

/** Where a manifest can be sent, and the result: for a copy, what would happen. */
export interface DryRunTarget {
  readonly id: string;
  /** A word for the audit trail. */
  readonly kind: string;
  send(manifest: Manifest): Promise<DryRun>;
}

type TargetRequest = CopyRequest & Pick<DryRunRequest, 'pause'>;

/** The engine's copy of a cluster: what happens there happens nowhere else. */
export class EngineCopyTarget implements DryRunTarget {
  readonly id: ClusterId;
  readonly kind = 'engine-copy';
  readonly #request: TargetRequest;

  constructor(clusterId: ClusterId, request: TargetRequest) {
    this.id = clusterId;
    this.#request = request;
  }

  send({ objects }: Manifest): Promise<DryRun> {
    const hours = DRY_RUN_HOURS.usual;
    return performDryRun({ ...this.#request, clusterId: this.id, objects, hours });
  }
}
