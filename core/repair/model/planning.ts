import type { Answers } from './evidence.ts';
import type { ClusterId } from '../../shared/ids.ts';
import type { ElsewhereSign, Cause } from './diagnose.ts';
import type { FailureId } from '../../knowledge/model/failure.ts';
import type { Statement } from '../../shared/citation.ts';
import type { Plan } from '../../plan/model/plan.ts';
import type { RepairQuestion } from './question.ts';

/** In characters. A day's log must be cut to the relevant hour. */
export const LONGEST_EVIDENCE = 1_000_000;

export interface EvidenceText {
  name: string;
  text: string;
  /** Number of removed secrets. */
  secrets: number;
}

export interface RepairAnswers {
  /** Pasted texts, which are never stored. */
  texts: readonly string[];
  answers: Answers;
  /** Ids or names; if empty, everything in the deployment. */
  clusters: readonly string[];
  /** The cloud agent; required when several deployments are possible. */
  deployment?: ClusterId;
  /** If empty, all matching causes. */
  failures: readonly FailureId[];
}

/** `clusters`: the affected clusters, if several were examined. */
export interface RepairCause extends Cause {
  clusters?: readonly string[];
}

export interface RepairDiagnosis {
  /** Best first; empty if nothing fits. */
  causes: readonly RepairCause[];
  elsewhere: readonly ElsewhereSign[];
  first?: readonly Statement[];
  /** The clusters that the texts name; present only if no cluster was chosen. */
  about?: readonly ClusterId[];
}

export interface RepairPlanning {
  causes: readonly { failure: FailureId; cluster?: string }[];
  plan: Plan;
  /** Present if the plan begins with several checks that an answer can spare. */
  question?: RepairQuestion;
}
