import type { ClusterId } from '../../shared/ids.ts';
import type { Instant } from '../../shared/instant.ts';
import type { Ports } from '../../shared/ports.ts';
import { ConsoleError, type Problem } from '../../shared/problem.ts';
import type { Settings } from '../../shared/settings.ts';
import { LONGEST_CHANGE, type SharedHead, type SharedObject, type SharedStore } from '../../shared/shared-store.ts';
import { Queue, type StoredDocument } from '../../store/document.ts';
import type { JoinedStore } from './joined-store.ts';
import { correctPlacements, findRemainder, type Correction } from '../model/correction.ts';
import type { Cluster, ManagementLink, Placement } from '../model/credential.ts';
import type { Decision } from '../schemas.ts';
import type { Store } from './data-store.ts';
import type { SharedCopy, UnplacedRevocation } from './inventory-store.ts';
import {
  applyObjects,
  clusterObject,
  fleetObject,
  objectName,
  objectRemoval,
  readFleetObject,
  settingsObject,
  type FleetList,
  type NewObject,
} from './shared-objects.ts';
import type { Sha256Hex } from './stored-certificate.ts';

const APPLIED_AT_ONCE = 64;
const MOST_NAMES = 10;
/** The only field of this name; a value in JSON cannot contain its quotation marks. */
const READING = /"readAt":"[^"]*"/gu;

export interface SharedInventoryContext {
  /** The name of this computer. */
  computer: string;
  /** The owner of this folder’s claims. */
  owner: string;
  /** The data folder, which all readers use. */
  copy: Store;
  shared: SharedStore;
  joined: StoredDocument<JoinedStore | null>;
  ports: Pick<Ports, 'clock' | 'ids' | 'log'> & { user: () => string };
  sha256Hex: Sha256Hex | undefined;
}

/**
 * An inventory that several consoles change. Every change goes to the shared store first and then to the copy in the
 * data folder, from which everything is read, even if the shared store does not answer. Demo fleets, readings and
 * personal settings stay in the copy.
 */
export class SharedInventory implements Store {
  readonly shared: SharedCopy;
  readonly #context: SharedInventoryContext;
  readonly #turns = new Queue();
  /** The objects that this program has changed since the last refresh, with their revisions. */
  readonly #own = new Map<string, number>();
  readonly #watches: (() => Promise<void>)[] = [];
  #joined: JoinedStore;
  #problem: Problem | undefined;

  constructor(context: SharedInventoryContext) {
    this.#context = context;
    const { computer, owner } = context;
    this.shared = {
      computer,
      state: () => {
        const detail = context.shared.outage();
        const problem = detail === undefined ? this.#problem : { code: 'shared.away' as const, params: { detail } };
        return { ...this.#joined, ...(problem && { problem }) };
      },
      refresh: () => this.#turns.run(() => this.#refresh()),
      listClaims: (prefix) => this.#ask(() => context.shared.listClaims(prefix)),
      claim: (name, seconds) => context.shared.claim(name, owner, seconds),
      release: (claim) => context.shared.release(claim),
      watch: (listener) => this.#watches.push(context.shared.watch(listener)),
    };
    if (context.joined.value === null) throw new Error('this folder is not the copy of a shared store');
    this.#joined = context.joined.value;
  }

  get #copy(): Store {
    return this.#context.copy;
  }

  clusters(): readonly Cluster[] {
    return this.#copy.clusters();
  }

  foreign(): Cluster | undefined {
    return this.#copy.foreign();
  }

  cluster(id: ClusterId): Cluster | undefined {
    return this.#copy.cluster(id);
  }

  update(cluster: Cluster): Promise<void> {
    return this.updateAll([cluster]);
  }

  updateAll(clusters: readonly Cluster[], stored?: (id: ClusterId) => void): Promise<void> {
    return this.#turns.run(async () => {
      for (const part of divide(clusters, (cluster) => this.#isToShare(cluster))) {
        const objects = part.flatMap(({ object }) => object ?? []);
        const changed = part.map(({ cluster }) => cluster);
        const names = changed.slice(0, MOST_NAMES).map(({ name }) => name);
        await this.#change('store.changed', objects, { clusters: names.join(', '), count: changed.length }, () =>
          this.#copy.updateAll(changed, stored),
        );
      }
    });
  }

  /** Readings concern files of this computer. */
  readAgain(clusters: readonly Cluster[], at: Instant): Promise<void> {
    return this.#copy.readAgain(clusters, at);
  }

  correct(correction: Correction, into: Cluster): Promise<void> {
    return this.#turns.run(async () => {
      const from = this.cluster(correction.from);
      const rest = from && findRemainder(from, correction);
      const left = rest === undefined ? this.#forgottenObjects(from) : [clusterObject(rest)];
      const placements =
        from === undefined ? this.placements() : correctPlacements(this.placements(), from, correction);
      const objects = [clusterObject(into), ...left, fleetObject('placements', placements, this.#copy)];
      const facts = { subject: into.id, from: from?.name ?? '', to: into.name };
      await this.#change('credential.moved', into.sample ? [] : objects, facts, () =>
        this.#copy.correct(correction, into),
      );
    });
  }

  forget(id: ClusterId): Promise<void> {
    return this.#turns.run(async () => {
      const cluster = this.cluster(id);
      const facts = { subject: id, name: cluster?.name ?? '' };
      await this.#change('cluster.forgotten', this.#forgottenObjects(cluster), facts, () => this.#copy.forget(id));
    });
  }

  restore(id: ClusterId): Promise<Cluster> {
    return this.#turns.run(async () => {
      const live = this.cluster(id);
      if (live !== undefined) return live;
      const cluster = await this.readForgotten(id);
      const objects = cluster.sample ? [] : [clusterObject(cluster), objectRemoval(id, 'forgotten')];
      let restored = cluster;
      await this.#change('cluster.restored', objects, { subject: id, name: cluster.name }, async () => {
        restored = await this.#copy.restore(id);
      });
      return restored;
    });
  }

  forgotten(): ReturnType<Store['forgotten']> {
    return this.#copy.forgotten();
  }

  readForgotten(id: ClusterId): Promise<Cluster> {
    return this.#copy.readForgotten(id);
  }

  removeSamples(): Promise<number> {
    return this.#copy.removeSamples();
  }

  listUnplacedRevocations(): readonly UnplacedRevocation[] {
    return this.#copy.listUnplacedRevocations();
  }

  keepUnplacedRevocations(unplaced: readonly UnplacedRevocation[]): Promise<void> {
    return this.#keepList('revocations', unplaced, () => this.#copy.keepUnplacedRevocations(unplaced));
  }

  placements(): readonly Placement[] {
    return this.#copy.placements();
  }

  keepPlacements(placements: readonly Placement[]): Promise<void> {
    return this.#keepList('placements', placements, () => this.#copy.keepPlacements(placements));
  }

  links(): readonly ManagementLink[] {
    return this.#copy.links();
  }

  keepLinks(links: readonly ManagementLink[]): Promise<void> {
    return this.#keepList('links', links, () => this.#copy.keepLinks(links));
  }

  decisions(): readonly Decision[] {
    return this.#copy.decisions();
  }

  keepDecisions(decisions: readonly Decision[]): Promise<void> {
    return this.#keepList('decisions', decisions, () => this.#copy.keepDecisions(decisions));
  }

  unreadable(): readonly ConsoleError[] {
    return this.#copy.unreadable();
  }

  findings(): ReturnType<Store['findings']> {
    return this.#copy.findings();
  }

  keepDuring<T>(work: () => Promise<T>): Promise<T> {
    return this.#copy.keepDuring(work);
  }

  settle(): Promise<ClusterId[]> {
    return this.#copy.settle();
  }

  lastImportAt(): Instant | undefined {
    return this.#copy.lastImportAt();
  }

  recordImport(at: Instant): Promise<void> {
    return this.#copy.recordImport(at);
  }

  settings(): Settings {
    return this.#copy.settings();
  }

  /** Settings of the fleet go to the shared store first; personal ones stay here. */
  async changeSettings(change: Partial<Settings>): Promise<Settings> {
    const { fleetSettings } = this.#copy;
    if (fleetSettings?.concerns(change) !== true) return this.#copy.changeSettings(change);
    return this.#turns.run(async () => {
      let changed = this.settings();
      const commit = (): Promise<void> => {
        const object = settingsObject(fleetSettings.serialize(change));
        return this.#change('settings.changed', [object], { settings: Object.keys(change).join(', ') }, async () => {
          changed = await this.#copy.changeSettings(change);
        });
      };
      try {
        await commit();
      } catch (error) {
        if (!(error instanceof ConsoleError) || error.code !== 'shared.conflict') throw error;
        await this.#refresh();
        await commit();
      }
      return changed;
    });
  }

  async close(): Promise<void> {
    for (const stop of this.#watches) await stop();
    await this.#turns.idle();
    await this.#context.shared.close();
    if (this.#context.joined.value !== this.#joined) await this.#context.joined.replace(this.#joined);
    await this.#copy.close();
  }

  /** A reading that found everything unchanged concerns only the computer that has the files. */
  #isToShare(cluster: Cluster): boolean {
    if (cluster.sample) return false;
    const known = this.cluster(cluster.id);
    return known === undefined || removeReadings(known) !== removeReadings(cluster);
  }

  #forgottenObjects(cluster: Cluster | undefined): NewObject[] {
    if (cluster === undefined || cluster.sample) return [];
    return [objectRemoval(cluster.id, 'cluster'), clusterObject(cluster, 'forgotten')];
  }

  #keepList<L extends FleetList>(
    kind: L,
    list: Parameters<typeof fleetObject<L>>[1],
    keep: () => Promise<void>,
  ): Promise<void> {
    return this.#turns.run(() => {
      const object = fleetObject(kind, list, this.#copy);
      const isKnown = readFleetObject(kind, this.#copy).value === object.value;
      return this.#change('store.changed', isKnown ? [] : [object], { list: kind, count: list.length }, keep);
    });
  }

  /** Changes the shared store and then the copy. Without objects, only the copy changes. */
  async #change(
    action: string,
    objects: readonly NewObject[],
    { subject = '', ...params }: Record<string, string | number>,
    apply: () => Promise<void>,
  ): Promise<void> {
    const { shared, ports } = this.#context;
    if (objects.length === 0) return apply();
    const request = `${ports.ids.next()}${ports.ids.next()}`;
    const revision = await this.#ask(() =>
      shared.commit({
        request,
        objects: objects.map((object) => ({
          ...object,
          basedOn: this.#own.get(objectName(object)) ?? this.#joined.revision,
        })),
        lines: [{ by: ports.user(), action, subject: String(subject), params: { ...params, request } }],
      }),
    );
    await apply();
    for (const object of objects) this.#own.set(objectName(object), revision);
  }

  /** Takes over the changes of others, in the order of their revisions. */
  async #refresh(): Promise<void> {
    const { shared, ports, joined } = this.#context;
    const head = await this.#ask(() => shared.head());
    this.#checkIdentity(head);
    const before = this.#joined.revision;
    let { revision } = this.#joined;
    await this.#ask(async () => {
      let waiting: SharedObject[] = [];
      for await (const object of shared.changesSince(before)) {
        revision = object.revision;
        if (this.#own.get(objectName(object)) !== object.revision) waiting.push(object);
        if (waiting.length < APPLIED_AT_ONCE) continue;
        await this.#apply(waiting);
        waiting = [];
      }
      await this.#apply(waiting);
    });
    for (const [name, own] of this.#own) if (own <= revision) this.#own.delete(name);
    this.#joined = { ...this.#joined, id: head.id, revision, currentAt: ports.clock.now() };
    if (revision > before || joined.value?.id === undefined) await joined.replace(this.#joined);
  }

  async #apply(objects: readonly SharedObject[]): Promise<void> {
    const unreadable = await applyObjects(this.#copy, objects, this.#context.sha256Hex);
    for (const { clusterId, kind, revision } of unreadable)
      this.#context.ports.log.write('warning', 'an object of the shared store cannot be read', {
        cluster: clusterId,
        kind,
        revision,
      });
  }

  /** Throws `shared.refused` if the address leads to another store, or to an older state of this one. */
  #checkIdentity({ id, revision }: SharedHead): void {
    const { id: known = id, revision: seen } = this.#joined;
    if (id === known && revision >= seen) return;
    const fault = id === known ? 'behind' : 'other';
    const error = new ConsoleError('shared.refused', { fault, version: revision, known: seen });
    this.#problem = { code: error.code, params: error.params };
    throw error;
  }

  /** Remembers whether the shared store answers. */
  async #ask<T>(question: () => Promise<T>): Promise<T> {
    try {
      const answer = await question();
      this.#problem = undefined;
      return answer;
    } catch (error) {
      if (!(error instanceof ConsoleError)) throw error;
      const { code, params } = error;
      if (code === 'shared.away' || code === 'shared.refused') this.#problem = { code, params };
      if (code !== 'shared.conflict') throw error;
      const { by = '', at = '', cluster: id = '' } = params;
      const cluster = this.cluster(id as ClusterId)?.name ?? (id || 'none');
      throw new ConsoleError(code, { by, at, cluster }, { cause: error });
    }
  }
}

/** Divides clusters into changes of limited size, in their order. Those that are not to be shared have no object. */
function* divide(
  clusters: readonly Cluster[],
  isToShare: (cluster: Cluster) => boolean,
): Generator<{ cluster: Cluster; object?: NewObject }[]> {
  let part: { cluster: Cluster; object?: NewObject }[] = [];
  let length = 0;
  for (const cluster of clusters) {
    const object = isToShare(cluster) ? clusterObject(cluster) : undefined;
    const added = object?.value?.length ?? 0;
    if (part.length > 0 && length + added > LONGEST_CHANGE) {
      yield part;
      part = [];
      length = 0;
    }
    part.push({ cluster, ...(object && { object }) });
    length += added;
  }
  if (part.length > 0) yield part;
}

function removeReadings(cluster: Cluster): string {
  return (clusterObject(cluster).value ?? '').replaceAll(READING, '');
}
