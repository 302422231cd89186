import { joinLines, readLine } from '../core/shared/stepwise/json-pieces.ts';
import type { Bridge } from '../core/shared/contract/bridge.ts';
import { mapInSlices } from './parts/slices.svelte.ts';
import type { Api } from './parts/window/api.ts';

declare global {
  interface Window {
    arcwarden: Bridge;
  }
}

/** Creates each member on first access, because the names exist only in types. */
const createByName = <T>(make: (name: string) => T): Record<string, T> =>
  new Proxy({}, { get: (_target, name) => make(String(name)) });

export function connect(bridge: Bridge = window.arcwarden): Api {
  const on = createByName((feature) =>
    createByName(
      (event) => (listener: Parameters<Bridge['listen']>[1]) => bridge.listen(`${feature}.${event}`, listener),
    ),
  );
  const methods = (feature: string): unknown =>
    createByName((method) => async (argument?: unknown) => {
      const answer = await bridge.call(`${feature}.${method}`, argument);
      // Main sends a long answer as lines of JSON.
      return Array.isArray(answer) ? joinLines((await mapInSlices(answer as Uint8Array[], readLine)) ?? []) : answer;
    });
  return createByName((name) => (name === 'on' ? on : methods(name))) as unknown as Api;
}
