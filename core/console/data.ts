import { AuditTrail } from '../audit/store/audit.ts';
import { openAuthorities, type AuthorityStore } from '../authorities/store/store.ts';
import type { ClaimFolder, Ports } from '../shared/ports.ts';
import { columnSource } from '../inventory/store/rows.ts';
import { openStore } from '../settings/store/store.ts';
import type { Store } from '../inventory/store/data-store.ts';
import { openRevocationStore, type RevocationStore } from '../revocation/store/store.ts';
import { openNotificationStore, type NotificationStore } from '../notifications/store/store.ts';

export interface ConsoleData {
  store: Store;
  authorities: AuthorityStore;
  notifications: NotificationStore;
  revocations: RevocationStore;
  audit: AuditTrail;
}

/**
 * Opens a data folder whose lock the caller holds. Throws `store.newer`, `store.not-writable` or `file.not-readable`.
 */
export async function openConsoleData(ports: Ports, dataFolder: string, claim: ClaimFolder): Promise<ConsoleData> {
  // The window does not wait for a database server: `createConsole` refreshes the copy.
  const store = await openStore(ports, dataFolder, { columns: columnSource(ports), staysAsItIs: true });
  const authorities = await openAuthorities(ports, dataFolder);
  const notifications = await openNotificationStore(ports, dataFolder, { toldLater: true });
  const revocations = await openRevocationStore(ports, dataFolder);
  return { store, authorities, notifications, revocations, audit: await AuditTrail.open(ports, dataFolder, { claim }) };
}

export async function closeConsoleData(data: ConsoleData): Promise<void> {
  const { store, authorities, notifications, revocations, audit } = data;
  await audit.close();
  await revocations.close();
  await notifications.close();
  await authorities.close();
  await store.close();
}
