import type { ClusterId } from '../../core/shared/ids.ts';
import type { PreflightCheck } from '../../core/update/model/preflight.ts';
import type { UpdateAge } from '../../core/power-off/model/update-age.ts';
import type { Said } from '../plan/plan-view.ts';
import type { CheckInput } from './texts.ts';

/*
 * What the update wizard shows of places, checks and questions.
 */

export interface AgeView extends UpdateAge {
  days: number;
}

/** A workload cluster to choose. */
export interface TargetView {
  /** Absent for one that only an output names. */
  id?: ClusterId;
  name: string;
  isChosen: boolean;
  /** Neither the inventory nor an output has it: somebody typed its name. */
  isNamed: boolean;
  /** As an output tells it. */
  read?: string;
  typed: string;
  isTypedFaulty: boolean;
  /** Newest on offer. */
  newest?: string;
  wanted: string;
  isWantedFaulty: boolean;
  age?: AgeView;
}

export interface HostView {
  id?: ClusterId;
  name?: string;
  read?: string;
  typed: string;
  isTypedFaulty: boolean;
  newest?: string;
  /** It was read that nothing is on offer. */
  isNewest: boolean;
  age?: AgeView;
}

export interface CheckView {
  key: string;
  state: PreflightCheck['state'];
  /** Of the admin, where nothing that is read can tell. */
  isLookedAt: boolean;
  title: string;
  why: Said;
  but?: Said;
  command: string;
  expected: Said;
  input: CheckInput;
  pasted: string;
  /** Of whom it is, as an id. */
  placeId?: ClusterId;
}

export interface QuestionView {
  key: string;
  said: Said;
  command: string;
  pasted: string;
}
