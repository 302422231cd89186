import type { ThreadCalls } from '../../core/node/threads/thread-calls.ts';
import type { Ports } from '../../core/shared/ports.ts';
import type { ComputingCalls } from './computing.ts';
import type { MainCalls, ServicesStart } from './main-calls.ts';
import type { OpenedFolder, ServicesCalls } from './program.ts';
import { ServiceThread } from './service-thread.ts';

export interface ConsoleServicesOptions {
  start: ServicesStart;
  main: MainCalls;
  ports: Pick<Ports, 'ids' | 'log'>;
  /** Calls `attempt` until it succeeds. Never settles without a folder. */
  open: (attempt: () => Promise<OpenedFolder>) => Promise<OpenedFolder>;
  onEnded: (logId: string) => void;
}

/**
 * Runs two threads: one works on the data folder; the other starts on demand and computes plans and forecasts, so that
 * no screen waits for them.
 */
export class ConsoleServices {
  readonly #options: ConsoleServicesOptions;
  readonly #services: ServiceThread<ServicesCalls, OpenedFolder>;
  #computing: ServiceThread<ComputingCalls, void> | undefined;

  constructor(options: ConsoleServicesOptions) {
    const { start, main, ports, open, onEnded } = options;
    const announce: MainCalls['announce'] = (feature, event, payload) => {
      const isChange = feature === 'settings' || (feature === 'inventory' && event !== 'importProgress');
      // A failure would recur with the next request.
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

  get whenOpen(): Promise<OpenedFolder> {
    return this.#services.whenOpen;
  }

  get call(): ThreadCalls<ServicesCalls>['call'] {
    return this.#services.call;
  }

  async answer(method: unknown, argument: unknown): Promise<unknown> {
    const { computed } = await this.whenOpen;
    if (!computed.some((name) => name === method)) return this.call('call', method, argument);
    this.#computing ??= this.#startComputing();
    return this.#computing.call('call', method, argument);
  }

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
      start: { dataFolder },
      main: {},
      ports,
      open: (calls) => calls.call('change'),
      // The page shows that its call failed.
      onEnded: () => undefined,
    });
  }
}
