import type { Invocation } from '../../shared/verb/invocation.ts';
import { EXIT, type ExitCode } from '../../shared/verb/usage.ts';
import { inventoryOver, withInventory } from './context.ts';

/** `arcwarden inventory restore CLUSTER`, by name or id. */
export async function inventoryRestore(invocation: Invocation): Promise<ExitCode> {
  const { line, words, ports, translate, world } = invocation;
  const [wanted = ''] = words;
  const { cluster, isNew } = await withInventory(invocation, (store) =>
    inventoryOver(ports, store).restoreNamed(wanted),
  );
  const { id, name, credentials } = cluster;
  const count = credentials.length;
  if (line.json) world.json({ restored: { clusterId: id, name, credentials: count } });
  else world.out(`${translate(isNew ? 'cli.inventory.restored' : 'cli.inventory.restored.before', { name, count })}\n`);
  return EXIT.fine;
}
