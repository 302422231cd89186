import type { ConsoleApi, ConsoleEvents } from '../../../core/contract.ts';

/** Calls `listener` on every event until the returned function is called. */
type Listen<Event> = (listener: (event: Event) => void) => () => void;

/** The contract as seen by the page: methods by feature, and events under `on`. */
export type Api = ConsoleApi & {
  on: {
    [Feature in keyof ConsoleEvents]: { [Name in keyof ConsoleEvents[Feature]]: Listen<ConsoleEvents[Feature][Name]> };
  };
};
