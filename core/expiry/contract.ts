import type { BoardFilter, BoardSort } from './model/board.ts';
import type { FileTicket } from '../shared/ticket.ts';
import type { SavedFile } from '../shared/saved-file.ts';
import type { Result } from '../shared/problem.ts';
import type { PlanExportRequest } from '../maintenance/contract.ts';
import type { ForecastQuestion } from '../forecast/contract.ts';
import type { CredentialRequest } from '../inventory/contract.ts';
import type { ChannelId } from '../notifications/model/channel.ts';
import type { CredentialId } from '../shared/ids.ts';
import type { Forecast } from '../forecast/model/forecast.ts';
import type { Instant } from '../shared/instant.ts';
import type { MaintenancePlan } from '../maintenance/model/maintenance.ts';
import type { MarkKind } from '../notifications/model/silence.ts';
import type { ChannelDraft, WatchView } from '../notifications/model/notification-view.ts';

export interface ExportApi {
  /** Writes the filtered board to the file behind `target`. */
  board(request: BoardExportRequest): Promise<Result<SavedExport>>;
  /** Writes the report for management: the whole fleet, then one printed page a cluster, as one HTML file. */
  report(request: { target: FileTicket }): Promise<Result<SavedFile>>;
  /** The same through the system's print dialog; `printed` is false when the admin cancelled. */
  print(): Promise<Result<{ printed: boolean }>>;
}

export type ExportFormat = 'csv' | 'json' | 'html';

export const EXPORT_FORMATS = ['csv', 'json', 'html'] as const satisfies readonly ExportFormat[];

export interface BoardExportRequest {
  format: ExportFormat;
  filter: BoardFilter;
  sort: BoardSort;
  target: FileTicket;
}

export interface SavedExport {
  /** Name of the file without its folder. */
  name: string;
  rows: number;
  bytes: number;
  sha256: string;
}

/** Being told: channels, what was told, and of what nothing is told. Secrets come in and never go out. */
export interface ExpiryApi {
  /** What becomes of the inventory under a scenario. Long work, in slices; kept for the minute. */
  forecast(question: ForecastQuestion): Promise<Result<Forecast>>;
  watch(): Promise<Result<WatchView>>;
  /** A secret that is entered needs a system that keeps it: `keepsSecrets`. */
  saveChannel(draft: ChannelDraft): Promise<Result<WatchView>>;
  /** With what waits for it. */
  removeChannel(request: { channelId: ChannelId }): Promise<Result<WatchView>>;
  /** Sends a test at once; its failure is the problem. */
  testChannel(request: { channelId: ChannelId }): Promise<Result<WatchView>>;
  /** Reads all known files again, judges and tells. */
  checkNow(): Promise<Result<WatchView>>;
  /** Snoozes or acknowledges a credential, in place of a mark that it has. */
  mark(request: CredentialRequest & { kind: MarkKind; reason: string; until: Instant }): Promise<Result<WatchView>>;
  unmark(request: { credentialId: CredentialId }): Promise<Result<WatchView>>;
  /** Maintenance windows by the rules in the settings, computed now. `plan.rules-invalid`. */
  plan(): Promise<Result<MaintenancePlan>>;
  /** The same plan, written to the file behind `target`. */
  exportPlan(request: PlanExportRequest): Promise<Result<SavedFile>>;
}

export interface ExpiryEvents {
  watchChanged: WatchView;
  /** Somebody clicked a message of the system or an item of the icon's menu. */
  opened: CredentialRequest;
}
