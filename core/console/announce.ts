import type { ConsoleEvents } from '../contract.ts';

/** Resolves when main has received the data. */
export type Announce = <F extends keyof ConsoleEvents, E extends keyof ConsoleEvents[F]>(
  feature: F,
  event: E,
  payload: ConsoleEvents[F][E],
) => unknown;

export function announceFor<F extends keyof ConsoleEvents>(announce: Announce, feature: F) {
  return <E extends keyof ConsoleEvents[F]>(event: E, payload: ConsoleEvents[F][E]): unknown =>
    announce(feature, event, payload);
}
