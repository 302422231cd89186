import type { Services } from '../audit/recorder.ts';
import type { ConsoleApi } from '../contract.ts';
import { forecastService } from '../forecast/service.ts';
import { fleetSource } from '../inventory/fleet.ts';
import { clusterFleet } from '../expiry/fleet.ts';
import { maintenanceService } from '../maintenance/service.ts';
import { repairService } from '../repair/service.ts';
import type { Printing } from '../formats/print.ts';
import { MINUTE_MS } from '../shared/instant.ts';
import type { Ports } from '../shared/ports.ts';
import type { Store } from '../inventory/store/data-store.ts';
import type { Wording } from '../shared/text/text.ts';
import { updateService } from '../update/service.ts';

export interface ComputingContext {
  ports: Pick<Ports, 'clock' | 'crypto' | 'files' | 'scheduler' | 'tickets'> & Printing;
  store: () => Store;
  wording: () => Wording;
}

export function createComputingServices(
  context: ComputingContext,
): Pick<Services<ConsoleApi>, 'forecast' | 'maintenance' | 'repair' | 'update'> {
  const { ports, store, wording } = context;
  const pause = () => ports.scheduler.yield();
  const fleet = () => clusterFleet(fleetSource(store()), store().settings(), ports.clock.now());
  const planning = { ports, wording, fleet: () => ({ ...fleet(), planning: store().settings().planning }) };
  return {
    forecast: forecastService({ fleet, pause, stepMs: MINUTE_MS }),
    maintenance: maintenanceService(planning),
    repair: repairService(planning),
    update: updateService(planning),
  };
}
