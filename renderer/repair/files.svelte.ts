import type { Problem } from '../../core/shared/problem.ts';
import type { EvidenceText } from '../../core/repair/model/planning.ts';
import type { FileTicket } from '../../core/shared/ticket.ts';
import type { Api } from '../api.ts';

/** A file that was opened as evidence. */
export interface OpenedFile extends EvidenceText {
  /** Unique in the list: two files may have one name. */
  id: number;
  lines: number;
}

/** Logs and outputs that were opened from files. Main has taken out what is secret. */
export class RepairFiles {
  #api: Api;
  #next = 1;
  #asked = 0;
  list: OpenedFile[] = $state.raw([]);
  /** Of the last file that could not be read. */
  problem: Problem | undefined = $state.raw();

  readonly texts: string[] = $derived.by(() => this.list.map(({ text }) => text));

  constructor(api: Api) {
    this.#api = api;
  }

  /** Asks for a file and reads it. */
  async choose(take?: (text: EvidenceText) => void): Promise<void> {
    const chosen = await this.#api.application.chooseSources({ kind: 'one-file' });
    if (chosen.ok) await this.read(chosen.value, take);
    else this.problem = chosen.problem;
  }

  /** Each is added to the list, or goes to whoever takes it; one that cannot be read hides no other. */
  async read(tickets: readonly FileTicket[], take = this.#add): Promise<void> {
    const asked = this.#asked;
    if (tickets.length > 0) this.problem = undefined;
    for (const source of tickets) {
      const result = await this.#api.repair.readEvidence({ source });
      // Somebody has begun anew meanwhile.
      if (asked !== this.#asked) return;
      if (result.ok) take(result.value);
      else this.problem = result.problem;
    }
  }

  remove(id: number): void {
    this.list = this.list.filter((file) => file.id !== id);
  }

  reset(): void {
    this.#asked += 1;
    this.list = [];
    this.problem = undefined;
  }

  readonly #add = (file: EvidenceText): void => {
    const lines = file.text.trim().split('\n').length;
    this.list = [...this.list, { ...file, id: this.#next++, lines }];
  };
}
