import { isOneWord } from './edit.ts';

const MOST_STEPS = 500;
/** Limit for undo and redo together. */
const MOST_CHARACTERS = 20_000_000;

export class TextHistory {
  #past: string[] = $state.raw([]);
  #future: string[] = $state.raw([]);
  /** The next change with the same group is added to the latest step. */
  #group: string | undefined;
  text = $state.raw('');

  readonly canUndo = $derived(this.#past.length > 0);
  readonly canRedo = $derived(this.#future.length > 0);

  begin(text: string): void {
    this.text = text;
    this.#past = [];
    this.#future = [];
    this.#group = undefined;
  }

  put(text: string, group?: string): void {
    if (text === this.text) return;
    if (group === undefined || group !== this.#group) this.#remember();
    this.#future = [];
    this.#group = group;
    this.text = text;
  }

  type(text: string): void {
    const base = this.#group === TYPING ? this.#past.at(-1) : undefined;
    const goesOn = base !== undefined && isOneWord({ base, before: this.text, after: text });
    if (!goesOn) this.seal();
    this.put(text, TYPING);
  }

  seal(): void {
    this.#group = undefined;
  }

  undo(): void {
    const before = this.#past.at(-1);
    if (before === undefined) return;
    this.#future = [...this.#future, this.text];
    this.#past = this.#past.slice(0, -1);
    this.text = before;
    this.seal();
  }

  redo(): void {
    const after = this.#future.at(-1);
    if (after === undefined) return;
    this.#past = [...this.#past, this.text];
    this.#future = this.#future.slice(0, -1);
    this.text = after;
    this.seal();
  }

  #remember(): void {
    const past = [...this.#past, this.text].slice(-MOST_STEPS);
    let characters = past.reduce((sum, { length }) => sum + length, 0);
    while (characters > MOST_CHARACTERS && past.length > 1) characters -= past.shift()?.length ?? 0;
    this.#past = past;
  }
}

const TYPING = 'typing';
