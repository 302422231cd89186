import type { ClusterId } from '../../core/shared/ids.ts';
import type { PreflightCheck } from '../../core/update/model/preflight.ts';
import type { UpdateAge } from '../../core/availability/model/update-age.ts';
import type { CitedSentence } from '../plan/plan-view.ts';
import type { CheckInput } from './texts.ts';


export interface AgeView extends UpdateAge {
  days: number;
}

export interface TargetView {
  /** Absent if only an output names it. */
  id?: ClusterId;
  name: string;
  isChosen: boolean;
  /** Typed in; neither inventory nor outputs have it. */
  isNamed: boolean;
  /** From an output. */
  read?: string;
  typed: string;
  isTypedFaulty: boolean;
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
  /** An output says that nothing newer is available. */
  isNewest: boolean;
  age?: AgeView;
}

export interface PreflightCheckView {
  key: string;
  state: PreflightCheck['state'];
  /** Checked by the admin, without any output. */
  isLookedAt: boolean;
  title: string;
  why: CitedSentence;
  but?: CitedSentence;
  command: string;
  expected: CitedSentence;
  input: CheckInput;
  pasted: string;
  placeId?: ClusterId;
}

export interface PastedQuestion {
  key: string;
  said: CitedSentence;
  command: string;
  pasted: string;
}
