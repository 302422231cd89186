import type { RevocationDraft } from '../../core/shared/renew-revocation/draft.ts';
import type { RevocationDocument } from '../../core/revocation/contract.ts';
import type {
  ClusterImpact,
  RevocationGoal,
  RevocationJudgement,
  RevocationStep,
} from '../../core/revocation/model/view.ts';
import { isUnreadable } from './edit/findings.ts';

export interface JudgedWork {
  judgement: RevocationJudgement;
  text: string;
}

export interface RevocationWork {
  /** Absent if no document is open. */
  readonly document: RevocationDocument | undefined;
  readonly text: string;
  /** Index of the object in the form. */
  readonly objectIndex: number;
  readonly goal: RevocationGoal | undefined;
  readonly step: RevocationStep;
  readonly kubeconfig: string | undefined;
  /** The judgement of the text or, while `isJudging` is true, of a slightly older one. */
  readonly judgement: RevocationJudgement | undefined;
  readonly isJudging: boolean;
  /**
   * The last judgement of text that could be parsed to its end, perhaps the latest. For display while the text is
   * broken, never for writing, sending or copying.
   */
  readonly readable: JudgedWork | undefined;
  /** Adds a proposal to the text: a new object if the text is empty, otherwise entries of the displayed object. */
  take(draft: RevocationDraft): Promise<boolean>;
  go(step: RevocationStep): void;
  /** Opens a step from a button inside the wizard, scrolled to its beginning. */
  move(step: RevocationStep): void;
}

/** Sorts clusters by the number of matched certificates, most first. */
export function sortByMatches(clusters: readonly ClusterImpact[]): ClusterImpact[] {
  return clusters.toSorted((one, other) => other.shares.total.matched - one.shares.total.matched);
}

/** Returns the judgement to show: for text that cannot be parsed, that of the last text that could. */
export function findShownJudgement({
  judgement,
  readable,
  text,
}: Pick<RevocationWork, 'judgement' | 'readable' | 'text'>): JudgedWork | undefined {
  if (judgement === undefined) return undefined;
  return isUnreadable(judgement) && readable !== undefined ? readable : { judgement, text };
}
