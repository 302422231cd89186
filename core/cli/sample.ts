import { importPaths } from '../inventory/import.ts';
import { sampleService } from '../sample/service.ts';
import type { Invocation } from './invocation.ts';

/** Opens the data folder as its only user and works with its sample fleet as the window does. `store.locked`. */
export function withSample<T>(
  { ports, world, dataFolder }: Invocation,
  work: (service: ReturnType<typeof sampleService>) => Promise<T>,
): Promise<T> {
  return world.withStore(ports, dataFolder, (store) =>
    work(
      sampleService({
        ports,
        dataFolder,
        importFolder: (folder) => importPaths(ports, store, [folder]),
        removeClusters: () => store.removeSamples(),
      }),
    ),
  );
}
