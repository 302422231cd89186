import type { Problem } from '../../core/shared/problem.ts';
import type { EvidenceText } from '../../core/repair/model/planning.ts';
import type { FileTicket } from '../../core/shared/ticket.ts';
import type { Api } from '../parts/window/api.ts';

export interface OpenedFile extends EvidenceText {
  id: number;
  lines: number;
}

/** Logs and command output from files, without secrets: main has removed them. */
export class RepairFiles {
  #api: Api;
  #next = 1;
  #asked = 0;
  list: OpenedFile[] = $state.raw([]);
  problem = $state.raw<Problem>();

  readonly texts = $derived(this.list.map(({ text }) => text));

  constructor(api: Api) {
    this.#api = api;
  }

  async choose(take?: (text: EvidenceText) => void): Promise<void> {
    const chosen = await this.#api.application.chooseSources({ kind: 'evidence' });
    if (chosen.ok) await this.read(chosen.value, take);
    else this.problem = chosen.problem;
  }

  /** Adds each file to the list or passes it to `take`; a file that cannot be read does not affect the others. */
  async read(tickets: readonly FileTicket[], take = this.#add): Promise<void> {
    const asked = this.#asked;
    if (tickets.length > 0) this.problem = undefined;
    for (const source of tickets) {
      const result = await this.#api.repair.readEvidence({ source });
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
