import type { Statement } from '../../shared/citation.ts';
import type { ClusterId } from '../../shared/ids.ts';
import type { Plan, PlanCommand } from '../../plan/model/plan.ts';
import type { PreflightCheck } from './preflight.ts';

export const UPDATE_PARTS = ['all', 'hosts', 'clusters'] as const;
export type UpdateParts = (typeof UPDATE_PARTS)[number];

/** Versions that somebody typed. */
export interface TypedVersions {
  /** A build such as `1.0.2.10723`. */
  host?: string;
  /** Versions such as `v1.21.9`, by cluster name. An entry without a version states only that the cluster exists. */
  clusters: readonly { cluster: string; version?: string }[];
}

/** An admin's input for the plan. */
export interface UpdateAnswers {
  /** Pasted output; later texts take precedence. Not stored. */
  texts: readonly string[];
  typed: TypedVersions;
  parts: UpdateParts;
  /** Cluster ids or names; if empty, all workload clusters in the deployment. */
  clusters: readonly string[];
  /** The cloud agent; required when several deployments are possible. */
  deployment?: ClusterId;
  /** Target versions by id or name of a cluster. */
  versions: readonly { cluster: string; version: string }[];
  /** Clusters keep their Kubernetes versions. */
  onlySystem: boolean;
}

/** Missing information, and the read-only command that shows it. */
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
  /** Estimated minutes. */
  minutes: number;
  length: Statement;
}
