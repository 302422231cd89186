import type { Answers } from './evidence.ts';
import type { ClusterId } from '../../shared/ids.ts';
import type { ElsewhereSign, Cause } from './diagnose.ts';
import type { FailureId } from '../../knowledge/model/failure.ts';
import type { Plan } from '../../plan/model/plan.ts';

/** Maximum number of letters per text; a day's log must be cut to the relevant hour. */
export const LONGEST_EVIDENCE = 1_000_000;

export interface EvidenceText {
  /** File name without folder. */
  name: string;
  /** Text without secrets. */
  text: string;
  /** Number of secrets removed. */
  secrets: number;
}

/** An admin's input. */
export interface RepairAnswers {
  /** Pasted texts. Not stored. */
  texts: readonly string[];
  /** Answers from the interview. */
  answers: Answers;
  /** Clusters by id or name; empty: everything in the deployment. */
  clusters: readonly string[];
  /** The cloud agent; required when several deployments are possible. */
  deployment?: ClusterId;
  /** Chosen causes; empty: all that fit. */
  failures: readonly FailureId[];
}

/** `clusters`: the affected clusters, if several were examined. */
export interface RepairCause extends Cause {
  clusters?: readonly string[];
}

export interface RepairDiagnosis {
  /** Best first; empty where nothing fits. */
  causes: readonly RepairCause[];
  /** Signs of problems unrelated to this product. */
  elsewhere: readonly ElsewhereSign[];
}

export interface RepairPlanning {
  causes: readonly { failure: FailureId; cluster?: string }[];
  plan: Plan;
}
