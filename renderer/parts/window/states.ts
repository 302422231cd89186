import { createContext } from 'svelte';

export { useText } from '../../i18n/text.svelte.ts';
export { useNavigation } from './navigation.ts';

const [useStates, setStates] = createContext<ReadonlyMap<unknown, object>>();

type StateClass<T> = abstract new (...given: never[]) => T;

export function provideStates(states: readonly object[]): void {
  setStates(new Map(states.map((state) => [state.constructor, state])));
}

/** Returns a feature's state; call this during component setup. */
export function useState<T extends object>(kind: StateClass<T>): T {
  const state = useStates().get(kind);
  if (state === undefined) throw new Error(`the window has no ${kind.name}`);
  return state as T;
}
