import { DEFAULT_SETTINGS } from '../../../core/settings/model/settings.ts';
import { memoryStore } from '../../../core/inventory/store/memory-store.ts';
import { testPorts } from '../../support/ports.ts';
import { TestWorld } from '../cli/test-world.ts';
import { FOLDER, NOW, type FolderFiles } from './fleet.ts';
import { quickKeys } from './quick-keys.ts';

/** Makes a command line with these files, an empty data folder and the time of the demo fleet. */
export function fleetWorld(files: FolderFiles, keys = quickKeys()): TestWorld {
  const ports = { ...testPorts(files), keys };
  ports.clock.moment = NOW;
  const world = new TestWorld(ports);
  world.store = {
    ...memoryStore(),
    settings: () => DEFAULT_SETTINGS,
    changeSettings: () => Promise.resolve(DEFAULT_SETTINGS),
    close: () => Promise.resolve(),
  };
  return world;
}

/** Writes the files of the demo fleet to `FOLDER`, but does not import them. */
export async function writeFleet(files: FolderFiles, keys = quickKeys()): Promise<void> {
  const { code } = await fleetWorld(files, keys).run('sample', '--out', FOLDER);
  if (code !== 0) throw new Error('no sample');
}
