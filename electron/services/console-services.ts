import type { ThreadCalls } from '../../core/node/threads/thread-calls.ts';
import type { Ports } from '../../core/shared/ports.ts';
import type { ComputingCalls, ComputingStart } from './computing.ts';
import type { MainCalls, ServicesStart } from './main-calls.ts';
import type { OpenedFolder, ServicesCalls } from './program.ts';
import { ServiceThread } from './service-thread.ts';

export interface ConsoleServicesOptions {
  start: ServicesStart;
  main: MainCalls;
  ports: Pick<Ports, 'ids' | 'log'>;
  /** Opens the data folder by `attempt`; the admin may want another one. Never settles when there is nothing to open. */
  open: (attempt: () => Promise<OpenedFolder>) => Promise<OpenedFolder>;
  /** Called when the services have ended unexpectedly and are being started again, with the id of the entry in the log. */
  onEnded: (logId: string) => void;
}

/**
 * The services of the console in two threads. One has the data folder and answers almost everything; the other one, started
 * when it is first asked, reads the folder to compute plans and forecasts, so that no screen waits for those.
 */
export class ConsoleServices {
  readonly #options: ConsoleServicesOptions;
  readonly #services: ServiceThread<ServicesCalls, OpenedFolder>;
  #computing: ServiceThread<ComputingCalls, void> | undefined;

  constructor(options: ConsoleServicesOptions) {
    const { start, main, ports, open, onEnded } = options;
    const announce: MainCalls['announce'] = (feature, event, payload) => {
      const isChange = feature === 'settings' || (feature === 'inventory' && event !== 'importProgress');
      // It is asked again afterwards, and fails then if it fails now.
      if (isChange) this.#computing?.call('change').catch(() => undefined);
      main.announce(feature, event, payload);
    };
    this.#options = options;
    this.#services = new ServiceThread({
      program: 'services.cjs',
      start,
      main: { ...main, announce },
      ports,
      open: (calls) => open(() => calls.call('open')),
      onEnded,
    });
  }

  /** The data folder, once it is open. */
  get opened(): Promise<OpenedFolder> {
    return this.#services.opened;
  }

  /** Asks the services once the data folder is open. */
  get call(): ThreadCalls<ServicesCalls>['call'] {
    return this.#services.call;
  }

  /** Answers a call of the page, of which nothing has been checked. */
  async answer(method: unknown, argument: unknown): Promise<unknown> {
    const { computed } = await this.opened;
    if (!computed.some((name) => name === method)) return this.call('call', method, argument);
    this.#computing ??= this.#startComputing();
    return this.#computing.call('call', method, argument);
  }

  /** Ends runs, waits for every write under way, and releases the data folder, if it is open. */
  async close(): Promise<void> {
    await this.#computing?.end();
    await this.#services.end(async (calls) => {
      await calls.call('closeRuns');
      await calls.call('close');
    });
  }

  #startComputing(): ServiceThread<ComputingCalls, void> {
    const { start, ports } = this.#options;
    const { dataFolder } = start;
    return new ServiceThread<ComputingCalls, void>({
      program: 'computing.cjs',
      start: { dataFolder } satisfies ComputingStart,
      main: {},
      ports,
      open: (calls) => calls.call('change'),
      // The call that ended it has failed, which the page shows.
      onEnded: () => undefined,
    });
  }
}
