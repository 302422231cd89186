import type {
  AgentQuestion,
  ClusterQuestion,
  ClusterRows,
  ClusterSummary,
  MoveRequest,
} from '../../core/inventory/contract.ts';
import type { BoardRow } from '../../core/inventory/model/board-row.ts';
import { sortNameQuestions, type NameQuestion } from '../../core/inventory/model/name-question.ts';
import { findBaseName } from '../../core/plan/model/cluster-name.ts';
import { areDistinct, type ClusterFacts } from '../../core/plan/model/cluster-facts.ts';
import type { ClusterId } from '../../core/shared/ids.ts';
import type { Problem, Result } from '../../core/shared/problem.ts';
import type { Settings } from '../../core/shared/settings.ts';
import type { Api } from '../parts/window/api.ts';
import type { NoticesState, NoticeText } from '../parts/window/notices.svelte.ts';
import type { SettingsState } from '../parts/window/settings.svelte.ts';
import type { InventoryState } from './inventory.svelte.ts';

export type IdentityDialog =
  | { kind: 'rename'; cluster: ClusterSummary }
  | { kind: 'merge'; cluster: ClusterSummary; into?: ClusterId }
  | { kind: 'link'; cluster: ClusterSummary; agents: readonly ClusterSummary[] }
  | { kind: 'move'; row: BoardRow; ids?: MoveRequest['credentialIds'] };

/** A question that can still be answered, with the cloud agents that are still in the inventory. */
export interface OpenQuestion extends Pick<AgentQuestion, 'asks'> {
  cluster: ClusterSummary;
  agents: [ClusterSummary, ...ClusterSummary[]];
}

interface Parts {
  api: Api;
  notices: NoticesState;
  inventory: InventoryState;
  settings: SettingsState;
}

export class ClusterIdentityState {
  #api: Api;
  #notices: NoticesState;
  #inventory: InventoryState;
  #settings: SettingsState;

  /** Keys of the questions about a rebuild that the admin answered with yes. */
  #rebuilt = $state.raw<readonly string[]>([]);
  #typedNames: Readonly<Partial<Record<ClusterId, string>>> = $state.raw({});
  dialog = $state.raw<IdentityDialog>();
  problem = $state.raw<Problem>();

  constructor({ api, notices, inventory, settings }: Parts) {
    this.#api = api;
    this.#notices = notices;
    this.#inventory = inventory;
    this.#settings = settings;
  }

  open(dialog: IdentityDialog): void {
    this.problem = undefined;
    this.dialog = dialog;
  }

  close(): void {
    this.dialog = undefined;
  }

  suggestName({ name, commandName }: ClusterSummary): string {
    return commandName ?? findBaseName(name) ?? name;
  }

  /** Lists other clusters of the same kind: real clusters for a real cluster, samples for a sample. */
  likeCluster({ id, kind, sample }: ClusterSummary): ClusterSummary[] {
    return this.#inventory.clusters.filter((one) => one.id !== id && one.kind === kind && one.sample === sample);
  }

  listDestinations({ clusterId, foreign, sample }: BoardRow): ClusterSummary[] {
    const { clusters } = this.#inventory;
    if (foreign !== undefined) return clusters.filter((one) => one.sample === sample);
    const own = clusters.find(({ id }) => id === clusterId);
    return own === undefined ? [] : this.likeCluster(own);
  }

  listOpen(questions: readonly ClusterQuestion[]): OpenQuestion[] {
    const clusters = new Map(this.#inventory.clusters.map((cluster) => [cluster.id, cluster]));
    return questions.flatMap((question) => {
      const cluster = clusters.get(question.clusterId);
      if (!('agents' in question) || cluster === undefined) return [];
      const [first, ...others] = question.agents.flatMap(({ id }) => clusters.get(id) ?? []);
      if (first === undefined) return [];
      const { clusterFacts } = this.#settings.values;
      const { cloudAgent } = clusterFacts[cluster.id] ?? {};
      const isAnswered =
        question.asks === 'same-agent'
          ? areDistinct(clusterFacts, cluster.id, first.id)
          : // If only one cloud agent is possible, the cluster is assigned to it without a question.
            others.length === 0 || (cloudAgent !== undefined && clusters.has(cloudAgent));
      return isAnswered ? [] : [{ asks: question.asks, cluster, agents: [first, ...others] }];
    });
  }

  /** Lists the unanswered questions with credentials that are still apart. */
  listRebuilt(questions: readonly ClusterQuestion[]) {
    const apart = new Map(this.#inventory.foreign.map((row) => [row.id, row]));
    return questions.flatMap((each) => {
      if (each.asks !== 'rebuilt') return [];
      const [key = ''] = each.credentialIds;
      const rows = each.credentialIds.flatMap((id) => apart.get(id) ?? []);
      const [row] = this.#rebuilt.includes(key) ? [] : rows;
      return row === undefined ? [] : [{ key, cluster: each.cluster, row, ids: rows.map(({ id }) => id) }];
    });
  }

  confirmRebuilt(key: string): void {
    this.#rebuilt = [...this.#rebuilt, key];
  }

  async link({ id, name }: ClusterSummary, agent: ClusterSummary): Promise<boolean> {
    const result = await this.#state(id, () => ({ cloudAgent: agent.id }));
    return this.#finish(result, () => ({ key: 'inventory.linked', values: { name, deployment: agent.name } }));
  }

  /** States that two cloud agents with the same name are separate. */
  async keepApart({ id }: ClusterSummary, other: ClusterSummary): Promise<void> {
    this.#notices.take(
      await this.#state(id, ({ distinctFrom = [] }) => ({ distinctFrom: [...distinctFrom, other.id] })),
    );
  }

  #state(id: ClusterId, state: (facts: ClusterFacts) => ClusterFacts): Promise<Result<Settings>> {
    return this.#settings.saveNow(({ clusterFacts }) => {
      const facts = clusterFacts[id] ?? {};
      return { clusterFacts: { ...clusterFacts, [id]: { ...facts, ...state(facts) } } };
    });
  }

  async rename(clusterId: ClusterId, name: string): Promise<boolean> {
    const result = await this.#api.inventory.rename({ clusterId, name });
    return this.#finish(result, ({ commandName, name: shown }) => ({
      key: 'inventory.renamed',
      values: { name: commandName ?? shown },
    }));
  }

  typeName(clusterId: ClusterId, name: string): void {
    this.#typedNames = { ...this.#typedNames, [clusterId]: name };
  }

  /** Returns what the admin typed, or else the suggestion, which is not sent while another cluster may have it. */
  answerTo({ clusterId, suggestion = '' }: NameQuestion, isShared = false): string {
    return this.#typedNames[clusterId] ?? (isShared ? '' : suggestion);
  }

  /** Sorts by suggested names, so that no field moves while the admin types. */
  sortNames(questions: readonly NameQuestion[]): ReturnType<typeof sortNameQuestions> {
    return sortNameQuestions(questions, this.#inventory.clusters);
  }

  /** Confirms each typed or suggested name; tells once how many, and offers to take all of them back. */
  async acceptNames(questions: readonly NameQuestion[]): Promise<void> {
    const accepted: ClusterId[] = [];
    this.problem = undefined;
    for (const question of questions) {
      const { clusterId } = question;
      const result = await this.#api.inventory.rename({ clusterId, name: this.answerTo(question) });
      if (!result.ok) {
        this.problem = result.problem;
        break;
      }
      accepted.push(clusterId);
    }
    if (accepted.length === 0) return;
    this.#notices.success([{ key: 'inventory.questions.accepted', values: { count: accepted.length } }], {
      action: { key: 'action.undo', run: () => void this.#takeNamesBack(accepted) },
    });
  }

  async #takeNamesBack(clusterIds: readonly ClusterId[]): Promise<void> {
    for (const clusterId of clusterIds)
      if (this.#notices.take(await this.#api.inventory.undoRename({ clusterId })) === undefined) return;
  }

  async merge({ id, name: from }: ClusterSummary, into: ClusterId): Promise<boolean> {
    const result = await this.#api.inventory.merge({ clusterId: id, into });
    return this.#finish(result, ({ name }) => ({ key: 'inventory.merged', values: { from, name } }));
  }

  async move(row: BoardRow, to: MoveRequest['to'], ids?: MoveRequest['credentialIds']): Promise<boolean> {
    const result = await this.#move(row, to, ids);
    const values = { credential: row.name, count: ids?.length ?? 1 };
    return this.#finish(result, ({ name }) => ({ key: 'inventory.moved', values: { ...values, name } }));
  }

  async setApart(row: BoardRow): Promise<void> {
    const cluster = this.#notices.take(await this.#move(row, { foreign: true }));
    if (cluster === undefined) return;
    const apart = { id: row.id, clusterId: cluster.clusterId };
    this.#notices.success([{ key: 'inventory.set-apart', values: { credential: row.name } }], {
      action: { key: 'action.undo', run: () => void this.#takeBack(apart, row.clusterId) },
    });
  }

  async #takeBack(row: Pick<BoardRow, 'clusterId' | 'id'>, clusterId: ClusterId): Promise<void> {
    // A cluster is removed with its last credential.
    const isGone = this.#inventory.clusters.every(({ id }) => id !== clusterId);
    const restored = isGone ? await this.#api.inventory.restore({ clusterId }) : undefined;
    this.#notices.take<unknown>(restored?.ok === false ? restored : await this.#move(row, { cluster: clusterId }));
  }

  #move(
    { clusterId, id }: Pick<BoardRow, 'clusterId' | 'id'>,
    to: MoveRequest['to'],
    credentialIds = [id],
  ): Promise<Result<ClusterRows>> {
    return this.#api.inventory.move({ clusterId, credentialIds, to });
  }

  #finish<T>(result: Result<T>, said: (value: T) => NoticeText): boolean {
    if (!result.ok) {
      this.problem = result.problem;
      return false;
    }
    this.close();
    this.#notices.success([said(result.value)]);
    return true;
  }
}
