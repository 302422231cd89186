import type { RevocationJudgement } from './model/view.ts';
import type { RenewRevocation } from '../shared/renew-revocation/entry.ts';
import type { Impact } from './impact/impact.ts';
import type { PlacedFinding } from './lint-text.ts';

/** A text with all that is told of it, and with what that was made of. */
export interface JudgedText {
  text: string;
  judgement: RevocationJudgement;
  /** Every finding, in the order of the text; the judgement has only as many as a screen can show. */
  findings: readonly PlacedFinding[];
  /** What is written, object by object; complete where the text is sound. */
  objects: readonly RenewRevocation[];
  impact: Impact;
}
