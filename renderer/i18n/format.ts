import { epochMs, type Instant } from '../../core/shared/instant.ts';
import {
  formatBareUtc,
  formatCount,
  formatDay,
  formatInstant,
  formatSpan,
  formatTick,
  localZoneName,
  SHORT_SPAN_MS,
  type AxisUnit,
  type Zone,
} from '../../core/shared/text/time.ts';
import type { Language } from '../../core/shared/text/text.ts';

export class Formatter {
  readonly #language: () => Language;
  readonly #zone: () => Zone;

  /** Takes functions, so that formatted texts follow changes of the language and the time zone. */
  constructor(language: () => Language, zone: () => Zone) {
    this.#language = language;
    this.#zone = zone;
  }

  get language(): Language {
    return this.#language();
  }

  get zone(): Zone {
    return this.#zone();
  }

  moment(moment: Instant | number): string {
    return formatInstant(moment, this.language, this.zone);
  }

  local(moment: Instant | number): string {
    return formatInstant(moment, this.language, 'local');
  }

  utc(moment: Instant | number): string {
    return formatInstant(moment, this.language, 'utc');
  }

  /** Formats the time of day, beside the day. */
  time(moment: Instant): string {
    const time = this.tick(epochMs(moment), { unit: 'minute', isMajor: false });
    return this.zone === 'utc' ? `${time} UTC` : time;
  }

  bareUtc(moment: Instant | number): string {
    return formatBareUtc(moment, this.language);
  }

  otherZone(moment: Instant | number): string {
    return this.zone === 'utc' ? this.local(moment) : this.utc(moment);
  }

  day(moment: Instant | number, nowMs: number): string {
    return formatDay(moment, this.language, this.zone, nowMs);
  }

  /** Formats a time near `nowMs` as a moment, and any other as a day. */
  momentOrDay(ms: number, nowMs: number): string {
    return Math.abs(ms - nowMs) < SHORT_SPAN_MS ? this.moment(ms) : this.day(ms, nowMs);
  }

  tick(ms: number, unit: AxisUnit): string {
    return formatTick(ms, unit, this);
  }

  zoneName(moment: Instant | number): string {
    return localZoneName(moment, this.language);
  }

  /** Uses non-breaking spaces in Japanese, where a line may otherwise break before any character: `9 時間 12 分`. */
  span(ms: number): string {
    const span = formatSpan(ms, this.language);
    return this.language === 'ja' ? span.replaceAll(' ', '\u00a0') : span;
  }

  count(count: number): string {
    return formatCount(count, this.language);
  }
}
