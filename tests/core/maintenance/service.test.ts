import { expect, test } from 'vitest';
import { watchedSteps } from '../../../core/inventory/fleet.ts';
import type { Cluster } from '../../../core/inventory/model/credential.ts';
import { maintenanceService } from '../../../core/maintenance/service.ts';
import { memoryTickets } from '../../../core/node/tickets.ts';
import { DEFAULT_SETTINGS } from '../../../core/settings/model/settings.ts';
import type { ClusterId } from '../../../core/shared/ids.ts';
import { instant } from '../../../core/shared/instant.ts';
import { CountedScheduler, testPorts } from '../../support/ports.ts';
import { ENGLISH } from './export/plans.ts';

const CLUSTERS = 200;

function asking() {
  const clusters = Array.from({ length: CLUSTERS }, (_, number): Cluster => {
    const id = `cluster-${number}` as ClusterId;
    return { id, name: id, kind: 'kubernetes', addresses: [], credentials: [], history: [] };
  });
  let settings = DEFAULT_SETTINGS;
  let looked = 0;
  const scheduler = new CountedScheduler();
  const steps = watchedSteps(
    { clock: { now: () => instant('2026-11-24T12:00:00Z') }, scheduler },
    {
      clusters: () => clusters,
      foreign: () => undefined,
      placements: () => [],
      unreadable: () => [],
      settings: () => settings,
    },
  );
  const fleet: typeof steps.fleet = () => {
    const { rowsOf, ...rest } = steps.fleet();
    return {
      ...rest,
      rowsOf: (cluster) => {
        looked += 1;
        return rowsOf(cluster);
      },
    };
  };
  const ports = { ...testPorts(), tickets: memoryTickets() };
  const planned = () => ({ ...fleet(), planning: settings.planning });
  const service = maintenanceService({ ports, fleet: planned, work: steps.oneByOne(), wording: () => ENGLISH });
  const plan = async (horizonDays: number): Promise<number> => {
    settings = { ...settings, planning: { ...settings.planning, horizonDays } };
    return (await service.plan()).rules.horizonDays;
  };
  return { plan, looked: () => looked, scheduler };
}

test('of several plans in a row only the last is made, and whoever asked before gets it as well', async () => {
  const alone = asking();
  expect(await alone.plan(90)).toBe(90);

  const { plan, looked, scheduler } = asking();
  const first = plan(30);
  // It is being made when the next ones are asked for.
  while (scheduler.yields < 2) await Promise.resolve();
  expect(looked()).toBeLessThan(CLUSTERS);
  const before = looked();
  expect(await Promise.all([first, plan(60), plan(90)])).toEqual([90, 90, 90]);
  expect(looked() - before).toBeLessThan(alone.looked() + 10);
});
