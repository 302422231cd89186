import type { RevocationJudgement } from './model/view.ts';
import type { RenewRevocation } from '../shared/renew-revocation/entry.ts';
import type { Impact } from './impact/impact.ts';

/** A text with all that is told of it, and with what that was made of. */
export interface JudgedText {
  text: string;
  judgement: RevocationJudgement;
  /** What is written, object by object; complete where the text is sound. */
  objects: readonly RenewRevocation[];
  impact: Impact;
}
