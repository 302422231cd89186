import type { ImportReport } from '../inventory/contract.ts';
import { ConsoleError, type Note, type Service } from '../shared/problem.ts';
import type { Ports } from '../shared/ports.ts';
import type { KnownLab, LabApi } from './contract.ts';
import type { LabStatus } from './model/lab.ts';
import { labReadme } from './readme.ts';
import { LabOperator, type LabContext } from './service.ts';
import type { KnownLabs } from './store/known-labs.ts';

const LOG_LINES = 60;

interface LabApiContext extends Omit<LabContext, 'readme'> {
  ports: LabContext['ports'] & Pick<Ports, 'host' | 'ids' | 'tickets'>;
  known: KnownLabs;
  importFolder: (folder: string) => Promise<ImportReport>;
  announceMaking: (making: { made: number; total: number }) => void;
}

/** Serves the known labs to the window, which has ids instead of paths. */
export function labApi({ known, importFolder, announceMaking, ...context }: LabApiContext): Service<LabApi> {
  const { host, tickets } = context.ports;
  const operator = new LabOperator({ ...context, readme: labReadme });
  const list = async (): Promise<KnownLab[]> => Promise.all((await known.list()).map(describe));
  const describe = async (place: { id: string; folder: string }): Promise<KnownLab> => {
    try {
      return { ...place, status: await operator.status(place.folder) };
    } catch (error) {
      if (!(error instanceof ConsoleError)) throw error;
      return { ...place, fault: error.code === 'lab.absent' ? 'absent' : 'damaged' };
    }
  };
  /** Looks up the folder, and adds it to the audit trail. */
  const find = async (id: string, note?: Note): Promise<string> => {
    const folder = await known.find(id);
    note?.({ subject: folder });
    return folder;
  };
  type Change = (folder: string, machine?: string) => Promise<LabStatus>;
  const change =
    (work: Change) =>
    async ({ lab, machine }: { lab: string; machine?: string }, note?: Note): Promise<LabStatus> =>
      work(await find(lab, note), machine);
  return {
    list,
    open: async ({ source }) => {
      const folder = tickets.take(source, 'read:lab');
      await operator.status(folder);
      await known.add(folder);
      return list();
    },
    create: async ({ source, outage, ...request }, note) => {
      const folder = tickets.take(source, 'read:lab');
      note?.({ subject: folder });
      const options = { ...request, ...(outage !== undefined && { outage }), onProgress: announceMaking };
      const status = await operator.create({ folder, ...options });
      return { ...(await known.add(folder)), status };
    },
    start: change((folder) => operator.start(folder)),
    stop: change((folder) => operator.stop(folder)),
    switchOff: change((folder, machine) => operator.switchOff(folder, machine)),
    switchOn: change((folder, machine) => operator.switchOn(folder, machine)),
    remove: async ({ lab }, note) => {
      await operator.remove(await find(lab, note));
      await known.forget(lab);
      return list();
    },
    forget: async ({ lab }) => {
      await known.forget(lab);
      return list();
    },
    import: async ({ lab }, note) => importFolder(await find(lab, note)),
    readLog: async ({ lab, machine }) => {
      const text = await operator.readLog(await find(lab), machine);
      return { text: text.split('\n').slice(-LOG_LINES).join('\n') };
    },
    showFolder: async ({ lab }) => {
      await host.showFolder?.(await find(lab));
      return null;
    },
  };
}
