import type { JudgedFinding, RevocationJudgement } from './model/view.ts';
import type { RenewRevocation } from '../shared/renew-revocation/entry.ts';
import type { Impact } from './impact/impact.ts';

export interface Evaluation {
  text: string;
  judgement: RevocationJudgement;
  /** All findings in text order; the judgement contains only as many as a screen can show. */
  findings: readonly JudgedFinding[];
  objects: readonly RenewRevocation[];
  impact: Impact;
}
