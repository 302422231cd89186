import type { Statement } from '../../shared/citation.ts';
import type { ClusterId } from '../../shared/ids.ts';
import type { Plan, PlanCommand } from '../../plan/model/plan.ts';
import type { PreflightCheck } from './preflight.ts';

/** What of a deployment is updated. */
export const UPDATE_PARTS = ['all', 'hosts', 'clusters'] as const;
export type UpdateParts = (typeof UPDATE_PARTS)[number];

/** Versions that run now, as somebody knows them. */
export interface TypedVersions {
  /** `1.0.2.10723`. */
  host?: string;
  /** By names of clusters: `v1.21.9`. Without a version it is known that there is this cluster. */
  clusters: readonly { cluster: string; version?: string }[];
}

/** What an admin says of the update that he plans. */
export interface UpdateAnswers {
  /** Outputs as they were pasted; of two answers the later one counts. Read, and not kept. */
  texts: readonly string[];
  /** Counts more than what was pasted. */
  typed: TypedVersions;
  parts: UpdateParts;
  /** By name or id; empty: every workload cluster of the deployment. */
  clusters: readonly string[];
  /** The cloud agent; needed where clusters of several deployments would be meant. */
  deployment?: ClusterId;
  /** How far, by the names of clusters. */
  versions: readonly { cluster: string; version: string }[];
  /** Only the operating system of the clusters’ nodes. */
  onlySystem: boolean;
}

/** Something that would make the plan better, and the read-only command that answers it. */
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
  /** How long it takes as a whole, by estimate. */
  minutes: number;
  /** What that estimate rests on. */
  length: Statement;
}
