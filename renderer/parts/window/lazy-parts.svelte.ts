import { createContext, type Component } from 'svelte';
import type { Screen } from '../../../core/shared/commands.ts';
import type { ExpiryView } from '../../../core/expiry/model/settings.ts';
import type { DialogId } from './navigation.ts';

/** Parts of the window that need not be there for its first frame. */
export type PartName = Screen | ExpiryView | DialogId | 'identity-dialogs' | 'long-report' | 'notification-dialogs';

export interface LazyPartsOptions {
  /** Those of the first frame. */
  present: Readonly<Partial<Record<PartName, Component>>>;
  load: (name: PartName) => Promise<Component>;
  /** Called each time that a part cannot be loaded. */
  onmissing: () => void;
}

/** Parts of the window that are loaded when they are first shown, or before that, when there is nothing else to do. */
export class LazyParts {
  readonly #load: LazyPartsOptions['load'];
  readonly #onmissing: () => void;
  readonly #loading = new Map<PartName, Promise<void>>();
  #parts: LazyPartsOptions['present'] = $state.raw({});

  constructor({ present, load, onmissing }: LazyPartsOptions) {
    this.#parts = present;
    this.#load = load;
    this.#onmissing = onmissing;
  }

  /** A part, once it is loaded. */
  part(name: PartName): Component | undefined {
    return this.#parts[name];
  }

  /** Resolves when the part can be shown, or when it has been told that it cannot. A failure is tried again. */
  load(name: PartName): Promise<void> {
    if (this.#parts[name] !== undefined) return Promise.resolve();
    const loading = this.#loading.get(name) ?? this.#begin(name);
    this.#loading.set(name, loading);
    return loading;
  }

  /** Loads these parts one after the other, each when `idle` resolves: whoever opens one later does not wait. */
  async loadAll(names: readonly PartName[], idle: () => Promise<unknown>): Promise<void> {
    for (const name of names) {
      await idle();
      await this.load(name);
    }
  }

  async #begin(name: PartName): Promise<void> {
    try {
      this.#parts = { ...this.#parts, [name]: await this.#load(name) };
    } catch {
      this.#onmissing();
    } finally {
      this.#loading.delete(name);
    }
  }
}

/** For a derived state: of the parts that are wanted one after the other, the last that is there. */
export function trackLatest(lazyParts: LazyParts, wanted: () => PartName): () => Component | undefined {
  let shown: Component | undefined;
  return () => (shown = lazyParts.part(wanted()) ?? shown);
}

export const [useLazyParts, provideLazyParts] = createContext<LazyParts>();
