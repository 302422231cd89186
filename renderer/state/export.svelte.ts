import type { ExportFormat } from '../../core/contract.ts';
import { instantFromMs } from '../../core/domain/instant.ts';
import type { Api } from '../api.ts';
import type { ExpiryBoard } from './expiry.svelte.ts';
import type { NoticesState } from './notices.svelte.ts';
import type { NowState } from './now.svelte.ts';

interface Services {
  api: Api;
  now: NowState;
  notices: NoticesState;
  board: ExpiryBoard;
}

/** Writes the board, filtered and sorted as it is, to a file of the admin's choice. */
export class ExportState {
  #services: Services;

  constructor(services: Services) {
    this.#services = services;
  }

  async save(format: ExportFormat): Promise<void> {
    const { api, now, notices, board } = this.#services;
    const day = instantFromMs(now.current).slice(0, 'yyyy-mm-dd'.length);
    const suggestedName = `arcwarden-${day}.${format}`;
    const chosen = await api.application.chooseTarget({ suggestedName, format });
    if (!chosen.ok) {
      notices.problem(chosen.problem);
      return;
    }
    if (chosen.value === null) return;
    const { filter, sort } = board;
    const saved = await api.export.board({ format, filter, sort, target: chosen.value });
    if (!saved.ok) {
      notices.problem(saved.problem);
      return;
    }
    const { name, rows, sha256 } = saved.value;
    notices.done([{ key: 'export.saved', values: { name, rows } }], { checksum: sha256 });
  }
}
