import {
  AD_SSO,
  KUBEADM,
  KUBEADM_GROUPS,
  OVERVIEW_RENEWAL,
  OVERVIEW_REVOCATION,
  citeText,
} from '../../../core/knowledge/model/sources/sources.ts';
import { ROW_GROUP, ROW_KUBECONFIG } from '../../../core/knowledge/model/sources/sources-revocation.ts';
import type { Statement } from '../../../core/shared/citation.ts';
import { instantFromMs, epochMs, SECOND_MS } from '../../../core/shared/instant.ts';
import { FIELD_OF_KIND, type ConsequenceId } from '../../../core/shared/renew-revocation/draft.ts';
import { WIDE_GROUPS } from '../../../core/revocation/model/lint-entry.ts';
import { rowKey } from '../../../core/inventory/model/board-row.ts';
import type { RevocationChoice } from '../../../core/revocation/contract.ts';
import type {
  CandidateGroup,
  CandidateNode,
  CandidateRow,
  RevocationCandidates,
  RevocationDocumentId,
  RevocationGoal,
  RevokedSerial,
} from '../../../core/revocation/model/view.ts';
import type { WindowServices } from '../../parts/window/services.ts';
import { ChoiceList } from '../../parts/lists/choice-list.svelte.ts';
import { PagedList } from '../../parts/lists/paged-list.svelte.ts';
import { SerialsState } from './serials.svelte.ts';
import type { RevocationWork } from '../work.ts';
import { Waiting } from '../../parts/waiting.svelte.ts';

interface Services extends Pick<WindowServices, 'api' | 'notices' | 'now'> {
  work: RevocationWork;
}

const FACTS: Record<RevocationGoal, readonly Statement[]> = {
  'lost-kubeconfig': [
    citeText('revocation.note.kubeconfig-unmanaged', OVERVIEW_RENEWAL, ROW_KUBECONFIG),
    citeText('revocation.note.kubeconfig-sure', AD_SSO, ROW_KUBECONFIG),
  ],
  node: [citeText('revocation.note.kubelet-server', OVERVIEW_REVOCATION)],
  group: [citeText('choice.group.wide', OVERVIEW_REVOCATION, KUBEADM_GROUPS, ROW_GROUP)],
  serial: [citeText('choice.serial.one', OVERVIEW_REVOCATION)],
};

export const NAMES_FACT: Statement = citeText('choice.node.names.explain', KUBEADM, OVERVIEW_REVOCATION);

export class RevocationChoiceState {
  #services: Services;
  #documentId: RevocationDocumentId | undefined;
  #isStale = false;
  #isKeepingUp = false;
  #notes: { documentId: RevocationDocumentId; notes: readonly Statement[] } | undefined = $state.raw();

  readonly people: ChoiceList<CandidateRow>;
  readonly certificates: ChoiceList<CandidateRow>;
  readonly nodes: ChoiceList<CandidateNode>;
  readonly groups: ChoiceList<CandidateGroup>;
  readonly serials: SerialsState;
  /** Typed names of groups that have no known certificate. */
  typedGroups: readonly string[] = $state.raw([]);
  withNames = $state(false);
  /** Number of expired certificates that the list of people’s certificates leaves out. */
  leftOut = $state(0);
  readonly making = new Waiting();
  fruitless = $state.raw<readonly Statement[]>();

  readonly facts = $derived.by(() => {
    const { goal } = this.#services.work;
    return goal === undefined ? [] : [...FACTS[goal], ...this.serials.facts];
  });
  readonly choice = $derived.by(() => this.#choice());
  readonly count = $derived(this.choice === undefined ? 0 : getCount(this.choice));
  /** Why the choice cannot yet produce entries. */
  readonly blocked = $derived.by(() => {
    if (this.#services.work.goal !== 'serial') return undefined;
    return this.serials.open > 0 ? 'open' : this.serials.reading ? 'reading' : undefined;
  });
  /** Whether the choice has begun: it can produce entries, or needs an answer first. */
  readonly isBegun = $derived.by(() => {
    if (this.#services.work.step !== 'choose') return false;
    return this.count > 0 || this.blocked === 'open';
  });
  readonly notes = $derived.by(() => {
    const id = this.#services.work.document?.id;
    return this.#notes !== undefined && this.#notes.documentId === id ? this.#notes.notes : [];
  });

  constructor(services: Services) {
    this.#services = services;
    const { api } = services;
    this.people = this.#certificatesFor('lost-kubeconfig');
    this.certificates = this.#certificatesFor('serial');
    this.nodes = new ChoiceList(
      this.#list('node', ({ nodes }) => nodes),
      ({ clusterId, name }) => `${clusterId} ${name}`,
    );
    this.groups = new ChoiceList(
      this.#list('group', ({ groups }) => groups),
      ({ group }) => group,
    );
    this.serials = new SerialsState(services);
    api.on.inventory.clusterChanged(() => void this.#keepUp());
    api.on.inventory.clusterForgotten(() => void this.#keepUp());
  }

  /** Drops a choice made for another document. Called when the step is shown. */
  open(): void {
    const { document } = this.#services.work;
    if (document === undefined) return;
    if (document.id !== this.#documentId) {
      this.#documentId = document.id;
      this.#forget();
    }
    void this.#listOfGoal()?.reload();
  }

  addGroup(typed: string): void {
    const group = typed.trim();
    if (group === '' || this.typedGroups.includes(group)) return;
    this.typedGroups = [...this.typedGroups, group];
  }

  removeGroup(group: string): void {
    this.typedGroups = this.typedGroups.filter((each) => each !== group);
  }

  groupConsequence(group: string): ConsequenceId | undefined {
    return WIDE_GROUPS.get(group);
  }

  isOver({ notAfter }: CandidateRow): boolean {
    return epochMs(notAfter) + SECOND_MS <= this.#services.now.current;
  }

  dismissNotes(): void {
    this.#notes = undefined;
  }

  /** Begins a document with entries for what was chosen on another screen. */
  async begin(choice: RevocationChoice): Promise<void> {
    // After a failure, the open document is another one.
    if (!(await this.#services.work.create(choice.goal))) return;
    this.open();
    await this.#propose(choice);
  }

  /** Begins a document with the serial numbers that an authority has revoked, for the admin to check. */
  async beginRevoked(revoked: readonly RevokedSerial[]): Promise<void> {
    if (!(await this.#services.work.create('serial'))) return;
    this.open();
    this.serials.fill(revoked);
  }

  /** Adds entries for the choice to the text and shows their impact; returns whether the text was changed. */
  async make(): Promise<boolean> {
    const { choice } = this;
    return choice !== undefined && this.blocked === undefined && this.count > 0 && (await this.#propose(choice));
  }

  async #propose(choice: RevocationChoice): Promise<boolean> {
    const { api, notices, work } = this.#services;
    const { document } = work;
    if (document === undefined || this.making.working) return false;
    this.fruitless = undefined;
    this.making.begin();
    try {
      const result = await api.revocation.propose({ choice, kubeconfig: work.kubeconfig });
      if (work.document?.id !== document.id) return false;
      const proposed = notices.take(result);
      if (proposed === undefined) return false;
      const { draft, notes } = proposed;
      if (draft.entries.length === 0) {
        this.fruitless = notes;
        return false;
      }
      if (!(await work.take(draft))) return false;
      this.#notes = { documentId: document.id, notes };
      this.#forget();
      work.move('impact');
      return true;
    } finally {
      this.making.end();
    }
  }

  /**
   * Adds an entry for a name that the inventory lacks, without a value and with the current time as cutoff, to be
   * completed in the next step.
   */
  async beginEntry(kind: 'DNS' | 'IP'): Promise<boolean> {
    const { now, work } = this.#services;
    now.tick();
    const entry = { kind, [FIELD_OF_KIND[kind]]: '', notBefore: instantFromMs(now.current) };
    if (!(await work.take({ entries: [entry] }))) return false;
    work.move('entries');
    return true;
  }

  #certificatesFor(goal: 'lost-kubeconfig' | 'serial'): ChoiceList<CandidateRow> {
    return new ChoiceList(
      this.#list(goal, ({ certificates }) => certificates),
      rowKey,
    );
  }

  #list<Row>(goal: RevocationGoal, rowsOf: (candidates: RevocationCandidates) => readonly Row[]): PagedList<Row> {
    const { api, notices, work } = this.#services;
    return new PagedList(async (range) => {
      const result = await api.revocation.candidates({ goal, ...range, kubeconfig: work.kubeconfig });
      if (!result.ok) return result;
      if (goal === 'lost-kubeconfig') this.leftOut = result.value.leftOut;
      return { ok: true, value: { total: result.value.total, rows: rowsOf(result.value) } };
    }, notices);
  }

  #listOfGoal(): Pick<PagedList<unknown>, 'reload'> | undefined {
    const lists = { 'lost-kubeconfig': this.people, node: this.nodes, group: this.groups, serial: this.certificates };
    const { goal } = this.#services.work;
    return goal === undefined ? undefined : lists[goal].list;
  }

  /**
   * Reloads the candidates when the inventory changes. An import changes many clusters one after the other; of the
   * changes that arrive meanwhile, only the last one is used.
   */
  async #keepUp(): Promise<void> {
    this.#isStale = true;
    if (this.#isKeepingUp) return;
    this.#isKeepingUp = true;
    while (this.#isStale && this.#services.work.step === 'choose') {
      this.#isStale = false;
      await Promise.all([this.#listOfGoal()?.reload(), this.serials.refresh()]);
    }
    this.#isKeepingUp = false;
  }

  #forget(): void {
    for (const list of [this.people, this.certificates, this.nodes, this.groups]) list.forget();
    this.serials.forget();
    this.typedGroups = [];
    this.withNames = false;
    this.fruitless = undefined;
  }

  #choice(): RevocationChoice | undefined {
    const { goal } = this.#services.work;
    switch (goal) {
      case undefined:
        return undefined;
      case 'lost-kubeconfig':
        return { goal, certificates: listIds(this.people) };
      case 'node':
        return {
          goal,
          nodes: [...this.nodes.chosen.values()].map(({ clusterId, name }) => ({ clusterId, name })),
          withNames: this.withNames,
        };
      case 'group':
        return { goal, groups: [...new Set([...this.groups.chosen.keys(), ...this.typedGroups])] };
      case 'serial':
        return { goal, serials: this.serials.serials, certificates: listIds(this.certificates) };
    }
  }
}

/** Removes duplicates, because a certificate may have been read for several clusters. */
function listIds({ chosen }: ChoiceList<CandidateRow>): CandidateRow['id'][] {
  return [...new Set([...chosen.values()].map(({ id }) => id))];
}

function getCount(choice: RevocationChoice): number {
  return Object.values(choice).reduce<number>((sum, value) => sum + (Array.isArray(value) ? value.length : 0), 0);
}
