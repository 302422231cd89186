import type { CheckId } from './checks.ts';
import type { ContradictionId } from './contradictions.ts';
import type { RoleId } from './credentials/credentials.ts';
import type { TriageId } from './triage.ts';
import type { BuildRange } from './build.ts';
import type { Statement } from '../../shared/citation.ts';
import type { Sources } from './sources/sources.ts';

import type { StepPlace, StepRisk } from './step.ts';

/* Titles of failures are `failure.<id>` in the catalogues. */

export type FailureId = `F${string}`;

/** `either`: an expired credential and another cause produce the same text, and only a check can distinguish them. */
type FailureKind = 'certificate' | 'either' | 'not-a-certificate';

/**
 * Words of an error as printed: all must occur, in this order. Only letters and digits are compared, regardless of
 * case; spaces, line breaks, quotes and punctuation do not count.
 */
export interface TextSign {
  id: string;
  phrases: readonly string[];
  /** Letters and digits that may occur between two phrases: names, addresses, times. Default 120. */
  gap?: number;
  /** From 0 to 1; negative if the sign is evidence against the failure. */
  weight: number;
}

export type AnswerTest =
  | { field: 'offHours' | 'daysSinceUpdate'; atLeast: number }
  | { field: 'sameUser'; is: boolean }
  | { field: 'found'; of: TriageId; is: 'works' | 'fails' };

export interface AnswerSign {
  id: string;
  answer: AnswerTest;
  weight: number;
}

/** Applies if a credential of the cluster or its hosts with one of these roles is in this state. */
export interface InventorySign {
  id: string;
  roles: readonly RoleId[];
  /** One of these credentials must also be in the state. */
  together?: readonly RoleId[];
  state: SignState;
  weight: number;
}

export type SupportSign = AnswerSign | InventorySign;

export interface Safeguard {
  /** Absent if no single command suffices. */
  command?: string;
  /** Catalogue key. */
  text: string;
}

export interface RemedyStep {
  id: string;
  /** Shared by identical steps of several failures; absent for a step that only one failure has. */
  action?: string;
  /** For PowerShell, with placeholders in angle brackets (`command-placeholders.ts`). Absent for a manual step. */
  command?: string;
  statement: Statement;
  place: StepPlace;
  risk: StepRisk;
  needsApiServer: boolean;
  /** Catalogue key of the case to which the step applies; absent if it always applies. */
  only?: string;
  /** Catalogue key. */
  precondition?: string;
  backup?: Safeguard;
  undo?: Safeguard;
  /** Catalogue key. */
  expected: string;
  check?: CheckId;
  /** The failure whose remedy comes next. */
  continues?: FailureId;
}

/** A step as declared, with only the last part of its catalogue keys, such as `works-now`. */
export type StepRow = RemedyStep;

export interface FailureRow {
  /** Default: `certificate`. */
  kind?: FailureKind;
  /** Published texts, verbatim; the description if only a symptom is published. */
  published: readonly [string, ...string[]];
  texts: readonly TextSign[];
  supports?: readonly SupportSign[];
  /** Failures that can cause this failure. */
  follows?: readonly FailureId[];
  /** The read-only command that confirms the failure, if known. */
  confirm?: CheckId;
  /** Sources for `failure.<id>.cause`. */
  cause: Sources;
  /** A mistake to avoid, shown above the remedy. */
  warning?: Statement;
  steps: readonly [StepRow, ...StepRow[]];
  /** Set if sources disagree on the remedy: the ids of the steps of each side, the safer side first. */
  dispute?: { contradiction: ContradictionId; sides: readonly (readonly string[])[] };
  contradictions?: readonly ContradictionId[];
  takes?: Statement;
  /** Affected builds: as numbers if known, and in words. */
  builds?: BuildRange & { statement: Statement };
  /** Sources for `failure.<id>.look`, which exists unless certificates are certainly the cause. Default: `cause`. */
  look?: Sources;
  /** Default: the sources for the cause. */
  citations?: Sources;
}

export interface Failure extends Omit<FailureRow, 'steps' | 'cause' | 'look'> {
  id: FailureId;
  kind: FailureKind;
  supports: readonly SupportSign[];
  steps: readonly RemedyStep[];
  citations: Sources;
  /** `apart`: the catalogue key, shared by both failures. */
  lookAlikes: readonly { id: FailureId; apart: string; check: CheckId }[];
  cause: Statement;
  look?: Statement;
}

/**
 * `expired`, `not-yet-valid`: at least one credential of a role has this state. `valid`: at least one exists, and all
 * are valid. `stalled`: a renewal is overdue and was seen to fail. `refused`: a known revocation also matches the
 * successor. `other-ca`: a kubeconfig does not have the CA of the cluster.
 */
export type SignState = 'expired' | 'valid' | 'stalled' | 'refused' | 'not-yet-valid' | 'other-ca';
