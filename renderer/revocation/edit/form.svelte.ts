import {
  FIELD_OF_KIND,
  type DraftEntry,
  type EntryField,
  type ObjectField,
} from '../../../core/shared/renew-revocation/draft.ts';
import type { DraftChange } from '../../../core/revocation/model/view.ts';
import type { RevocationKind } from '../../../core/shared/renew-revocation/entry.ts';
import { getValueField } from './entry.ts';

/** Input is added to the text after a pause of this length. */
const APPLY_AFTER_MS = 250;

type FieldPlace = { entryIndex: number; field: EntryField } | { field: ObjectField };

interface Work {
  changeAll: (changes: readonly DraftChange[], options: { group?: string }) => Promise<boolean>;
  settle: () => Promise<void>;
}

interface Typed {
  key: string;
  place: FieldPlace;
  value: string;
  /** Whether the text already contains the input. */
  applied: boolean;
}

/**
 * Displays typed input in its field immediately and adds it to the text a moment later. All input in a field, until it
 * loses focus, is one undo step.
 */
export class RevocationForm {
  #work: Work;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #visit = 0;
  #typed = $state.raw<Typed>();

  constructor(work: Work) {
    this.#work = work;
  }

  /** Returns the value to display in a field; `written` is the value in the text. */
  value(place: FieldPlace, written: string | undefined): string {
    return this.#typed?.key === getKey(place) ? this.#typed.value : (written ?? '');
  }

  type(place: FieldPlace, value: string): void {
    const key = getKey(place);
    if (this.#typed !== undefined && this.#typed.key !== key) this.leave();
    this.#typed = { key, place, value, applied: false };
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.flush(), APPLY_AFTER_MS);
  }

  /** Displays the value in the text again after a field has lost the focus. */
  leave(): void {
    const typed = this.#typed;
    if (typed === undefined) return;
    void this.flush()
      .then(() => this.#work.settle())
      .then(() => {
        if (this.#typed?.key === typed.key && this.#typed.applied) this.#typed = undefined;
      });
    this.#visit += 1;
  }

  /** Discards input that was not yet added to a text that has been replaced. */
  forget(): void {
    clearTimeout(this.#timer);
    this.#typed = undefined;
    this.#visit += 1;
  }

  /** Resolves when the text contains all input. */
  async flush(): Promise<void> {
    clearTimeout(this.#timer);
    const typed = this.#typed;
    if (typed === undefined || typed.applied) return;
    this.#typed = { ...typed, applied: true };
    const group = `${typed.key} ${String(this.#visit)}`;
    const isDone = await this.#work.changeAll([buildChange(typed)], { group });
    if (!isDone && this.#typed?.key === typed.key && this.#typed.applied) this.#typed = undefined;
  }

  /** Moves the value to the field of the new kind. */
  setKind(entryIndex: number, entry: DraftEntry, kind: RevocationKind): Promise<boolean> {
    const to = FIELD_OF_KIND[kind];
    const from = getValueField(entry);
    const changes: DraftChange[] = [{ kind: 'set', entryIndex, field: 'kind', value: kind }];
    const value = entry[from];
    if (from !== to) changes.push({ kind: 'set', entryIndex, field: to, value: value ?? '' });
    if (from !== to && value !== undefined) changes.push({ kind: 'unset', entryIndex, field: from });
    return this.#work.changeAll(changes, {});
  }
}

function getKey(place: FieldPlace): string {
  return 'entryIndex' in place ? `${String(place.entryIndex)} ${place.field}` : place.field;
}

function buildChange({ place, value }: Typed): DraftChange {
  if (!('entryIndex' in place)) return { kind: 'set-object', field: place.field, value };
  const { entryIndex, field } = place;
  const isOptional = field === 'description' || field === 'notBefore';
  return value === '' && isOptional ? { kind: 'unset', entryIndex, field } : { kind: 'set', entryIndex, field, value };
}
