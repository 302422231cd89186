import type { Statement } from '../../shared/citation.ts';
import type { ClusterId } from '../../shared/ids.ts';
import type { Plan, PlanCommand } from '../../plan/model/plan.ts';
import type { PreflightCheck } from './preflight.ts';

export const UPDATE_PARTS = ['all', 'hosts', 'clusters'] as const;
export type UpdateParts = (typeof UPDATE_PARTS)[number];

export interface TypedVersions {
  /** A build such as `1.0.2.10723`. */
  host?: string;
  /** Such as `v1.21.9`. Without a version, an entry only says that the cluster exists. */
  clusters: readonly { cluster: string; version?: string }[];
}

export interface UpdateAnswers {
  /** Pasted output, of which the later text counts. Never stored. */
  texts: readonly string[];
  typed: TypedVersions;
  parts: UpdateParts;
  /** Ids or names; empty: all workload clusters of the deployment. */
  clusters: readonly string[];
  /** The cloud agent; required when several deployments are possible. */
  deployment?: ClusterId;
  /** Target versions, by id or name of the cluster. */
  versions: readonly { cluster: string; version: string }[];
  /** The clusters keep their Kubernetes versions. */
  onlySystem: boolean;
}

/** The read-only command shows the missing information. */
export interface UpdateQuestion {
  id: 'host-version' | 'host-updates' | 'clusters' | 'cluster-version' | 'cluster-updates';
  cluster?: string;
  command: PlanCommand;
  statement: Statement;
}

export interface UpdatePlanning {
  plan: Plan;
  checks: PreflightCheck[];
  questions: UpdateQuestion[];
  /** An estimate. */
  minutes: number;
  length: Statement;
}
