import type { ClusterId } from '../../../core/shared/ids.ts';
import type { Problem } from '../../../core/shared/problem.ts';
import { DRY_RUN_HOURS, type DryRun } from '../../../core/revocation/model/view.ts';
import type { WindowServices } from '../../parts/window/services.ts';
import { findShownJudgement, sortByMatches, type RevocationWork } from '../work.ts';
import { Waiting } from '../../parts/waiting.svelte.ts';

interface Services extends Pick<WindowServices, 'api'> {
  work: RevocationWork;
}

interface Place {
  id: ClusterId;
  name: string;
  isTouched: boolean;
}

export class DryRunState {
  #services: Services;
  #chosen = $state<ClusterId>();
  #done: { dryRun: DryRun; text: string } | undefined = $state.raw();
  hoursText = $state(String(DRY_RUN_HOURS.usual));
  withoutRepair = $state(false);
  problem = $state.raw<Problem>();
  readonly waiting = new Waiting();
  readonly mostHours = DRY_RUN_HOURS.most;

  /** Sorted by number of revoked certificates, largest first. */
  readonly places: Place[] = $derived.by(() =>
    sortByMatches(findShownJudgement(this.#services.work)?.judgement.impact.clusters ?? []).map(
      ({ clusterId, cluster, shares }) => ({ id: clusterId, name: cluster, isTouched: shares.total.matched > 0 }),
    ),
  );
  readonly place: Place | undefined = $derived(this.places.find(({ id }) => id === this.#chosen) ?? this.places[0]);
  /** Absent if the input is out of range. */
  readonly hours = $derived.by(() => {
    const hours = /^\d{1,4}$/u.test(this.hoursText.trim()) ? Number(this.hoursText) : 0;
    return hours >= 1 && hours <= DRY_RUN_HOURS.most ? hours : undefined;
  });
  readonly canRun = $derived.by(() => {
    const { judgement, isJudging } = this.#services.work;
    const isReady = judgement?.isSound === true && !isJudging && !this.waiting.working;
    return isReady && this.place !== undefined && this.hours !== undefined;
  });
  readonly dryRun = $derived(this.#done?.dryRun);
  readonly isOld = $derived.by(() => this.#done !== undefined && this.#done.text !== this.#services.work.text);

  constructor(services: Services) {
    this.#services = services;
  }

  choose(id: string): void {
    this.#chosen = this.places.find((place) => place.id === id)?.id;
  }

  async run(): Promise<void> {
    const { place, hours, withoutRepair } = this;
    const { api, work } = this.#services;
    if (!this.canRun || place === undefined || hours === undefined) return;
    const { text, document } = work;
    this.problem = undefined;
    this.waiting.begin();
    const result = await api.revocation.performDryRun({ text, clusterId: place.id, hours, withoutRepair });
    this.waiting.end();
    if (work.document?.id !== document?.id) return;
    if (result.ok) this.#done = { dryRun: result.value, text };
    else this.problem = result.problem;
  }

  forget(): void {
    this.#done = undefined;
    this.#chosen = undefined;
    this.problem = undefined;
  }
}
