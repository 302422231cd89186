import { EXPIRY_STATES, type ExpiryState } from '../../knowledge/model/credentials/expiry-state.ts';

interface StateLook {
  /** Available in the fonts of Windows, including those for Japanese. */
  shape: string;
  /** Shown if the console's font lacks `shape`. */
  inTerminal?: string;
  /** Dark enough for a contrast of 4.5:1 on white, even when printed in grey. */
  colour: string;
}

/** Colour is never the only cue: each state also has a shape and a word. */
const LOOK: Record<ExpiryState, StateLook> = {
  expired: { shape: '■', colour: '#a4262c' },
  urgent: { shape: '▲', colour: '#b4440b' },
  stalled: { shape: '▽', inTerminal: '⧖', colour: '#8f4700' },
  'renewal-overdue': { shape: '△', colour: '#8a5300' },
  'not-yet-valid': { shape: '◷', inTerminal: '◇', colour: '#5c2e91' },
  'renewal-due': { shape: '◐', colour: '#0f548c' },
  unknown: { shape: '?', colour: '#5c5c5c' },
  fine: { shape: '○', colour: '#3b3b3b' },
};

function shapesBy(getShape: (look: StateLook) => string): Record<ExpiryState, string> {
  return Object.fromEntries(EXPIRY_STATES.map((state) => [state, getShape(LOOK[state])])) as Record<
    ExpiryState,
    string
  >;
}

export const STATE_SHAPES = shapesBy(({ shape }) => shape);
export const TERMINAL_SHAPES = shapesBy(({ shape, inTerminal = shape }) => inTerminal);

export const STATE_STYLE = EXPIRY_STATES.map((state) => `.${state}{color:${LOOK[state].colour}}`).join('');
