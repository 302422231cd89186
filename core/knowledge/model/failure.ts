import type { CheckId } from './checks.ts';
import type { ContradictionId } from './contradictions.ts';
import type { RoleId } from './credentials/credentials.ts';
import type { TriageId } from './triage.ts';
import type { BuildRange } from './build.ts';
import type { Citation, Statement } from '../../shared/citation.ts';

import type { StepPlace, StepRisk } from './step.ts';

/*
 * Everything known about one failure: its signs, look-alikes, cause and remedy. One file each in `failures`; titles are
 * `failure.<id>` in the catalogues.
 */

/** `F01` and so on. */
export type FailureId = `F${string}`;

/**
 * Whether certificates or tokens are the cause. `either`: an expired credential and something else produce the same
 * text, and only a check can tell.
 */
export type FailureKind = 'certificate' | 'either' | 'not-a-certificate';

/**
 * Words of an error as printed: all must occur, in this order. Only letters and digits are compared, not case, spaces,
 * line breaks, quotes or punctuation.
 */
export interface TextSign {
  id: string;
  phrases: readonly string[];
  /** Required number right before one of the phrases, such as the 71 of “71 days”. */
  days?: { before: number; atLeast: number };
  /** Letters and digits that may occur between two phrases: names, addresses, times. Default 120. */
  gap?: number;
  /** Strength as evidence on its own, from 0 to 1; negative when it speaks against. */
  weight: number;
}

/** Required answer in the interview. */
export type AnswerTest =
  | { field: 'offHours' | 'daysSinceUpdate'; atLeast: number }
  | { field: 'sameUser'; is: boolean }
  | { field: 'found'; of: TriageId; is: 'works' | 'fails' };

export interface AnswerSign {
  id: string;
  answer: AnswerTest;
  weight: number;
}

/** Holds when one of these credentials of the cluster, or of its hosts, is in this state. */
export interface InventorySign {
  id: string;
  roles: readonly RoleId[];
  /** One of these must be in that state, too. */
  together?: readonly RoleId[];
  state: SignState;
  weight: number;
}

export type SupportSign = AnswerSign | InventorySign;

/** Another failure that looks alike, what distinguishes the two, and the cheapest command that shows it. */
export interface LookAlike {
  id: FailureId;
  /** Catalogue key; the same from both sides. */
  apart: string;
  check: CheckId;
}

/** A backup before a step, or the way to undo it. */
export interface Safeguard {
  /** Absent when no single command does it. */
  command?: string;
  /** Catalogue key. */
  text: string;
}

export interface RemedyStep {
  /** Unique within the failure. */
  id: string;
  /** Shared by equal steps of several failures; absent for a step of only one. */
  action?: string;
  /**
   * For PowerShell on a host or a workstation; placeholders in angle brackets are to be filled in
   * (`command-placeholders.ts`). Absent for a manual step that no command performs.
   */
  command?: string;
  statement: Statement;
  place: StepPlace;
  risk: StepRisk;
  /** Whether the API server of the affected cluster has to answer. */
  needsApiServer: boolean;
  /** The case to which the step is limited; catalogue key. Absent: always. */
  only?: string;
  /** Precondition; catalogue key. */
  precondition?: string;
  /** To be done first. */
  backup?: Safeguard;
  undo?: Safeguard;
  /** How success looks; catalogue key. */
  expected: string;
  /** Read-only command that shows whether it worked. */
  check?: CheckId;
  /** Continue with the remedy of this failure. */
  continues?: FailureId;
}

/** A remedy on which sources disagree: the steps of each side, the safer side first. */
export interface Dispute {
  contradiction: ContradictionId;
  /** Ids of steps of each side. */
  sides: readonly (readonly string[])[];
}

type Sources = readonly [Citation, ...Citation[]];

/** A failure as its file declares it; its constant in `failures.ts` gives its id. */
export interface FailureRow {
  kind: FailureKind;
  /** Published texts, verbatim; the description when only a symptom is published. */
  published: readonly [string, ...string[]];
  texts: readonly TextSign[];
  supports: readonly SupportSign[];
  /** Other failures that look alike, each with the cheapest command that shows which of the two it is. */
  lookAlikes: Readonly<Partial<Record<FailureId, CheckId>>>;
  /** The read-only command that confirms it; `null` when none is known. */
  confirm: CheckId | null;
  /** Sources for `failure.<id>.cause`. */
  cause: Sources;
  /** A mistake to avoid; shown above the remedy. */
  warning?: Statement;
  steps: readonly [RemedyStep, ...RemedyStep[]];
  dispute?: Dispute;
  /** Disagreements between sources that matter here. */
  contradictions?: readonly ContradictionId[];
  /** How long the remedy takes, if a source says so. */
  takes?: Statement;
  /** Affected builds: as numbers where known, and in words. */
  builds?: BuildRange & { statement: Statement };
  /** Sources for `failure.<id>.look`; present for every failure that is not, or not certainly, about certificates. */
  look?: Sources;
  citations: Sources;
}

export interface Failure extends Omit<FailureRow, 'lookAlikes' | 'cause' | 'look'> {
  id: FailureId;
  lookAlikes: readonly LookAlike[];
  cause: Statement;
  look?: Statement;
}

/**
 * `expired`, `not-yet-valid`: at least one credential of a role is; `valid`: there are some, and all are; `stalled`: a
 * renewal is overdue and was seen failing; `refused`: a known revocation also matches the successor of a credential.
 */
export type SignState = 'expired' | 'valid' | 'stalled' | 'refused' | 'not-yet-valid';
