import type { OpenDecision, OpenRequest } from '../../core/inventory/contract.ts';
import { findNameQuestion } from '../../core/inventory/model/name-question.ts';
import { listRealPlaces } from '../../core/plan/model/deployment.ts';
import { compareSeverity, type Finding } from '../../core/shared/finding.ts';
import { epochMs } from '../../core/shared/instant.ts';
import type { Fact } from '../parts/fact.ts';
import type { Navigation } from '../parts/window/navigation.ts';
import type { WindowServices } from '../parts/window/services.ts';
import type { InventoryState } from './inventory.svelte.ts';

type Part = 'requests' | 'files' | 'names';

interface Services extends WindowServices, Pick<Navigation, 'showCluster'> {
  inventory: InventoryState;
}

/** Counts what waits for the admin, and leads to the places where it is decided. */
export class DecisionsState {
  readonly #services: Services;

  /** The part that is shown in a dialog, because it belongs to no cluster or to several. */
  shown = $state.raw<Part>();
  readonly requests = $derived.by(() => this.#services.inventory.decisions.filter(({ kind }) => kind === 'request'));
  readonly files = $derived.by(() => this.#services.inventory.decisions.filter(({ kind }) => kind === 'file'));
  /** Like all counts, leaves out sample clusters beside real ones. */
  readonly names = $derived.by(() =>
    listRealPlaces(this.#services.inventory.clusters).flatMap((cluster) => findNameQuestion(cluster) ?? []),
  );
  readonly parts = $derived(
    (['requests', 'files', 'names'] as const)
      .map((part) => ({ part, count: this[part].length }))
      .filter(({ count }) => count > 0),
  );

  constructor(services: Services) {
    this.#services = services;
  }

  /** Opens the page of the only cluster that a part belongs to, or else a dialog. */
  follow(part: Part): void {
    const [clusterId, another] = new Set(part === 'names' ? [] : this[part].map((one) => one.clusterId));
    if (part === 'names' || clusterId === undefined || another !== undefined) {
      this.shown = part;
      return;
    }
    this.shown = undefined;
    this.#services.showCluster(clusterId, part);
  }

  /** Leaves out files that wait for the admin. Sorts by severity and then by file, and separates remarks. */
  sortFindings(findings: readonly Finding[]): Record<'faults' | 'remarks', Finding[]> {
    const listed = new Set(this.files.map(({ path }) => path));
    const key = ({ place }: Finding): string => place.path ?? '';
    const sorted = findings
      .filter((one) => one.severity === 'notice' || !listed.has(key(one)))
      .sort((a, b) => compareSeverity(a, b) || (key(a) < key(b) ? -1 : Number(key(a) > key(b))));
    const isRemark = ({ severity }: Finding): boolean => severity === 'notice';
    return { faults: sorted.filter((one) => !isRemark(one)), remarks: sorted.filter(isRemark) };
  }

  listFacts({ username = '', names, createdAt, signer, path }: OpenRequest): Fact[] {
    const { text, now } = this.#services;
    const span = createdAt && text.format.span(now.current - epochMs(createdAt));
    const age = createdAt && text.t('decisions.age', { date: text.format.local(createdAt), span: span ?? '' });
    return Object.entries({ username: [username], names, age: [age ?? ''], signer: [signer], path: [path] })
      .filter(([, values]) => values.join('') !== '')
      .map(([fact, values]) => ({ name: text.lookUp(`decisions.fact.${fact}`), values }));
  }

  async decide({ id }: OpenDecision): Promise<void> {
    const { api, notices } = this.#services;
    notices.take(await api.inventory.decide({ id }));
  }
}
