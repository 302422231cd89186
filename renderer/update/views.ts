import type { ClusterId } from '../../core/shared/ids.ts';
import type { PreflightCheck } from '../../core/update/model/preflight.ts';
import type { UpdateAge } from '../../core/availability/model/update-age.ts';
import type { CitedSentence } from '../plan/plan-view.ts';
import type { CheckInput } from './texts.ts';

/* The views of places, checks and questions in the update wizard. */

export interface AgeView extends UpdateAge {
  days: number;
}

/** A workload cluster that can be chosen. */
export interface TargetView {
  /** Absent for one that only an output names. */
  id?: ClusterId;
  name: string;
  isChosen: boolean;
  /** Neither the inventory nor an output contains it: its name was typed in. */
  isNamed: boolean;
  /** As reported by an output. */
  read?: string;
  typed: string;
  isTypedFaulty: boolean;
  /** Newest version available. */
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
  /** It was read that no newer version is available. */
  isNewest: boolean;
  age?: AgeView;
}

export interface PreflightCheckView {
  key: string;
  state: PreflightCheck['state'];
  /** Checked by the admin, where no output can show it. */
  isLookedAt: boolean;
  title: string;
  why: CitedSentence;
  but?: CitedSentence;
  command: string;
  expected: CitedSentence;
  input: CheckInput;
  pasted: string;
  /** ID of the place it belongs to. */
  placeId?: ClusterId;
}

export interface PastedQuestion {
  key: string;
  said: CitedSentence;
  command: string;
  pasted: string;
}
