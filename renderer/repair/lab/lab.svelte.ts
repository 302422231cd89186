import type { KnownLab, PresentLab } from '../../../core/lab/contract.ts';
import {
  ETCD_CLIENT_ISSUERS,
  FASTEST_PACE,
  LAB_OUTAGES,
  type EtcdClientIssuer,
  type LabOutage,
  type LabStatus,
} from '../../../core/lab/model/lab.ts';
import type { Result } from '../../../core/shared/problem.ts';
import type { FileTicket } from '../../../core/shared/ticket.ts';
import type { InventoryState } from '../../inventory/inventory.svelte.ts';
import type { Api } from '../../parts/window/api.ts';
import type { NoticesState } from '../../parts/window/notices.svelte.ts';

const REFRESH_MS = 5_000;

export type LabWork = 'create' | 'start' | 'stop' | 'switchOff' | 'switchOn' | 'remove' | 'import';

interface Services {
  api: Api;
  notices: NoticesState;
  inventory: InventoryState;
}

export class LabState {
  readonly #services: Services;
  /** Counts changes: a list that was read before one of them is out of date. */
  #changes = 0;
  #reading = false;
  /** Absent before the first answer. */
  labs: readonly KnownLab[] | undefined = $state.raw();
  #chosen = $state<string>();
  /** Whether the admin wants another lab. */
  isMaking = $state(false);
  isAskingToRemove = $state(false);

  readonly outages = [...LAB_OUTAGES, 'none'] as const;
  readonly issuers = ETCD_CLIENT_ISSUERS;
  readonly fastestPace = FASTEST_PACE;
  outage = $state<LabOutage | 'none'>('off-5-days');
  pace = $state('1');
  etcdClientIssuer = $state<EtcdClientIssuer>('etcd-ca');

  working = $state.raw<{ work: LabWork; machine?: string }>();
  making = $state.raw<{ made: number; total: number }>();
  log = $state.raw<{ machine: string; text: string }>();

  readonly isPaceWrong = $derived(!isPace(this.pace.trim()));
  readonly shown = $derived(this.labs?.find(({ id }) => id === this.#chosen) ?? this.labs?.[0]);
  readonly isFormShown = $derived(this.labs !== undefined && (this.isMaking || this.shown === undefined));

  constructor(services: Services) {
    this.#services = services;
    services.api.on.lab.making((making) => (this.making = making));
  }

  /** Reads the labs now and every few seconds. Returns a function that stops it. */
  watch(): () => void {
    void this.read();
    const timer = setInterval(() => void this.read(), REFRESH_MS);
    return () => clearInterval(timer);
  }

  async read(): Promise<void> {
    if (this.#reading) return;
    this.#reading = true;
    const changes = this.#changes;
    const result = await this.#services.api.lab.list();
    this.#reading = false;
    if (result.ok && changes === this.#changes) this.labs = result.value;
    if (!result.ok && this.labs === undefined) {
      this.labs = [];
      this.#services.notices.problem(result.problem);
    }
  }

  choose(id: string): void {
    this.#chosen = id;
    this.isMaking = false;
    this.log = undefined;
  }

  async createAndStart(): Promise<void> {
    if (this.isPaceWrong || this.working !== undefined) return;
    const source = await this.#chooseFolder();
    if (source === undefined) return;
    const { outage, etcdClientIssuer } = this;
    const request = { source, pace: Number(this.pace), etcdClientIssuer, ...(outage !== 'none' && { outage }) };
    const made = await this.#change('create', () => this.#services.api.lab.create(request));
    this.making = undefined;
    if (made === undefined) return;
    this.labs = [made, ...(this.labs ?? []).filter(({ id }) => id !== made.id)];
    this.choose(made.id);
    await this.start(made);
  }

  async openExisting(): Promise<void> {
    const source = await this.#chooseFolder();
    if (source === undefined) return;
    const labs = this.#services.notices.take(await this.#services.api.lab.open({ source }));
    this.#takeList(labs);
    if (labs?.[0] !== undefined) this.choose(labs[0].id);
  }

  start(lab: PresentLab): Promise<void> {
    return this.#operate(lab, 'start', () => this.#services.api.lab.start({ lab: lab.id }));
  }

  stop(lab: PresentLab): Promise<void> {
    return this.#operate(lab, 'stop', () => this.#services.api.lab.stop({ lab: lab.id }));
  }

  /** Switches a machine off or on. */
  turn(lab: PresentLab, machine: string, work: 'switchOff' | 'switchOn'): Promise<void> {
    return this.#operate(lab, work, () => this.#services.api.lab[work]({ lab: lab.id, machine }), machine);
  }

  async remove({ id }: KnownLab): Promise<void> {
    this.isAskingToRemove = false;
    this.#takeList(await this.#change('remove', () => this.#services.api.lab.remove({ lab: id })));
  }

  async forget({ id }: KnownLab): Promise<void> {
    this.#takeList(this.#services.notices.take(await this.#services.api.lab.forget({ lab: id })));
  }

  async import({ id }: KnownLab): Promise<void> {
    if (this.working !== undefined) return;
    this.working = { work: 'import' };
    await this.#services.inventory.runImport(() => this.#services.api.lab.import({ lab: id }));
    this.working = undefined;
  }

  async showFolder({ id }: KnownLab): Promise<void> {
    this.#services.notices.take(await this.#services.api.lab.showFolder({ lab: id }));
  }

  /** Shows the last lines of a machine's log, or hides them if they are shown. */
  async toggleLog({ id }: KnownLab, machine: string): Promise<void> {
    if (this.log?.machine === machine) {
      this.log = undefined;
      return;
    }
    const read = this.#services.notices.take(await this.#services.api.lab.readLog({ lab: id, machine }));
    if (read !== undefined) this.log = { machine, text: read.text.trim() };
  }

  async #chooseFolder(): Promise<FileTicket | undefined> {
    const { api, notices } = this.#services;
    return notices.take(await api.application.chooseSources({ kind: 'lab' }))?.[0];
  }

  #takeList(labs: readonly KnownLab[] | undefined): void {
    if (labs === undefined) return;
    this.#changes += 1;
    this.labs = labs;
    this.log = undefined;
  }

  async #operate(
    lab: PresentLab,
    work: LabWork,
    call: () => Promise<Result<LabStatus>>,
    machine?: string,
  ): Promise<void> {
    const status = await this.#change(work, call, machine);
    // A machine that fails to start does not undo the start of the others.
    if (status === undefined) return this.read();
    this.labs = this.labs?.map((each) => (each.id === lab.id ? { ...lab, status } : each));
  }

  /** Does one change at a time. */
  async #change<T>(work: LabWork, call: () => Promise<Result<T>>, machine?: string): Promise<T | undefined> {
    if (this.working !== undefined) return undefined;
    this.working = { work, ...(machine !== undefined && { machine }) };
    const result = await call();
    this.#changes += 1;
    this.working = undefined;
    return this.#services.notices.take(result);
  }
}

function isPace(text: string): boolean {
  return /^\d{1,4}$/u.test(text) && Number(text) >= 1 && Number(text) <= FASTEST_PACE;
}
