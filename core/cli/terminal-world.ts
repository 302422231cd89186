import { jsonText, terminalLine, terminalText } from '../shared/terminal-text.ts';
import { translator, type Language, type Translate } from '../shared/text/text.ts';
import type { CliEnvironment, CliWorld } from '../shared/verb/world.ts';

const BYTE_ORDER_MARK = /^\u{FEFF}/u;

export function terminalWorld(environment: CliEnvironment): CliWorld {
  const { write, writeError, progress, isTerminal, ask, choose, ...rest } = environment;
  const out = (text: string): void => write(terminalText(text));
  return {
    ...rest,
    ...(ask !== undefined && { ask: (questions: readonly string[]) => ask(questions.map(terminalText)) }),
    ...(choose !== undefined && { choose: (question: string) => choose(terminalText(question)) }),
    ...(progress !== undefined && { progress: (line: string) => progress(terminalLine(line)) }),
    out,
    notice: (line) => writeError(`${terminalText(line)}\n`),
    json: (value) => write(`${jsonText(value)}\n`),
    document: (text) => {
      if (!isTerminal) write(text);
      else out((typeof text === 'string' ? text : new TextDecoder().decode(text)).replace(BYTE_ORDER_MARK, ''));
    },
  };
}

/** Prevents names in sentences from starting a new line. */
export function terminalTranslator(language: Language): Translate {
  const translate = translator(language);
  return (key, values = {}) =>
    translate(
      key,
      Object.fromEntries(
        Object.entries(values).map(([name, value]) => [name, typeof value === 'string' ? terminalLine(value) : value]),
      ),
    );
}
