import { instantFromMs, MINUTE_MS } from '../../core/shared/instant.ts';
import { roomFor } from '../../core/maintenance/model/room.ts';
import { resolveTimeZone } from '../../core/maintenance/model/rules.ts';
import { formatInZone, formatTimeInZone, localTimeZone } from '../../core/shared/text/zoned-time.ts';
import type { UpdateAnswers } from '../../core/update/contract.ts';
import { PlanSaving } from '../plan/plan-saving.svelte.ts';
import type { WindowServices } from '../parts/window/services.ts';

type Planned = () => { minutes: number; answers: UpdateAnswers } | undefined;

export type ScheduleView =
  | { kind: 'window'; from: string; until: string; done: string }
  | { kind: 'too-short'; longest: string }
  | { kind: 'none' };

const SUGGESTED_NAME = 'aks-update';

export class UpdateScheduleState {
  #services: WindowServices;
  #planned: Planned;
  readonly files: PlanSaving<'ics'>;

  /** Rounded down to minutes, because windows begin and end on a minute. */
  readonly #nowMs = $derived.by(() => Math.floor(this.#services.now.current / MINUTE_MS) * MINUTE_MS);

  readonly view: ScheduleView | undefined = $derived.by(() => {
    const planned = this.#planned();
    if (planned === undefined) return undefined;
    const { settings, text } = this.#services;
    const rules = resolveTimeZone(settings.values.planning, localTimeZone());
    const { window, longestMinutes } = roomFor(planned.minutes, rules, this.#nowMs);
    if (window === undefined)
      return longestMinutes === 0
        ? { kind: 'none' }
        : { kind: 'too-short', longest: text.format.span(longestMinutes * MINUTE_MS) };
    const from = instantFromMs(window.startMs);
    const done = instantFromMs(window.startMs + planned.minutes * MINUTE_MS);
    return {
      kind: 'window',
      from: formatInZone(from, text.language, rules.timeZone),
      until: formatTimeInZone(instantFromMs(window.endMs), text.language, rules.timeZone),
      done: formatTimeInZone(done, text.language, rules.timeZone),
    };
  });

  constructor(services: WindowServices, planned: Planned) {
    this.#services = services;
    this.files = new PlanSaving(services, SUGGESTED_NAME);
    this.#planned = planned;
  }

  async save(): Promise<void> {
    const { api, settings } = this.#services;
    const answers = this.#planned()?.answers;
    if (answers === undefined) return;
    // Main reads the saved rules.
    await settings.save();
    await this.files.save('ics', (target) => api.update.exportWindow({ answers, target }));
  }
}
