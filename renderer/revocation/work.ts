import type { RevocationDraft } from '../../core/shared/renew-revocation/draft.ts';
import type { RevocationDocument } from '../../core/revocation/contract.ts';
import type { RevocationGoal, RevocationJudgement, RevocationStep } from '../../core/revocation/model/view.ts';
import { isUnreadable } from './edit/findings.ts';

/** Text with its findings. */
export interface JudgedWork {
  judgement: RevocationJudgement;
  text: string;
}

/** The open document, as the steps of the wizard see and change it. */
export interface RevocationWork {
  /** Absent while no document is open. */
  readonly document: RevocationDocument | undefined;
  readonly text: string;
  /** The object shown in the form. */
  readonly objectIndex: number;
  readonly goal: RevocationGoal | undefined;
  readonly step: RevocationStep;
  readonly kubeconfig: string | undefined;
  /** The judgement of the text, or of a slightly older one; `isJudging` is then true. */
  readonly judgement: RevocationJudgement | undefined;
  readonly isJudging: boolean;
  /**
   * The last judgement of text that could be parsed to its end, possibly the latest judgement; absent if there is none.
   * Only for display while the text is broken, never for writing, sending or copying.
   */
  readonly readable: JudgedWork | undefined;
  /**
   * Adds a proposal to the text: as a new object if the text is empty, otherwise as entries of the displayed object.
   */
  take(draft: RevocationDraft): Promise<boolean>;
  go(step: RevocationStep): void;
  /** Opens a step from a button inside the wizard, so that it is read from its beginning. */
  move(step: RevocationStep): void;
}

/** Returns the judgement to show: while the latest text cannot be parsed, that of the last one that could. */
export function findShownJudgement({
  judgement,
  readable,
  text,
}: Pick<RevocationWork, 'judgement' | 'readable' | 'text'>): JudgedWork | undefined {
  if (judgement === undefined) return undefined;
  return isUnreadable(judgement) && readable !== undefined ? readable : { judgement, text };
}
