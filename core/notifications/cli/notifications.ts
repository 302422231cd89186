import { prometheusText } from '../../expiry/export/prometheus-text.ts';
import { clusterFleet, judgeFleet } from '../../expiry/fleet.ts';
import { fleetSource, readKnownFiles } from '../../inventory/fleet.ts';
import type { Store } from '../../inventory/store/data-store.ts';
import type { Ports } from '../../shared/ports.ts';
import type { Channel } from '../model/channel.ts';
import { SentChanges } from '../sent-changes.ts';
import type { Checked } from '../notifier.ts';
import { createNotifier, notificationsService } from '../service.ts';
import type { NotificationStore, openNotificationStore } from '../store/store.ts';
import { resolveLanguage } from '../../shared/text/language.ts';
import { loadLanguages } from '../../shared/text/text.ts';
import type { Invocation } from '../../shared/verb/invocation.ts';

/**
 * Opens the data folder for exclusive use. `extraChannels` are notified in this run only. Throws `store.locked` while
 * the console is open.
 */
export function runWithNotifications<T>(
  invocation: Invocation,
  work: (opened: {
    service: ReturnType<typeof notificationsService>;
    check: () => Promise<Checked>;
    store: NotificationStore;
    inventory: Store;
  }) => Promise<T>,
  extraChannels: readonly Channel[] = [],
): Promise<T> {
  const { ports, world, line, language } = invocation;
  const open = (given: Ports, dataFolder: string) => openTogether(world, given, dataFolder);
  return world.workAlone(invocation, open, async ({ store, notifications, audit }) => {
    // E-mails use the language chosen for the console, even if the account of a task has another one.
    const told = line.language ?? resolveLanguage(store.settings().language, language);
    await loadLanguages([told]);
    const source = () => fleetSource(store);
    const fleet = () => judgeFleet(source(), store.settings(), ports.clock.now());
    const watcher = createNotifier({
      ports,
      store: notifications,
      fleet,
      clusterFleet: () => clusterFleet(source(), store.settings(), ports.clock.now()),
      settings: () => store.settings(),
      language: () => told,
      auditHead: () => audit.head,
      metrics: (facts) => prometheusText({ ...facts, version: world.version }),
      extraChannels,
      sentChanges: store.shared && new SentChanges(store.shared, ports),
    });
    const check = async (): Promise<Checked> => watcher.check(await readKnownFiles(ports, store));
    const service = notificationsService({ ports, store: notifications, watcher, fleet, check });
    return work({ service, check, store: notifications, inventory: store });
  });
}

/** Loads the schemas only now, since a check without a data folder does not need them. */
export const openNotifications: typeof openNotificationStore = async (...given) =>
  (await import('../store/store.ts')).openNotificationStore(...given);

async function openTogether(world: Invocation['world'], ports: Ports, dataFolder: string) {
  const store = await world.openStore(ports, dataFolder);
  const notifications = await openNotifications(ports, dataFolder);
  const { AuditTrail } = await import('../../audit/store/audit.ts');
  const audit = await AuditTrail.open(ports, dataFolder, { claim: world.claim });
  return {
    ...{ store, notifications, audit },
    close: async (): Promise<void> => {
      await audit.close();
      await notifications.close();
      await store.close();
    },
  };
}
