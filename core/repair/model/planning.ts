import type { Answers } from './evidence.ts';
import type { ClusterId } from '../../shared/ids.ts';
import type { ElsewhereSign, Cause } from './diagnose.ts';
import type { FailureId } from '../../knowledge/model/failure.ts';
import type { Plan } from '../../plan/model/plan.ts';

/** Letters per text: cut a day's log to the relevant hour. */
export const LONGEST_EVIDENCE = 1_000_000;

export interface EvidenceText {
  /** Without folder. */
  name: string;
  /** Without secrets. */
  text: string;
  /** Number of secrets removed. */
  secrets: number;
}

/** An admin's input. */
export interface RepairAnswers {
  /** Pasted. Not kept. */
  texts: readonly string[];
  /** From the interview. */
  answers: Answers;
  /** By id or name; empty: everything in the deployment. */
  clusters: readonly string[];
  /** The cloud agent; required when several deployments are possible. */
  deployment?: ClusterId;
  /** Chosen causes; empty: those that fit. */
  failures: readonly FailureId[];
}

/** `clusters`: affected ones, if several were examined. */
export interface RepairCause extends Cause {
  clusters?: readonly string[];
}

export interface RepairDiagnosis {
  /** Best first; empty where nothing fits. */
  causes: readonly RepairCause[];
  /** Unrelated to this product. */
  elsewhere: readonly ElsewhereSign[];
}

export interface RepairPlanning {
  causes: readonly { failure: FailureId; cluster?: string }[];
  plan: Plan;
}
