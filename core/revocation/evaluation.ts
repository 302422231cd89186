import type { JudgedFinding, RevocationJudgement } from './model/view.ts';
import type { RenewRevocation } from '../shared/renew-revocation/entry.ts';
import type { Impact } from './impact/impact.ts';

/** Text with its judgement, and the data behind it. */
export interface Evaluation {
  text: string;
  judgement: RevocationJudgement;
  /** All findings, in text order; the judgement is limited to what a screen can show. */
  findings: readonly JudgedFinding[];
  /** The objects of the text; complete if the text is valid. */
  objects: readonly RenewRevocation[];
  impact: Impact;
}
