import type { Statement } from '../../shared/citation.ts';
import type { ClusterId } from '../../shared/ids.ts';
import type { Plan, PlanCommand } from '../../plan/model/plan.ts';
import type { PreflightCheck } from './preflight.ts';

/** The part of a deployment to update. */
export const UPDATE_PARTS = ['all', 'hosts', 'clusters'] as const;
export type UpdateParts = (typeof UPDATE_PARTS)[number];

/** Current versions as known to somebody. */
export interface TypedVersions {
  /** `1.0.2.10723`. */
  host?: string;
  /** By cluster name: `v1.21.9`. Without a version it only says that the cluster exists. */
  clusters: readonly { cluster: string; version?: string }[];
}

/** What an admin says about the planned update. */
export interface UpdateAnswers {
  /** Pasted outputs; the later of two answers counts. Read, but not kept. */
  texts: readonly string[];
  /** Overrides pasted outputs. */
  typed: TypedVersions;
  parts: UpdateParts;
  /** By id or name; empty: every workload cluster of the deployment. */
  clusters: readonly string[];
  /** The cloud agent; required when clusters of several deployments would be meant. */
  deployment?: ClusterId;
  /** Target versions by id or name of a cluster. */
  versions: readonly { cluster: string; version: string }[];
  /** Only the operating system of the clusters' nodes. */
  onlySystem: boolean;
}

/** Information that would improve the plan, and the read-only command that provides it. */
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
  /** Estimated total duration. */
  minutes: number;
  /** Sources of that estimate. */
  length: Statement;
}
