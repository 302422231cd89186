import type { SavedFile } from '../../core/shared/files/saved-file.ts';
import type { Result } from '../../core/shared/problem.ts';
import type { TargetFormat } from '../../core/shared/files/file-format.ts';
import type { FileTicket } from '../../core/shared/ticket.ts';
import { saveFile } from '../parts/window/save-file.ts';
import type { WindowServices } from '../parts/window/services.ts';

type Services = Pick<WindowServices, 'api' | 'notices'>;

export class PlanSaving<Format extends TargetFormat> {
  #services: Services;
  #name: string;
  current = $state<Format>();
  saved: Readonly<Partial<Record<TargetFormat, string>>> = $state.raw({});
  last = $state<string>();

  constructor(services: Services, name: string) {
    this.#services = services;
    this.#name = name;
  }

  /** Saves one file at a time; `write` writes to the chosen file. */
  async save(format: Format, write: (target: FileTicket) => Promise<Result<SavedFile>>): Promise<void> {
    if (this.current !== undefined) return;
    this.current = format;
    try {
      const wanted = { suggestedName: `${this.#name}.${format}`, format, said: 'action.saved' } as const;
      const name = await saveFile(this.#services, wanted, async (target) =>
        this.#services.notices.take(await write(target)),
      );
      if (name === undefined) return;
      this.saved = { ...this.saved, [format]: name };
      this.last = name;
    } finally {
      this.current = undefined;
    }
  }
}
