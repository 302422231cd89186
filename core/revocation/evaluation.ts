import type { JudgedFinding, RevocationJudgement } from './model/view.ts';
import type { RenewRevocation } from '../shared/renew-revocation/entry.ts';
import type { Impact } from './impact/impact.ts';

export interface Evaluation {
  text: string;
  judgement: RevocationJudgement;
  /** All of them, in text order; the judgement has no more than a screen can show. */
  findings: readonly JudgedFinding[];
  objects: readonly RenewRevocation[];
  impact: Impact;
}
