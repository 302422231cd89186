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
  readonly document: RevocationDocument | undefined;
  readonly text: string;
  readonly objectIndex: number;
  readonly goal: RevocationGoal | undefined;
  readonly step: RevocationStep;
  readonly kubeconfig: string | undefined;
  /** The judgement of the text; while `isJudging` is true, of an older text. */
  readonly judgement: RevocationJudgement | undefined;
  readonly isJudging: boolean;
  /**
   * The latest judgement of text that could be parsed completely. For display while the text cannot be parsed, never
   * for writing, sending or copying.
   */
  readonly readable: JudgedWork | undefined;
  /** Opens a new document; returns whether it could be created. */
  create(goal: RevocationGoal): Promise<boolean>;
  /** Adds proposed entries to the displayed object; if the text is empty, adds a new object. */
  take(draft: RevocationDraft): Promise<boolean>;
  go(step: RevocationStep): void;
  /** Opens a step from a button inside the wizard, scrolled to its beginning. */
  move(step: RevocationStep): void;
}

/** Sorts clusters by number of matched certificates, largest first. */
export function sortByMatches(clusters: readonly ClusterImpact[]): ClusterImpact[] {
  return clusters.toSorted((one, other) => other.shares.total.matched - one.shares.total.matched);
}

/** Returns the judgement to display: if the text cannot be parsed, that of the last text that could. */
export function findShownJudgement({
  judgement,
  readable,
  text,
}: Pick<RevocationWork, 'judgement' | 'readable' | 'text'>): JudgedWork | undefined {
  if (judgement === undefined) return undefined;
  return isUnreadable(judgement) && readable !== undefined ? readable : { judgement, text };
}
