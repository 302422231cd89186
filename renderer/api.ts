import type { ConsoleApi, ConsoleEvents } from '../core/contract.ts';

/** Calls `listener` at every event until the returned function is called. */
type Listen<Event> = (listener: (event: Event) => void) => () => void;

/** What the preload puts in the page: the contract's methods by feature, and its events under `on`. */
export type Api = ConsoleApi & {
  on: {
    [Feature in keyof ConsoleEvents]: { [Name in keyof ConsoleEvents[Feature]]: Listen<ConsoleEvents[Feature][Name]> };
  };
};

declare global {
  interface Window {
    arcwarden: Api;
  }
}

export function connect(): Api {
  return window.arcwarden;
}
