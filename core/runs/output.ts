import { diagnose } from '../repair/model/diagnose.ts';
import type { KeptOutput, KnownError } from './model/run.ts';
import { OutputDecoder } from '../formats/cmdlet-output/output-decoder.ts';
import { SecretFilter } from '../formats/text/secret-filter.ts';

export const KEPT_CHARACTERS = 64 * 1024;
/** Output up to this size is searched and displayed completely; of further output, only the end is. */
const SHOWN_BYTES = 2 * 1024 * 1024;
const TAIL_BYTES = 2 * KEPT_CHARACTERS;
const MOST_KNOWN_ERRORS = 3;

/** Accepts any amount of output. Displays it immediately without secrets, and keeps its beginning and its end. */
export class OutputKeeper {
  readonly #onOutput: (text: string) => void;
  readonly #decoders = { out: new OutputDecoder(), error: new OutputDecoder() };
  readonly #filters = { out: new SecretFilter(), error: new SecretFilter() };
  #bytes = 0;
  #head = '';
  #tail = '';
  #cutBytes = 0;
  #secrets = 0;
  #last: Uint8Array[] = [];
  #lastBytes = 0;

  constructor(onOutput: (text: string) => void) {
    this.#onOutput = onOutput;
  }

  take(chunk: Uint8Array, from: 'out' | 'error'): void {
    this.#bytes += chunk.length;
    if (this.#bytes <= SHOWN_BYTES) this.#show(this.#filters[from].take(this.#decoders[from].take(chunk)));
    else this.#wait(chunk);
  }

  takeText(text: string): void {
    this.#bytes += text.length;
    this.#show(this.#filters.out.take(text));
  }

  end(): KeptOutput {
    for (const from of ['out', 'error'] as const) {
      const rest = this.#filters[from].take(this.#decoders[from].end());
      this.#show(rest + this.#filters[from].end());
      this.#secrets += this.#filters[from].removalCount;
    }
    if (this.#lastBytes > 0) this.#endLast();
    return { head: this.#head, tail: this.#tail, leftOutBytes: this.#cutBytes, secrets: this.#secrets };
  }

  #show(text: string): void {
    if (text === '') return;
    this.#onOutput(text);
    this.#keep(text);
  }

  #keep(text: string): void {
    const room = KEPT_CHARACTERS - this.#head.length;
    this.#head += text.slice(0, room);
    if (text.length <= room) return;
    const tail = this.#tail + text.slice(Math.max(0, room));
    const cut = Math.max(0, tail.length - KEPT_CHARACTERS);
    this.#cutBytes += cut;
    this.#tail = tail.slice(cut);
  }

  #wait(chunk: Uint8Array): void {
    this.#last.push(Uint8Array.from(chunk.subarray(-TAIL_BYTES)));
    this.#lastBytes += Math.min(chunk.length, TAIL_BYTES);
    this.#cutBytes += Math.max(0, chunk.length - TAIL_BYTES);
    for (;;) {
      const first = this.#last[0]?.length ?? 0;
      if (this.#last.length < 2 || this.#lastBytes - first < TAIL_BYTES) return;
      this.#last.shift();
      this.#lastBytes -= first;
      this.#cutBytes += first;
    }
  }

  /** Drops the text before the first line break, because it may be the rest of a secret. */
  #endLast(): void {
    const decoder = new OutputDecoder();
    const filter = new SecretFilter('in-the-middle');
    const text = this.#last.map((chunk) => decoder.take(chunk)).join('') + decoder.end();
    const whole = text.indexOf('\n') + 1;
    this.#cutBytes += whole;
    const clean = filter.take(text.slice(whole)) + filter.end();
    this.#secrets += filter.removalCount;
    this.#show(clean);
    this.#last = [];
    this.#lastBytes = 0;
  }
}

export function findKnownErrors({ head, tail }: Pick<KeptOutput, 'head' | 'tail'>): KnownError[] {
  const texts = [head, tail].filter((text) => text !== '');
  if (texts.length === 0) return [];
  return diagnose({ texts })
    .causes.slice(0, MOST_KNOWN_ERRORS)
    .map(({ failure, confidence }) => ({ failure, confidence }));
}
