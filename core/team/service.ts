import { AuditTrail } from '../audit/store/audit.ts';
import type { Store } from '../inventory/store/data-store.ts';
import { FolderStore } from '../inventory/store/folder-store.ts';
import type { SharedCopy } from '../inventory/store/inventory-store.ts';
import { columnSource } from '../inventory/store/rows.ts';
import { storeContext } from '../inventory/store/store.ts';
import { listObjects, objectName } from '../inventory/store/shared-objects.ts';
import { openStore } from '../settings/store/store.ts';
import { isClusterId } from '../shared/ids.ts';
import type { Ports } from '../shared/ports.ts';
import { ConsoleError, problemFromError } from '../shared/problem.ts';
import { RUN_CLAIM } from '../runs/model/run-claim.ts';
import { LONGEST_CHANGE, type SharedObject, type SharedStore, type SharedStores } from '../shared/shared-store.ts';
import { unlessAbsent } from '../store/durable-json-file.ts';
import { openJoinedStore } from '../inventory/store/joined-store.ts';
import { JOINED_FILE } from '../store/data-layout.ts';
import type { SharedCopyState, WorkingConsole } from './contract.ts';

/** Limits the time in which a new console waits for a notice of its own. */
const NOTICE_WITHIN_MS = 3_000;
/** Receives the audit trail of the source when a shared store is copied into a folder. */
const COPIED_TRAIL = 'shared-audit.jsonl';

/** Empty for a folder that is a store of its own. */
export interface StoreStatus extends Partial<SharedCopyState> {
  /** The last change of the shared store; absent if it does not answer. */
  head?: number;
}

export interface JoinedFolder {
  clusters: number;
  revision: number;
  /** Whether notices of changes arrive; behind some connection poolers they do not. */
  isNoticed: boolean;
}

export interface CopiedStore {
  clusters: number;
  others: number;
  /** The file with the audit trail of a shared store that was copied into a folder. */
  trail?: string;
}

/** Joins data folders to shared stores. The caller holds the lock of a folder that changes. */
export class SharedStoreService {
  readonly #ports: Ports;

  constructor(ports: Ports) {
    this.#ports = ports;
  }

  get #stores(): SharedStores {
    const { sharedStores } = this.#ports;
    if (sharedStores === undefined) throw new Error('this program has no shared stores');
    return sharedStores;
  }

  /** Returns the SQL that prepares a database. */
  schema(): string {
    return this.#stores.schema();
  }

  /**
   * Makes a folder the copy of a shared store. Throws `shared.address-invalid`, `shared.away`, `shared.refused`, or
   * `shared.folder-in-use` if the folder has clusters that the shared store does not have in the same state.
   */
  async join(folder: string, address: string): Promise<JoinedFolder> {
    const shared = this.#stores.open(address);
    try {
      const { id } = await shared.head();
      const joined = await this.#openJoined(folder);
      if (joined.value?.id !== id) {
        await this.#checkContained(folder, shared);
        await joined.replace({ address, console: this.#ports.ids.next(), revision: 0 });
      } else {
        await joined.replace({ ...joined.value, address, console: joined.value.console || this.#ports.ids.next() });
      }
      const isNoticed = await this.#isNoticed(shared);
      const store = await openStore(this.#ports, folder, { columns: columnSource(this.#ports) });
      try {
        // With its columns, the first window on the copy need not read the files of all clusters.
        await store.settle();
        const { revision = 0 } = store.shared?.state() ?? {};
        return { clusters: store.clusters().length, revision, isNoticed };
      } finally {
        await store.close();
      }
    } finally {
      await shared.close();
    }
  }

  /** Makes a copy a store of its own, with everything that it contains. Throws `shared.not-joined`. */
  async leave(folder: string): Promise<{ clusters: number }> {
    const { files } = this.#ports;
    const path = files.join(folder, JOINED_FILE);
    if ((await this.#openJoined(folder)).value === null) throw new ConsoleError('shared.not-joined', { path: folder });
    await unlessAbsent(files.remove(`${path}.previous`));
    await files.remove(path);
    const store = await this.#openOwn(folder);
    try {
      return { clusters: store.clusters().length };
    } finally {
      await store.close();
    }
  }

  async status(folder: string): Promise<StoreStatus> {
    const { value } = await this.#openJoined(folder, true);
    if (value === null) return {};
    const { address, revision, currentAt } = value;
    const known: StoreStatus = { address, revision, ...(currentAt && { currentAt }) };
    const shared = this.#stores.open(address);
    try {
      const { revision: head } = await shared.head();
      const claims = await listWorking(shared);
      // A large inventory takes seconds to open, and usually nobody works.
      const store = claims.length === 0 ? undefined : await this.#openOwn(folder, true);
      const working = claims.map((each) => ({
        ...each,
        cluster: (isClusterId(each.cluster) ? store?.cluster(each.cluster)?.name : undefined) ?? each.cluster,
      }));
      return { ...known, head, working };
    } catch (error) {
      return { ...known, problem: problemFromError(this.#ports, error) };
    } finally {
      await shared.close();
    }
  }

  /**
   * Copies everything except removed objects. The first line in the target’s trail names the end of the source’s. Throws
   * `shared.not-empty`.
   */
  async copy(
    from: SharedStore,
    to: SharedStore,
    target: string,
    onProgress: (count: number) => void,
  ): Promise<CopiedStore> {
    for await (const { value } of to.changesSince(0))
      if (value !== null) throw new ConsoleError('shared.not-empty', { path: target });
    const { ids, host } = this.#ports;
    const source = await from.head();
    let { revision: basedOn } = await to.head();
    const copied = { clusters: 0, others: 0 };
    const write = async (objects: readonly SharedObject[]): Promise<void> => {
      if (objects.length === 0) return;
      const params = { count: objects.length, sourceLines: source.lines, sourceHash: source.hash };
      basedOn = await to.commit({
        request: `${ids.next()}${ids.next()}`,
        objects: objects.map((object) => ({ ...object, basedOn })),
        lines: [{ by: host.user(), action: 'store.copied', subject: source.id, params }],
      });
      onProgress(copied.clusters + copied.others);
    };
    let waiting: SharedObject[] = [];
    let length = 0;
    for await (const object of from.changesSince(0)) {
      if (object.value === null) continue;
      if (length + object.value.length > LONGEST_CHANGE) {
        await write(waiting);
        waiting = [];
        length = 0;
      }
      waiting.push(object);
      length += object.value.length;
      copied[object.kind === 'cluster' ? 'clusters' : 'others'] += 1;
    }
    await write(waiting);
    return copied;
  }

  /**
   * Opens a shared store, or a folder as one; `close` also closes the folder. Throws `shared.incomplete` for a folder
   * with entries that a copy would lose.
   */
  async open(place: string, { readOnly }: { readOnly: boolean }): Promise<SharedStore> {
    if (isSharedAddress(place)) return this.#stores.open(place);
    const inventory = await this.#openOwn(place, readOnly);
    const isIncomplete =
      inventory.unreadable().length > 0 || inventory.findings().some(({ rule }) => rule === 'store.entry-unreadable');
    if (isIncomplete) throw new ConsoleError('shared.incomplete', { path: place });
    const trail = await AuditTrail.open(this.#ports, place, { readOnly });
    const { crypto } = this.#ports;
    const sha256Hex = (bytes: Uint8Array): string => crypto.sha256Hex(bytes);
    const store = await FolderStore.open({ inventory, trail, ports: this.#ports, sha256Hex });
    const close = store.close.bind(store);
    store.close = async () => {
      await close();
      await trail.close();
      if (!readOnly) await inventory.close();
    };
    return store;
  }

  /** Writes the lines of a shared store’s trail to a file in a folder; returns its path. */
  async saveTrail(from: SharedStore, folder: string): Promise<string> {
    const { files } = this.#ports;
    const path = files.join(folder, COPIED_TRAIL);
    await files.replace(
      path,
      (async function* () {
        for await (const line of from.lines(1)) yield `${line}\n`;
      })(),
    );
    return path;
  }

  #openOwn(folder: string, readOnly = false): Promise<Store> {
    const { sharedStores: _, ...ports } = this.#ports;
    return openStore(ports, folder, { readOnly });
  }

  #openJoined(folder: string, readOnly = false) {
    const { files } = this.#ports;
    return openJoinedStore(storeContext(this.#ports, folder, { readOnly }), files.join(folder, JOINED_FILE));
  }

  async #checkContained(folder: string, shared: SharedStore): Promise<void> {
    const store = await this.#openOwn(folder);
    try {
      // The settings of the fleet take the place of those in the folder.
      const objects = (await listObjects(store)).filter(({ kind }) => kind !== 'settings');
      const own = new Map(objects.map((object) => [objectName(object), object.value]));
      if (own.size === 0) return;
      for await (const object of shared.changesSince(0))
        if (own.get(objectName(object)) === object.value) own.delete(objectName(object));
      if (own.size > 0) throw new ConsoleError('shared.folder-in-use', { path: folder });
    } finally {
      await store.close();
    }
  }

  /** Sends a notice to itself by a claim, which changes no object. */
  async #isNoticed(shared: SharedStore): Promise<boolean> {
    const { scheduler, ids } = this.#ports;
    let calls = 0;
    const stop = shared.watch((isReached) => (calls += isReached ? 1 : 0));
    try {
      const wait = async (count: number): Promise<boolean> => {
        for (let waitedMs = 0; calls < count && waitedMs < NOTICE_WITHIN_MS; waitedMs += 20) await scheduler.wait(20);
        return calls >= count;
      };
      if (!(await wait(1))) return false;
      const claim = await shared.claim(`notice/${this.#stores.computer}`, ids.next(), 1);
      const isNoticed = await wait(2);
      await shared.release(claim);
      return isNoticed;
    } finally {
      await stop();
    }
  }
}

export function isSharedAddress(text: string): boolean {
  return /^postgres(?:ql)?:\/\//u.test(text);
}

export function readCopyState(shared: SharedCopy, working: readonly WorkingConsole[]): SharedCopyState {
  const { address, revision, currentAt, problem } = shared.state();
  return { address, revision, working, ...(currentAt && { currentAt }), ...(problem && { problem }) };
}

/** Throws `shared.away`. */
export async function listWorking(shared: Pick<SharedStore, 'listClaims'>): Promise<WorkingConsole[]> {
  const claims = await shared.listClaims(RUN_CLAIM);
  return claims.map(({ name, owner: by, until }) => ({ cluster: name.slice(RUN_CLAIM.length), by, until }));
}
