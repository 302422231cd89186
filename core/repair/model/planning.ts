import type { Answers } from './evidence.ts';
import type { ClusterId } from '../../shared/ids.ts';
import type { ElsewhereSign, Cause } from './diagnose.ts';
import type { FailureId } from '../../knowledge/model/failure.ts';
import type { Plan } from '../../plan/model/plan.ts';

/** Letters of one text: a log of a day is cut down to the hour in question. */
export const LONGEST_EVIDENCE = 1_000_000;

/** What a file holds that somebody opened as evidence. */
export interface EvidenceText {
  /** Of the file, without its folder. */
  name: string;
  /** Without what is secret. */
  text: string;
  /** Places from which something secret was taken. */
  secrets: number;
}

/** What an admin says of what is wrong. */
export interface RepairAnswers {
  /** Errors, logs and outputs as they were pasted. Read, and not kept. */
  texts: readonly string[];
  /** Of the interview. */
  answers: Answers;
  /** By name or id; empty: everything in the deployment. */
  clusters: readonly string[];
  /** The cloud agent; needed where clusters of several deployments would be meant. */
  deployment?: ClusterId;
  /** Causes that somebody has chosen; empty: what the evidence fits. */
  failures: readonly FailureId[];
}

/** `clusters`: of whom it is, where the inventory of several was looked at. */
export interface RepairCause extends Cause {
  clusters?: readonly string[];
}

/** What fits the evidence. */
export interface RepairDiagnosis {
  /** Best first; empty where nothing fits. */
  causes: readonly RepairCause[];
  /** What is none of this product’s. */
  elsewhere: readonly ElsewhereSign[];
}

/** Causes by cluster, and what repairs them. */
export interface RepairPlanning {
  causes: readonly { failure: FailureId; cluster?: string }[];
  plan: Plan;
}
