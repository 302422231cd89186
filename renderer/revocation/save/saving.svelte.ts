import type { RevocationDocument, UnderstoodRevocation } from '../../../core/revocation/contract.ts';
import type { ClusterId } from '../../../core/shared/ids.ts';
import type { Problem } from '../../../core/shared/problem.ts';
import { isUnderstood, type DryRun } from '../../../core/revocation/model/view.ts';
import type { FileTicket } from '../../../core/shared/ticket.ts';
import { saveFile } from '../../parts/window/save-file.ts';
import type { WindowServices } from '../../parts/window/services.ts';
import type { RevocationDialog } from '../dialog.ts';
import { sortByMatches, type RevocationWork } from '../work.ts';

interface Services extends Pick<WindowServices, 'api' | 'notices'> {
  work: RevocationWork & {
    dialog: RevocationDialog | undefined;
    look: () => Promise<void>;
    leave: () => Promise<void>;
    settle: () => Promise<void>;
    replaceDocument: (document: RevocationDocument) => void;
  };
}

/** Saves, sends or copies a manifest once its consequences are confirmed. */
export class RevocationSaving {
  #services: Services;
  understood = $state('');
  busy = $state(false);
  /** The dry run by the last `send`; absent if that failed. */
  dryRun = $state.raw<DryRun>();
  problem = $state.raw<Problem>();

  readonly isUnderstood = $derived.by(() => {
    const guard = this.#services.work.judgement?.guard;
    return guard !== undefined && isUnderstood(guard, this.understood);
  });
  readonly ready = $derived.by(
    () => !this.busy && this.#services.work.judgement?.isSound === true && this.isUnderstood,
  );

  /** The cluster with the most matches, because its dry run is the most informative. */
  readonly mostHit = $derived.by(() => {
    const clusters = this.#services.work.judgement?.impact.clusters ?? [];
    return sortByMatches(clusters)[0]?.clusterId;
  });

  constructor(services: Services) {
    this.#services = services;
  }

  /** Clears the state for a new document, for which nothing is confirmed. */
  begin(): void {
    this.understood = '';
    this.dryRun = undefined;
    this.problem = undefined;
  }

  /** Saves immediately if everything is confirmed; otherwise opens the step that shows what is missing. */
  async saveOrShow(): Promise<void> {
    const { work } = this.#services;
    await work.leave();
    await work.settle();
    if (this.ready) return this.save();
    work.go('save');
  }

  async save(): Promise<void> {
    if (this.#services.work.document?.file === undefined) return this.saveAs();
    await this.#run(() => this.#write({}));
  }

  async saveAs(): Promise<void> {
    await this.#run(async () => {
      const { api, notices } = this.#services;
      const file = { suggestedName: `${this.#name}.yaml`, format: 'yaml' } as const;
      const target = notices.take(await api.application.chooseTarget(file)) ?? undefined;
      if (target !== undefined) await this.#write({ target });
    });
  }

  async overwrite(): Promise<void> {
    this.#services.work.dialog = undefined;
    await this.#run(() => this.#write({ overwrite: true }));
  }

  async copy(): Promise<void> {
    const { api, notices } = this.#services;
    await this.#run(async (request) => {
      if (notices.take(await api.revocation.copy(request)) !== undefined)
        notices.success([{ key: 'revocation.save.copied' }]);
    });
  }

  async exportBundle(): Promise<void> {
    const { api, notices } = this.#services;
    await this.#run(async (request) => {
      const suggestedName = `${this.#name}-bundle.zip`;
      const file = { suggestedName, format: 'zip', said: 'action.saved' } as const;
      await saveFile(this.#services, file, async (target) =>
        notices.take(await api.revocation.exportBundle({ ...request, target })),
      );
    });
  }

  async send(clusterId: ClusterId): Promise<void> {
    await this.#run(async (request) => {
      const result = await this.#services.api.revocation.send({ ...request, clusterId });
      this.problem = result.ok ? undefined : result.problem;
      this.dryRun = result.ok ? result.value : undefined;
    });
  }

  async #write(how: { target?: FileTicket; overwrite?: true }): Promise<void> {
    const { api, notices, work } = this.#services;
    const request = this.#request();
    if (request === undefined) return;
    const result = await api.revocation.save({ ...request, ...how });
    if (!result.ok) {
      if (result.problem.code === 'revocation.file-changed') {
        work.dialog = { kind: 'overwrite' };
        void work.look();
      } else notices.problem(result.problem);
      return;
    }
    work.replaceDocument(result.value);
    const { file } = result.value;
    if (file === undefined) return;
    // The commands name the file.
    await work.settle();
    notices.success([{ key: 'revocation.save.saved', values: { name: file.name } }], { checksum: file.sha256 });
  }

  get #name(): string {
    const { judgement, objectIndex } = this.#services.work;
    return judgement?.objects[objectIndex]?.draft.name || 'revocation';
  }

  #request(): UnderstoodRevocation | undefined {
    const { document, text, judgement } = this.#services.work;
    if (document === undefined) return undefined;
    return { documentId: document.id, text, understood: this.isUnderstood ? judgement?.guard.phrase : undefined };
  }

  /** Runs one operation at a time, on text that includes the latest input. */
  async #run(work: (request: UnderstoodRevocation) => Promise<void>): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    await this.#services.work.leave();
    const request = this.#request();
    if (request !== undefined) await work(request);
    this.busy = false;
  }
}
