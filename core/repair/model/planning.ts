import type { Answers } from './evidence.ts';
import type { ClusterId } from '../../shared/ids.ts';
import type { ElsewhereSign, Cause } from './diagnose.ts';
import type { FailureId } from '../../knowledge/model/failure.ts';
import type { Plan } from '../../plan/model/plan.ts';

/** The maximum length of a text, in letters. A day's log must be cut to the relevant hour. */
export const LONGEST_EVIDENCE = 1_000_000;

export interface EvidenceText {
  /** The file name without its folder. */
  name: string;
  /** Text without secrets. */
  text: string;
  /** The number of secrets that were removed. */
  secrets: number;
}

export interface RepairAnswers {
  /** Pasted, and never stored. */
  texts: readonly string[];
  answers: Answers;
  /** Ids or names; empty: everything in the deployment. */
  clusters: readonly string[];
  /** The cloud agent; required when several deployments are possible. */
  deployment?: ClusterId;
  /** Empty: all causes that fit. */
  failures: readonly FailureId[];
}

/** `clusters`: the affected ones, if several were examined. */
export interface RepairCause extends Cause {
  clusters?: readonly string[];
}

export interface RepairDiagnosis {
  /** Best first; empty if nothing fits. */
  causes: readonly RepairCause[];
  /** Signs of problems unrelated to this product. */
  elsewhere: readonly ElsewhereSign[];
}

export interface RepairPlanning {
  causes: readonly { failure: FailureId; cluster?: string }[];
  plan: Plan;
}
