import { listAsked } from '../../core/authorities/text/review-facts.ts';
import type { CredentialDetails, Examination } from '../../core/inventory/contract.ts';
import { expiryState, type ExpiryState } from '../../core/knowledge/model/credentials/expiry-state.ts';
import type { FileTicket } from '../../core/shared/ticket.ts';
import type { Fact } from '../parts/fact.ts';
import { lifetimeLine } from '../parts/lifetime-moments.ts';
import type { NoticeText } from '../parts/window/notices.svelte.ts';
import type { WindowServices } from '../parts/window/services.ts';

/** Files that an admin reads without importing them. */
export class ExamineState {
  #services: WindowServices;
  found = $state.raw<Examination>();
  isReading = $state(false);
  isPassphraseWrong = $state(false);

  constructor(services: WindowServices) {
    this.#services = services;
  }

  async choose(): Promise<void> {
    const { api, notices } = this.#services;
    const tickets = notices.take(await api.application.chooseSources({ kind: 'examine' })) ?? [];
    if (tickets.length > 0) this.found = await this.#read(tickets);
  }

  /** Reads the locked files again; sends the passphrase to main once. */
  async open(passphrase: string): Promise<void> {
    const { found } = this;
    if (found === undefined || this.isReading) return;
    const tickets = found.locked.flatMap(({ ticket }) => ticket ?? []);
    const opened = await this.#read(tickets, passphrase);
    if (opened === undefined || this.found !== found) return;
    this.isPassphraseWrong = opened.locked.length === found.locked.length;
    const wereLocked = new Set(found.locked.map(({ path }) => path));
    this.found = {
      ...opened,
      credentials: [...found.credentials, ...opened.credentials],
      count: found.count + opened.count,
      findings: [...found.findings.filter(({ place }) => !wereLocked.has(place.path ?? '')), ...opened.findings],
      filesWithoutCredentials: found.filesWithoutCredentials,
      decisions: [...found.decisions, ...opened.decisions],
      requests: [...found.requests, ...opened.requests],
    };
  }

  judge({ row }: CredentialDetails): { state: ExpiryState; line: NoticeText } {
    const { settings, now, text } = this.#services;
    const period = { notBeforeMs: row.notBeforeMs, notAfterMs: row.notAfterMs };
    return {
      state: expiryState(period, settings.classes[row.lifetimeClass], now.current),
      line: lifetimeLine(row, now.current, text.format),
    };
  }

  listAsked(request: Examination['requests'][number]): Fact[] {
    const facts = listAsked(request).filter(({ values }) => values.length > 0);
    return facts.map(({ name, values }) => ({ name: this.#services.text.t(name), values }));
  }

  close(): void {
    this.found = undefined;
    this.isPassphraseWrong = false;
  }

  async #read(tickets: FileTicket[], passphrase?: string): Promise<Examination | undefined> {
    const { api, notices } = this.#services;
    this.isReading = true;
    const read = notices.take(await api.inventory.examineFiles({ tickets, passphrase }));
    this.isReading = false;
    return read;
  }
}
