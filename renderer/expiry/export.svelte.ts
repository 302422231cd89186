import type { ExportFormat } from '../../core/expiry/contract.ts';
import type { CredentialRequest } from '../../core/inventory/contract.ts';
import { instantFromMs } from '../../core/shared/instant.ts';
import type { FileTicket } from '../../core/shared/ticket.ts';
import type { WindowServices } from '../parts/window/services.ts';
import type { InventoryState } from '../inventory/inventory.svelte.ts';
import type { ExpiryBoard } from './expiry.svelte.ts';

interface Services extends Omit<WindowServices, 'text'> {
  board: ExpiryBoard;
  inventory: InventoryState;
}

/** The console states the length of a longer report before writing or printing it. */
const MANY_PAGES = 200;

interface LongReport {
  purpose: 'save' | 'print';
  clusters: number;
}

export class ExportState {
  #services: Services;
  asking = $state.raw<LongReport>();

  constructor(services: Services) {
    this.#services = services;
  }

  /** Saves the shown rows, or of them only these. */
  async save(format: ExportFormat, only?: readonly CredentialRequest[]): Promise<void> {
    const { api, notices, board } = this.#services;
    const target = await this.#chooseTarget('arcwarden', format);
    if (target === undefined) return;
    const { filter, sort, showsForeign: foreign } = board;
    const request = { format, filter, sort, foreign, target };
    const saved = await api.export.board({ ...request, ...(only !== undefined && { only: [...only] }) });
    if (!saved.ok) return notices.problem(saved.problem);
    const { name, rows, sha256 } = saved.value;
    notices.success([{ key: 'export.saved', values: { name, rows } }], { checksum: sha256 });
  }

  /** Saves the management report on all clusters; asks for confirmation if the report is long. */
  saveReport(): Promise<void> {
    return this.#report('save');
  }

  print(): Promise<void> {
    return this.#report('print');
  }

  confirm(): void {
    const { asking } = this;
    this.asking = undefined;
    if (asking !== undefined) void (asking.purpose === 'save' ? this.#saveReport() : this.#print());
  }

  cancel(): void {
    this.asking = undefined;
  }

  #report(purpose: LongReport['purpose']): Promise<void> {
    const { clusters } = this.#services.inventory;
    // Samples are left out of the report if there are real clusters.
    const reported = clusters.filter(({ sample }) => sample !== true).length || clusters.length;
    if (reported < MANY_PAGES) return purpose === 'save' ? this.#saveReport() : this.#print();
    this.asking = { purpose, clusters: reported };
    return Promise.resolve();
  }

  async #saveReport(): Promise<void> {
    const { api, notices } = this.#services;
    const target = await this.#chooseTarget('arcwarden-report', 'html');
    if (target === undefined) return;
    const saved = await api.export.report({ target });
    if (!saved.ok) return notices.problem(saved.problem);
    const { name, sha256 } = saved.value;
    notices.success([{ key: 'action.saved', values: { name } }], { checksum: sha256 });
  }

  async #print(): Promise<void> {
    const { api, notices, settings } = this.#services;
    await settings.save();
    const result = await api.export.print();
    if (!result.ok) notices.problem(result.problem);
    else if (result.value.printed) notices.success([{ key: 'export.printed' }]);
  }

  /** Returns `undefined` if the admin cancels the dialog. */
  async #chooseTarget(name: string, format: ExportFormat): Promise<FileTicket | undefined> {
    const { api, now, notices, settings } = this.#services;
    // The export must use the latest language and thresholds.
    await settings.save();
    const day = instantFromMs(now.current).slice(0, 'yyyy-mm-dd'.length);
    const suggestedName = `${name}-${day}.${format}`;
    const chosen = await api.application.chooseTarget({ suggestedName, format });
    if (chosen.ok) return chosen.value ?? undefined;
    notices.problem(chosen.problem);
    return undefined;
  }
}
