import type { RoleId } from '../../knowledge/model/credentials/credentials.ts';
import type { Certainty, Citation, Statement } from '../../shared/citation.ts';
import {
  isMessageKey,
  type Language,
  type MessageKey,
  type MessageValues,
  type Translate,
} from '../../shared/text/text.ts';
import { formatCount, formatInstant, formatSpan, localZoneName } from '../../shared/text/time.ts';
import { escapeHtml } from '../../formats/html.ts';
import { planCondition } from '../text/plan-text.ts';

const CERTAINTIES: readonly Certainty[] = ['documented', 'from-code', 'reported', 'inferred'];

/** Texts of a report in one language; members whose name ends in `Html` return HTML. */
export class ReportWords {
  readonly language: Language;
  readonly #translate: Translate;
  readonly #nowMs: number;

  constructor(translate: Translate, nowMs: number) {
    this.#translate = translate;
    this.language = translate('report.lang') as Language;
    this.#nowMs = nowMs;
  }

  text(key: MessageKey, values?: MessageValues): string {
    return this.#translate(key, values);
  }

  html(key: MessageKey, values?: MessageValues): string {
    return escapeHtml(this.#translate(key, values));
  }

  translateName(text: string, values?: MessageValues): string {
    return isMessageKey(text) ? this.#translate(text, values) : text;
  }

  role(role: RoleId): string {
    return this.translateName(`role.${role}`);
  }

  /** Isolates a name that others chose, so that it cannot change the direction of the surrounding text. */
  nameHtml(name: string): string {
    return `<bdi>${escapeHtml(name)}</bdi>`;
  }

  /** Formats a command so that it wraps only between words, never inside a switch. */
  commandHtml(command: string): string {
    const parts = command.split(' ').map((word) => `<span>${escapeHtml(word)}</span>`);
    return `<code>${parts.join(' ')}</code>`;
  }

  moment(ms: number): string {
    return formatInstant(ms, this.language, 'local');
  }

  spanTo(ms: number): string {
    return formatSpan(Math.abs(ms - this.#nowMs), this.language);
  }

  span(ms: number): string {
    return formatSpan(ms, this.language);
  }

  count(count: number): string {
    return formatCount(count, this.language);
  }

  zone(): string {
    return localZoneName(this.#nowMs, this.language);
  }

  /** Returns the conditions of a step; empty for a step that always applies. */
  conditionText(only: readonly Statement[] = []): string {
    return planCondition(only, { translate: this.#translate, language: this.language, zone: 'local' });
  }

  statementHtml({ text, params, citations }: Statement): string {
    const [first] = citations;
    const certainty = first === undefined ? '' : ` ${this.certaintyHtml(first)}`;
    return `${escapeHtml(this.translateName(text, params))}${certainty}`;
  }

  certaintyHtml({ certainty }: Citation): string {
    return `<span class="sure">(${this.html(`certainty.${certainty}`)})</span>`;
  }

  sources(citations: readonly Citation[]): string {
    const byCertainty = new Map<string, Set<string>>();
    for (const { certainty, work, place } of citations) {
      const told = byCertainty.get(certainty) ?? new Set<string>();
      const where = place === undefined ? '' : `, ${this.translateName(place)}`;
      byCertainty.set(certainty, told.add(`${this.translateName(work)}${where}`));
    }
    return CERTAINTIES.flatMap((certainty) => {
      const told = byCertainty.get(certainty);
      if (told === undefined) return [];
      return [`${this.text(`certainty.${certainty}`)}: ${[...told].join('; ')}.`];
    }).join(' ');
  }
}
