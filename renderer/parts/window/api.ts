import type { ConsoleApi, ConsoleEvents } from '../../../core/contract.ts';

/** Returns a function that stops listening. */
type Listen<Event> = (listener: (event: Event) => void) => () => void;

/** The contract as the page sees it: methods by feature, events under `on`. */
export type Api = ConsoleApi & {
  on: {
    [Feature in keyof ConsoleEvents]: { [Name in keyof ConsoleEvents[Feature]]: Listen<ConsoleEvents[Feature][Name]> };
  };
};
