import { instantFromMs, MINUTE_MS } from '../../core/shared/instant.ts';
import { resolveTimeZone } from '../../core/maintenance/model/rules.ts';
import { formatInZone, formatTimeInZone, localTimeZone } from '../../core/shared/text/zoned-time.ts';
import type { UpdateAnswers } from '../../core/update/contract.ts';
import type { UpdatePlanning } from '../../core/update/model/planning.ts';
import { scheduleUpdate, type UpdatePart } from '../../core/update/model/schedule.ts';
import type { Span } from '../../core/shared/time-zone.ts';
import { PlanSaving } from '../plan/plan-saving.svelte.ts';
import type { WindowServices } from '../parts/window/services.ts';

type Planned = () => { planning: UpdatePlanning; answers: UpdateAnswers } | undefined;

export type ScheduleView =
  | { kind: 'window'; from: string; until: string; done: string }
  | { kind: 'split'; parts: { name: string; from: string; until: string }[] }
  | { kind: 'too-short'; name: string; takes: string; longest: string; missing: string }
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
    const { minutes } = planned.planning;
    const { window, longestMinutes, split, tooLong } = scheduleUpdate(planned.planning, rules, this.#nowMs);
    const formatSpan = ({ startMs, endMs }: Span) => ({
      from: formatInZone(instantFromMs(startMs), text.language, rules.timeZone),
      until: formatTimeInZone(instantFromMs(endMs), text.language, rules.timeZone),
    });
    const formatName = ({ cluster }: UpdatePart): string => cluster ?? text.t('update.choose.hosts');
    if (split !== undefined)
      return { kind: 'split', parts: split.map((part) => ({ name: formatName(part), ...formatSpan(part.span) })) };
    if (tooLong !== undefined) {
      const [takes, longest, missing] = [tooLong.minutes, longestMinutes, tooLong.minutes - longestMinutes].map(
        (length) => text.format.span(length * MINUTE_MS),
      ) as [string, string, string];
      return { kind: 'too-short', name: formatName(tooLong), takes, longest, missing };
    }
    if (window === undefined) return { kind: 'none' };
    const done = instantFromMs(window.startMs + minutes * MINUTE_MS);
    return { kind: 'window', ...formatSpan(window), done: formatTimeInZone(done, text.language, rules.timeZone) };
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
