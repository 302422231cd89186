import { EXPIRY_STATES } from '../../core/knowledge/model/credentials/expiry-state.ts';
import type { Palette } from './timeline-drawing.ts';

/** The colours that the style sheet currently gives an element; with forced colours, these are system colour names. */
export function readPalette(element: Element): Palette {
  const style = getComputedStyle(element);
  const color = (name: string): string => style.getPropertyValue(`--${name}`).trim();
  return {
    ink: color('ink'),
    soft: color('ink-soft'),
    panel: color('panel'),
    window: color('window'),
    line: color('line-soft'),
    track: color('track'),
    hover: color('hover'),
    chosen: color('chosen'),
    focus: color('focus'),
    states: Object.fromEntries(EXPIRY_STATES.map((state) => [state, color(`state-${state}`)])) as Palette['states'],
    face: style.fontFamily,
  };
}
