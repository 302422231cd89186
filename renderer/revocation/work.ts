import type { RevocationDraft } from '../../core/shared/renew-revocation/draft.ts';
import type { RevocationDocument } from '../../core/revocation/contract.ts';
import type { RevocationGoal, RevocationJudgement, RevocationStep } from '../../core/revocation/model/view.ts';
import { isUnreadable } from './edit/findings.ts';

/** A text with its findings. */
export interface JudgedWork {
  judgement: RevocationJudgement;
  text: string;
}

/** The open document, as the steps of the wizard see and change it. */
export interface RevocationWork {
  /** Absent while none is open. */
  readonly document: RevocationDocument | undefined;
  readonly text: string;
  /** The object shown in the form. */
  readonly objectIndex: number;
  readonly goal: RevocationGoal | undefined;
  readonly step: RevocationStep;
  readonly kubeconfig: string | undefined;
  /** The judgement of a text that may be slightly out of date; `isJudging` is then true. */
  readonly judgement: RevocationJudgement | undefined;
  readonly isJudging: boolean;
  /**
   * The last judgement of a text that could be parsed to its end, possibly the latest one; absent if there was none.
   * Only for display while the text is broken, never for writing, sending or copying.
   */
  readonly readable: JudgedWork | undefined;
  /** Puts a proposal into the text: a new object in an empty text, otherwise entries of the shown object. */
  take(draft: RevocationDraft): Promise<boolean>;
  go(step: RevocationStep): void;
  /** Opens a step by a button inside the wizard, so that it is read from its beginning. */
  move(step: RevocationStep): void;
}

/** Returns the judgement to show: that of the last parsable text while the latest cannot be parsed. */
export function findShownJudgement({
  judgement,
  readable,
  text,
}: Pick<RevocationWork, 'judgement' | 'readable' | 'text'>): JudgedWork | undefined {
  if (judgement === undefined) return undefined;
  return isUnreadable(judgement) && readable !== undefined ? readable : { judgement, text };
}
