import type { ClusterId } from '../shared/ids.ts';
import type { PlanFormat } from './model/maintenance.ts';
import type { FileTicket } from '../shared/ticket.ts';

export interface PlanExportRequest {
  format: PlanFormat;
  /** Whose hosts it is for; a task needs it where the plan has several. */
  deployment?: ClusterId;
  /** As whom a task runs; absent: SYSTEM. */
  account?: string;
  target: FileTicket;
}
