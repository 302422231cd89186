import type { Answers } from './evidence.ts';
import type { ClusterId } from '../../shared/ids.ts';
import type { ElsewhereSign, Cause } from './diagnose.ts';
import type { FailureId } from '../../knowledge/model/failure.ts';
import type { Plan } from '../../plan/model/plan.ts';

/** Maximum letters in one text: a day's log has to be cut down to the hour in question. */
export const LONGEST_EVIDENCE = 1_000_000;

/** The contents of a file that somebody opened as evidence. */
export interface EvidenceText {
  /** File name without its folder. */
  name: string;
  /** With secrets removed. */
  text: string;
  /** Number of places from which a secret was removed. */
  secrets: number;
}

/** What an admin states about the problem. */
export interface RepairAnswers {
  /** Errors, logs and outputs as pasted. Read, and not kept. */
  texts: readonly string[];
  /** From the interview. */
  answers: Answers;
  /** By id or name; empty: everything in the deployment. */
  clusters: readonly string[];
  /** The cloud agent; required where clusters of several deployments would be meant. */
  deployment?: ClusterId;
  /** Causes that somebody has chosen; empty: those that fit the evidence. */
  failures: readonly FailureId[];
}

/** `clusters`: the affected clusters, where the inventory of several was examined. */
export interface RepairCause extends Cause {
  clusters?: readonly string[];
}

/** What fits the evidence. */
export interface RepairDiagnosis {
  /** Best first; empty where nothing fits. */
  causes: readonly RepairCause[];
  /** What does not concern this product. */
  elsewhere: readonly ElsewhereSign[];
}

/** Causes by cluster, and what repairs them. */
export interface RepairPlanning {
  causes: readonly { failure: FailureId; cluster?: string }[];
  plan: Plan;
}
