import { answer } from '../../shared/verb/answer.ts';
import type { Invocation } from '../../shared/verb/invocation.ts';
import { tabulate } from '../../shared/verb/table.ts';
import { EXIT, type ExitCode } from '../../shared/verb/usage.ts';
import type { Ports } from '../../shared/ports.ts';
import { isSharedAddress, SharedStoreService, type CopiedStore } from '../service.ts';

/** The word that ends the use of a shared store. */
const FOLDER = 'folder';

export async function storeUse(invocation: Invocation): Promise<ExitCode> {
  const { dataFolder, translate, words, world } = invocation;
  const [address = ''] = words;
  if (address === FOLDER) {
    const left = await alone(invocation, dataFolder, (service) => service.leave(dataFolder));
    return answer(invocation, left, translate('cli.store.left', { path: dataFolder, ...left }));
  }
  const joined = await alone(invocation, dataFolder, (service) => service.join(dataFolder, address));
  const { clusters, revision, isNoticed } = joined;
  if (!isNoticed) world.notice(translate('cli.store.quiet'));
  return answer(invocation, joined, translate('cli.store.joined', { path: dataFolder, clusters, revision }));
}

/** Exit code 1 if the shared store cannot be used now. */
export async function storeStatus(invocation: Invocation): Promise<ExitCode> {
  const { dataFolder, ports, translate } = invocation;
  const status = await new SharedStoreService(ports).status(dataFolder);
  const { address, revision = 0, head = revision, currentAt, problem, working = [] } = status;
  if (address === undefined) return answer(invocation, status, translate('cli.store.own', { path: dataFolder }));
  const state =
    problem === undefined
      ? translate('cli.store.state.connected')
      : translate(`problem.${problem.code}`, problem.params);
  const rows = [
    [translate('cli.store.column.address'), address],
    [translate('cli.store.column.state'), state],
    [translate('cli.store.column.revision'), `${revision} / ${head}`],
    [translate('cli.store.column.currentAt'), currentAt ?? translate('cli.store.never')],
    ...working.map(({ by, cluster, until }) => [cluster, translate('team.working', { by, until })]),
  ];
  answer(invocation, status, tabulate(['', ''], rows));
  return problem === undefined ? EXIT.fine : EXIT.attention;
}

export async function storeCopy(invocation: Invocation): Promise<ExitCode> {
  const { paths, ports, translate, words, world } = invocation;
  const [from = '', to = ''] = words.map((word, index) => (isSharedAddress(word) ? word : (paths[index] ?? word)));
  const copied = isSharedAddress(to)
    ? await copy(new SharedStoreService(ports))
    : await alone(invocation, to, (service) => copy(service));
  world.progress?.('');
  if (copied.trail !== undefined) world.notice(translate('cli.store.trail', { path: copied.trail }));
  return answer(invocation, copied, translate('cli.store.copied', { ...copied }));

  async function copy(service: SharedStoreService): Promise<CopiedStore> {
    if (!isSharedAddress(from)) await world.checkData(ports, from);
    const source = await service.open(from, { readOnly: true });
    try {
      const target = await service.open(to, { readOnly: false });
      try {
        const copied = await service.copy(source, target, to, (count) =>
          world.progress?.(translate('cli.store.progress', { count })),
        );
        const isBackup = isSharedAddress(from) && !isSharedAddress(to);
        return isBackup ? { ...copied, trail: await service.saveTrail(source, to) } : copied;
      } finally {
        await target.close();
      }
    } finally {
      await source.close();
    }
  }
}

export async function storeSchema({ line, ports, world }: Invocation): Promise<ExitCode> {
  const sql = new SharedStoreService(ports).schema();
  if (line.json) world.json({ sql });
  else world.document(sql);
  return EXIT.fine;
}

/** Works while no other process can use the folder. */
function alone<T>(
  { ports, world }: Invocation,
  folder: string,
  work: (service: SharedStoreService) => Promise<T>,
): Promise<T> {
  const open = (fenced: Ports) =>
    Promise.resolve({ service: new SharedStoreService(fenced), close: () => Promise.resolve() });
  return world.workAlone({ ports, dataFolder: folder }, open, ({ service }) => work(service));
}
