import type { SavedFile } from '../../core/shared/saved-file.ts';
import type { Result } from '../../core/shared/problem.ts';
import type { TargetFormat } from '../../core/shared/file-format.ts';
import type { FileTicket } from '../../core/shared/ticket.ts';
import type { WindowServices } from '../parts/window/services.ts';

type Services = Pick<WindowServices, 'api' | 'notices'>;

/** Files of a plan, each saved where the admin wants it. */
export class PlanSaving<Format extends TargetFormat> {
  #services: Services;
  #name: string;
  /** The format that is being written. */
  current: Format | undefined = $state();
  /** Names of the files that were written last. */
  saved: Readonly<Partial<Record<TargetFormat, string>>> = $state.raw({});
  /** The last of them. */
  last: string | undefined = $state();

  /** `name`: the suggested file name, without its extension. */
  constructor(services: Services, name: string) {
    this.#services = services;
    this.#name = name;
  }

  /** Saves one file at a time; `write` writes it to the target of the ticket. */
  async save(format: Format, write: (target: FileTicket) => Promise<Result<SavedFile>>): Promise<void> {
    const { api, notices } = this.#services;
    if (this.current !== undefined) return;
    this.current = format;
    try {
      const suggestedName = `${this.#name}.${format}`;
      const chosen = await api.application.chooseTarget({ suggestedName, format });
      if (!chosen.ok) return notices.problem(chosen.problem);
      const target = chosen.value;
      if (target === null) return;
      const result = await write(target);
      if (!result.ok) return notices.problem(result.problem);
      const { name, sha256 } = result.value;
      this.saved = { ...this.saved, [format]: name };
      this.last = name;
      notices.done([{ key: 'steps.saved', values: { name } }], { checksum: sha256 });
    } finally {
      this.current = undefined;
    }
  }
}
