import type { CheckId } from './checks.ts';
import type { ContradictionId } from './contradictions.ts';
import type { RoleId } from './credentials/credentials.ts';
import type { TriageId } from './triage.ts';
import type { BuildRange } from './build.ts';
import type { Citation, Statement } from '../../shared/citation.ts';

import type { StepPlace, StepRisk } from '../../plan/model/plan.ts';

/*
 * What is known of one failure: how it is recognised, what it is taken for, its cause and its remedy. One file each in
 * `catalogue/failures`; titles are `failure.<id>` in the language catalogues.
 */

/** `F01` and so on. */
export type FailureId = `F${string}`;

/**
 * Whether certificates or tokens are the cause. `either`: the same text comes from an expired credential and from something
 * else, and only a check tells.
 */
export type FailureKind = 'certificate' | 'either' | 'not-a-certificate';

/**
 * Words of an error as it is printed; all of them, in this order. They are compared letter by letter and digit by digit,
 * whatever stands between: case, blanks, line ends, quotes and punctuation do not count.
 */
export interface TextSign {
  id: string;
  phrases: readonly string[];
  /** Letters and digits that may stand between two phrases: names, addresses, times. Default 120. */
  gap?: number;
  /** How much it says by itself, from 0 to 1; below 0 it speaks against. */
  weight: number;
}

/** What an answer of the interview has to be. */
export type AnswerTest =
  | { field: 'offHours' | 'daysSinceUpdate'; atLeast: number }
  | { field: 'sameUser'; is: boolean }
  | { field: 'found'; of: TriageId; is: 'works' | 'fails' };

export interface AnswerSign {
  id: string;
  answer: AnswerTest;
  weight: number;
}

/** One of these credentials of the cluster, or of the hosts it runs on, is in this state. */
export interface InventorySign {
  id: string;
  roles: readonly RoleId[];
  /** And one of these, too. */
  together?: readonly RoleId[];
  state: InventoryState;
  weight: number;
}

export type SupportSign = AnswerSign | InventorySign;

/** Another failure that looks alike, what tells the two apart, and the cheapest command that shows it. */
export interface LookAlike {
  id: FailureId;
  /** Key of the catalogues; the same from both sides. */
  apart: string;
  check: CheckId;
}

/** What is kept before a step, or how the step is taken back. */
export interface Safeguard {
  /** Absent where no one command does it. */
  command?: string;
  /** Key of the catalogues. */
  text: string;
}

export interface RemedyStep {
  /** Unique in its failure. */
  id: string;
  /**
   * In PowerShell on a host, or on a workstation; words in angle brackets are to be filled in (`catalogue/placeholders.ts`).
   * Absent where somebody has to do something that no command does.
   */
  command?: string;
  statement: Statement;
  place: StepPlace;
  risk: StepRisk;
  /** Whether the API server of the cluster that it is about has to answer. */
  needsApiServer: boolean;
  /** The case in which it is done at all; key of the catalogues. Absent: always. */
  only?: string;
  /** What has to be so before it; key of the catalogues. */
  precondition?: string;
  /** To be done before it. */
  backup?: Safeguard;
  undo?: Safeguard;
  /** What is to be seen when it worked; key of the catalogues. */
  expected: string;
  /** Read-only command that shows whether it worked. */
  check?: CheckId;
  /** Go on with the remedy of this failure. */
  continues?: FailureId;
}

/** A remedy on which sources disagree: which steps each side stands for, the safer side first. */
export interface Dispute {
  contradiction: ContradictionId;
  /** Ids of steps; each side stands for its own. */
  sides: readonly (readonly string[])[];
}

export interface Failure {
  id: FailureId;
  kind: FailureKind;
  /** Texts as they are published, verbatim; where only a symptom is published, its words. */
  published: readonly [string, ...string[]];
  texts: readonly TextSign[];
  supports: readonly SupportSign[];
  lookAlikes: readonly LookAlike[];
  /** The read-only command that confirms it; `null` where none is known. */
  confirm: CheckId | null;
  cause: Statement;
  /** Do not do this first; shown above the remedy. */
  warning?: Statement;
  steps: readonly [RemedyStep, ...RemedyStep[]];
  dispute?: Dispute;
  /** Where sources disagree on something that matters here. */
  contradictions?: readonly ContradictionId[];
  /** How long the remedy takes, where a source says so. */
  takes?: Statement;
  /** Builds that have it: as numbers where they are known, and in words. */
  builds?: BuildRange & { statement: Statement };
  /** Where else to look; with every failure that is not, or not surely, about certificates. */
  look?: Statement;
  citations: readonly [Citation, ...Citation[]];
}

/**
 * `expired`, `not-yet-valid`: at least one credential of a role is; `valid`: there are some, and all are; `stalled`: a
 * renewal is overdue and was seen failing; `refused`: a known revocation also matches what takes the place of one.
 */
export type InventoryState = 'expired' | 'valid' | 'stalled' | 'refused' | 'not-yet-valid';
