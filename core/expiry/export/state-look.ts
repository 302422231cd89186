import { EXPIRY_STATES, type ExpiryState } from '../../knowledge/model/credentials/expiry-state.ts';

/**
 * Colour is never the only cue: each state also has a shape and a word. Dark enough for a contrast of 4.5:1 on white,
 * also in grey print. Windows' fonts, including those for Japanese, contain all shapes.
 */
const LOOK: Record<ExpiryState, { shape: string; colour: string }> = {
  expired: { shape: '■', colour: '#a4262c' },
  urgent: { shape: '▲', colour: '#b4440b' },
  stalled: { shape: '▽', colour: '#8f4700' },
  'renewal-overdue': { shape: '△', colour: '#8a5300' },
  'not-yet-valid': { shape: '◷', colour: '#5c2e91' },
  'renewal-due': { shape: '◐', colour: '#0f548c' },
  unknown: { shape: '?', colour: '#5c5c5c' },
  fine: { shape: '○', colour: '#3b3b3b' },
};

export const STATE_SHAPES = Object.fromEntries(EXPIRY_STATES.map((state) => [state, LOOK[state].shape])) as Record<
  ExpiryState,
  string
>;

/** Rules for pages that show states: a class for each. */
export const STATE_STYLE = EXPIRY_STATES.map((state) => `.${state}{color:${LOOK[state].colour}}`).join('');
