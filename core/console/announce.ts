import type { ConsoleEvents } from '../contract.ts';

/** Sends plain data to all listeners. */
export type Announce = <F extends keyof ConsoleEvents, E extends keyof ConsoleEvents[F]>(
  feature: F,
  event: E,
  payload: ConsoleEvents[F][E],
) => void;

export function announceFor<F extends keyof ConsoleEvents>(announce: Announce, feature: F) {
  return <E extends keyof ConsoleEvents[F]>(event: E, payload: ConsoleEvents[F][E]): void => {
    announce(feature, event, payload);
  };
}
