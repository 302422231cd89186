import type { RevocationDraft } from '../../core/shared/renew-revocation/draft.ts';
import type {
  DraftChange,
  RevocationDocument,
  RevocationGoal,
  RevocationJudgement,
  RevocationStep,
} from '../../core/revocation/model/view.ts';
import { isUnreadable } from './edit/findings.ts';

/** A text with what was found in it. */
export interface JudgedWork {
  judgement: RevocationJudgement;
  text: string;
}

/** The document that is open, as the steps of the wizard see it and change it. */
export interface RevocationWork {
  /** Absent while none is open. */
  readonly document: RevocationDocument | undefined;
  readonly text: string;
  /** Which of its objects the form shows. */
  readonly objectIndex: number;
  readonly goal: RevocationGoal | undefined;
  readonly step: RevocationStep;
  readonly kubeconfig: string | undefined;
  /** Of a text that may be a moment old; `judging` is true meanwhile. */
  readonly judgement: RevocationJudgement | undefined;
  readonly judging: boolean;
  /**
   * The last judgement of a text that could be read to its end, the latest one included; absent where there was none. For
   * reading on while the text is broken, never for what is written, sent or copied.
   */
  readonly readable: JudgedWork | undefined;
  /** False when the text is laid out so that it could not be done; that has been told then. One step of undo. Of the object that is shown unless `of` says otherwise. */
  change(change: DraftChange, of?: { objectIndex?: number }): Promise<boolean>;
  /** Puts what was proposed into the text: a new object in an empty text, else entries of the object that is shown. */
  take(draft: RevocationDraft): Promise<boolean>;
  /** Of typing: steps of undo are whole words. */
  type(text: string): void;
  undo(): void;
  redo(): void;
  readonly canUndo: boolean;
  readonly canRedo: boolean;
  choose(goal: RevocationGoal): void;
  go(step: RevocationStep): void;
  useKubeconfig(path: string | undefined): void;
}

/** What is told of a text that is being written: of the last one that could be read while the latest one cannot. */
export function shownOf({
  judgement,
  readable,
  text,
}: Pick<RevocationWork, 'judgement' | 'readable' | 'text'>): JudgedWork | undefined {
  if (judgement === undefined) return undefined;
  return isUnreadable(judgement) && readable !== undefined ? readable : { judgement, text };
}
