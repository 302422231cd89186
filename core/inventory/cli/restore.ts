import type { Invocation } from '../../shared/verb/invocation.ts';
import { EXIT, type ExitCode } from '../../shared/verb/usage.ts';
import { inventoryOver } from './context.ts';

/** `arcwarden inventory restore CLUSTER`, by name or id. */
export async function inventoryRestore({
  line,
  words,
  ports,
  translate,
  world,
  dataFolder,
}: Invocation): Promise<ExitCode> {
  const [wanted = ''] = words;
  const { cluster, isNew } = await world.withStore(ports, dataFolder, (store) =>
    inventoryOver(ports, store).restoreNamed(wanted),
  );
  const { id, name, credentials } = cluster;
  const count = credentials.length;
  if (line.json) world.json({ restored: { clusterId: id, name, credentials: count } });
  else world.out(`${translate(isNew ? 'cli.inventory.restored' : 'cli.inventory.restored.before', { name, count })}\n`);
  return EXIT.fine;
}
