interface TerminalInput {
  setRawMode(raw: boolean): unknown;
  setEncoding(encoding: 'utf8'): unknown;
  resume(): unknown;
  pause(): unknown;
  on(event: 'data', listener: (text: string) => void): unknown;
  off(event: 'data', listener: (text: string) => void): unknown;
}

interface TerminalOutput {
  write(text: string): unknown;
}

const ENTER = /[\r\n]/u;
const INTERRUPT = '\u0003';
const END_OF_INPUT = '\u0004';
const BACKSPACE = /[\u0008\u007f]/u;
/** Sequences sent by arrow keys and other special keys. */
const ESCAPE_SEQUENCE = /\u001b(?:\[[0-9;?]*[ -/]*[@-~]|O.|.)?/gu;

/**
 * Asks questions on a terminal, one after another. Returns `undefined` after Ctrl+C, or after Ctrl+D before any input.
 */
export function terminalPrompt(
  input: TerminalInput,
  output: TerminalOutput,
  typed: 'hidden' | 'shown' = 'hidden',
): (questions: readonly string[]) => Promise<string[] | undefined> {
  return (questions) =>
    new Promise((resolve) => {
      const answers = new TypedAnswers(questions, output, typed === 'shown');
      const take = (text: string): void => {
        answers.take(text.replace(ESCAPE_SEQUENCE, ''));
        if (!answers.isOver) return;
        input.off('data', take);
        input.setRawMode(false);
        input.pause();
        resolve(answers.texts);
      };
      // Echo is off before the question appears.
      input.setRawMode(true);
      input.setEncoding('utf8');
      input.on('data', take);
      answers.ask();
      input.resume();
    });
}

class TypedAnswers {
  readonly #questions: readonly string[];
  readonly #output: TerminalOutput;
  readonly #isShown: boolean;
  readonly #answers: string[] = [];
  #typed: string[] = [];
  #isCancelled = false;

  constructor(questions: readonly string[], output: TerminalOutput, isShown: boolean) {
    this.#isShown = isShown;
    this.#questions = questions;
    this.#output = output;
  }

  get isOver(): boolean {
    return this.#isCancelled || this.#answers.length === this.#questions.length;
  }

  get texts(): string[] | undefined {
    return this.#isCancelled ? undefined : this.#answers;
  }

  ask(): void {
    this.#output.write(`${this.#questions[this.#answers.length] ?? ''} `);
  }

  take(text: string): void {
    for (const character of text) if (!this.isOver) this.#takeOne(character);
  }

  #takeOne(character: string): void {
    if (ENTER.test(character)) this.#next();
    else if (character === INTERRUPT || (character === END_OF_INPUT && this.#typed.length === 0)) {
      this.#isCancelled = true;
      this.#output.write('\n');
    } else if (BACKSPACE.test(character)) this.#takeBack();
    else if (character >= ' ') {
      this.#typed.push(character);
      if (this.#isShown) this.#output.write(character);
    }
  }

  #takeBack(): void {
    if (this.#typed.pop() !== undefined && this.#isShown) this.#output.write('\b \b');
  }

  #next(): void {
    this.#answers.push(this.#typed.join(''));
    this.#typed = [];
    this.#output.write('\n');
    if (!this.isOver) this.ask();
  }
}
