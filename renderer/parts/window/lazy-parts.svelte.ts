import { createContext, type Component } from 'svelte';
import type { Screen } from '../../../core/shared/commands.ts';
import type { ExpiryView } from '../../../core/expiry/model/settings.ts';
import type { DialogId } from './navigation.ts';

/** Screens, views and dialogs, most of which the first frame does not need. */
export type PartName =
  | Screen
  | ExpiryView
  | DialogId
  | 'fleet-dialogs'
  | 'identity-dialogs'
  | 'examine'
  | 'long-report'
  | 'notification-dialogs';

export interface LazyPartsOptions {
  present: Readonly<Partial<Record<PartName, Component>>>;
  load: (name: PartName) => Promise<Component>;
  onmissing: () => void;
}

/** Parts that are loaded when first shown, or earlier while the page is idle. */
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

  part(name: PartName): Component | undefined {
    return this.#parts[name];
  }

  /** Resolves when the part can be shown or has been reported missing; after a failure, the next call tries again. */
  load(name: PartName): Promise<void> {
    if (this.#parts[name] !== undefined) return Promise.resolve();
    const loading = this.#loading.get(name) ?? this.#begin(name);
    this.#loading.set(name, loading);
    return loading;
  }

  /** Loads parts one by one, each when `idle` resolves. */
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

/** Returns the latest requested part that is loaded; for use in a derived state. */
export function trackLatest(lazyParts: LazyParts, wanted: () => PartName): () => Component | undefined {
  let shown: Component | undefined;
  return () => (shown = lazyParts.part(wanted()) ?? shown);
}

export const [useLazyParts, provideLazyParts] = createContext<LazyParts>();
