import type { ExpiryState } from '../../core/knowledge/model/credentials/expiry-state.ts';
import type { Palette } from './timeline-drawing.ts';

/** The colours that the style sheet currently gives an element; with forced colours, these are system colour names. */
export function readPalette(element: Element): Palette {
  const style = getComputedStyle(element);
  const color = (name: string): string => style.getPropertyValue(`--${name}`).trim();
  const states: Record<ExpiryState, string> = {
    expired: color('state-expired'),
    urgent: color('state-urgent'),
    stalled: color('state-stalled'),
    'renewal-overdue': color('state-renewal-overdue'),
    'not-yet-valid': color('state-not-yet-valid'),
    'renewal-due': color('state-renewal-due'),
    unknown: color('state-unknown'),
    fine: color('state-fine'),
  };
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
    states,
    face: style.fontFamily,
  };
}
