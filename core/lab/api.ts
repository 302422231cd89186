import type { ImportReport } from '../inventory/contract.ts';
import { ConsoleError, type Service } from '../shared/problem.ts';
import { unlessAbsent } from '../store/durable-json-file.ts';
import type { LabApi, LabListing } from './contract.ts';
import { labReadme } from './readme.ts';
import { LabOperator, type LabContext } from './service.ts';

const FOLDER = 'labs';
const MOST_LABS = 9;
const LOG_LINES = 60;

interface LabApiContext extends Omit<LabContext, 'readme'> {
  dataFolder: string;
  importFolder: (folder: string) => Promise<ImportReport>;
  announceMaking: (making: { made: number; total: number }) => void;
}

/** Serves the labs in the data folder to the window. */
export function labApi({ dataFolder, importFolder, announceMaking, ...context }: LabApiContext): Service<LabApi> {
  const { files } = context.ports;
  const folder = files.join(dataFolder, FOLDER);
  const operator = new LabOperator({ ...context, readme: labReadme });
  const findFolder = (name: string): string => files.join(folder, name);
  const list = async (): Promise<LabListing> => {
    const listing: LabListing = { labs: [], damaged: [] };
    for (const name of (await unlessAbsent(files.list(folder))) ?? [])
      try {
        listing.labs.push({ name, status: await operator.status(findFolder(name)) });
      } catch (error) {
        if (!(error instanceof ConsoleError)) throw error;
        listing.damaged.push(name);
      }
    return listing;
  };
  const change = async (work: Promise<unknown>): Promise<LabListing> => {
    await work;
    return list();
  };
  return {
    list,
    create: async ({ outage, ...request }) => {
      const names = (await unlessAbsent(files.list(folder))) ?? [];
      const kind = outage ?? 'healthy';
      const free = Array.from({ length: MOST_LABS }, (_, at) => `${kind}-${at + 1}`).find(
        (name) => !names.includes(name),
      );
      if (free === undefined) throw new ConsoleError('lab.folder-in-use', { path: folder });
      const options = { ...request, ...(outage !== undefined && { outage }), onProgress: announceMaking };
      return change(operator.create({ folder: findFolder(free), ...options }));
    },
    start: ({ lab }) => change(operator.start(findFolder(lab))),
    stop: ({ lab }) => change(operator.stop(findFolder(lab))),
    switchOff: ({ lab, machine }) => change(operator.switchOff(findFolder(lab), machine)),
    switchOn: ({ lab, machine }) => change(operator.switchOn(findFolder(lab), machine)),
    remove: ({ lab }) => change(operator.remove(findFolder(lab))),
    import: ({ lab }) => importFolder(findFolder(lab)),
    readLog: async ({ lab, machine }) => {
      const { machines } = await operator.status(findFolder(lab));
      const log = machines.find(({ name }) => name === machine)?.log;
      const text = log === undefined ? '' : await operator.readLog(log);
      return { text: text.split('\n').slice(-LOG_LINES).join('\n') };
    },
  };
}
