import type { AuditTrail } from '../../audit/store/audit.ts';
import type { AuditAction } from '../../shared/contract/audit-action.ts';
import { epochMs, instantFromMs } from '../../shared/instant.ts';
import type { Ports } from '../../shared/ports.ts';
import { ConsoleError } from '../../shared/problem.ts';
import type { SharedChange, SharedClaim, SharedHead, SharedObject, SharedStore } from '../../shared/shared-store.ts';
import { Queue } from '../../store/document.ts';
import { applyObjects, listObjects, objectName, type SharedContent } from './shared-objects.ts';
import type { Sha256Hex } from './stored-certificate.ts';

interface FolderStoreContext {
  inventory: SharedContent;
  trail: AuditTrail;
  ports: Pick<Ports, 'clock'>;
  sha256Hex: Sha256Hex | undefined;
}

/**
 * A data folder as a `SharedStore` for the one process that holds its lock. Revisions, requests and claims exist as
 * long as this process: everything that the folder contains at the start has revision 1.
 */
export class FolderStore implements SharedStore {
  readonly #context: FolderStoreContext;
  readonly #turns = new Queue();
  readonly #listeners = new Set<(isReached: boolean) => void>();
  readonly #objects = new Map<string, SharedObject>();
  readonly #makers = new Map<number, { by: string; at: string }>();
  readonly #requests = new Map<string, number | undefined>();
  readonly #claims = new Map<string, SharedClaim>();
  #revision = 1;

  private constructor(context: FolderStoreContext) {
    this.#context = context;
  }

  static async open(context: FolderStoreContext): Promise<FolderStore> {
    const store = new FolderStore(context);
    for (const object of await listObjects(context.inventory))
      store.#objects.set(objectName(object), { ...object, revision: 1 });
    return store;
  }

  commit({ request, objects, lines }: SharedChange): Promise<number> {
    return this.#turns.run(async () => {
      const { inventory, trail, sha256Hex } = this.#context;
      const done = this.#requests.get(request);
      if (done !== undefined) return done;
      if (lines.length === 0) throw new Error('a change without a line of the audit trail');
      if (this.#requests.has(request)) throw new Error('this request was given up');
      for (const object of objects) {
        const known = this.#objects.get(objectName(object));
        if (known !== undefined && known.revision > object.basedOn)
          throw new ConsoleError('shared.conflict', {
            ...{ cluster: object.clusterId, by: '', at: '' },
            ...this.#makers.get(known.revision),
          });
      }
      const revision = this.#revision + 1;
      const changed = objects.map(({ clusterId, kind, value }) => ({ clusterId, kind, value, revision }));
      const [unreadable] = await applyObjects(inventory, changed, sha256Hex);
      if (unreadable !== undefined) throw new Error(`an object that cannot be read: ${objectName(unreadable)}`);
      await trail.append(...lines.map((line) => ({ ...line, action: line.action as AuditAction })));
      for (const object of changed) this.#objects.set(objectName(object), object);
      this.#revision = revision;
      this.#makers.set(revision, { by: lines[0]?.by ?? '', at: this.#context.ports.clock.now() });
      this.#requests.set(request, revision);
      for (const listener of this.#listeners) listener(true);
      return revision;
    });
  }

  async *changesSince(revision: number): AsyncGenerator<SharedObject> {
    const later = [...this.#objects.values()].filter((object) => object.revision > revision);
    yield* later.sort((one, other) => one.revision - other.revision);
  }

  outcome(request: string): Promise<number | undefined> {
    return this.#turns.run(async () => {
      if (!this.#requests.has(request)) this.#requests.set(request, undefined);
      return this.#requests.get(request);
    });
  }

  async *lines(from: number): AsyncGenerator<string> {
    for await (const { line, text = '' } of this.#context.trail.check()) if (line >= from) yield text;
  }

  async head(): Promise<SharedHead> {
    const { lines, hash } = this.#context.trail.head;
    return { id: this.#context.trail.path, revision: this.#revision, lines, hash };
  }

  async claim(name: string, owner: string, seconds: number): Promise<SharedClaim> {
    const now = epochMs(this.#context.ports.clock.now());
    const known = this.#claims.get(name);
    const isLive = known !== undefined && epochMs(known.until) > now;
    if (isLive && known.owner !== owner)
      throw new ConsoleError('shared.claimed', { name, by: known.owner, until: known.until });
    const number = (known?.number ?? 0) + (isLive ? 0 : 1);
    const claim = { name, owner, number, until: instantFromMs(now + seconds * 1_000) };
    this.#claims.set(name, claim);
    return claim;
  }

  async listClaims(prefix: string): Promise<SharedClaim[]> {
    const now = this.#context.ports.clock.now();
    const live = [...this.#claims.values()].filter(({ name, until }) => name.startsWith(prefix) && until > now);
    return live.sort((one, other) => (one.name < other.name ? -1 : 1));
  }

  async release({ name, owner, number }: SharedClaim): Promise<void> {
    const known = this.#claims.get(name);
    if (known?.owner !== owner || known.number !== number) return;
    this.#claims.set(name, { ...known, until: this.#context.ports.clock.now() });
  }

  watch(listener: (isReached: boolean) => void): () => Promise<void> {
    this.#listeners.add(listener);
    listener(true);
    return async () => void this.#listeners.delete(listener);
  }

  outage(): undefined {
    return undefined;
  }

  async close(): Promise<void> {
    await this.#turns.idle();
  }
}
