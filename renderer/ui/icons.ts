import type { ExpiryState } from '../../core/knowledge/model/credentials/expiry-state.ts';

const CIRCLE = 'M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12Z';
const FILE = 'M4 2h5.5L12.5 5v9H4ZM9.2 2.2V5.3h3';
const HEXAGON = 'M8 1.8l5.4 3.1v6.2L8 14.2l-5.4-3.1V4.9Z';

/** 16 by 16 pixels; strokes are 1.5 pixels wide and have round caps. */
export const ICON_PATHS = {
  search: 'M7 12A5 5 0 1 0 7 2a5 5 0 0 0 0 10Zm3.6-1.4L14 14',
  expiry: `${CIRCLE}M8 4.8V8l2.2 1.6`,
  report: `${FILE}M6.2 8.2h4.2M6.2 11h4.2`,
  settings:
    'M2 4.5h6.2M11.8 4.5H14M2 11.5h2.2M7.8 11.5H14M10 6.3a1.8 1.8 0 1 0 0-3.6 1.8 1.8 0 0 0 0 3.6ZM6 13.3a1.8 1.8 0 1 0 0-3.6 1.8 1.8 0 0 0 0 3.6Z',
  import: 'M8 2v7.5M5 6.8l3 2.9 3-2.9M2.5 11v2.5h11V11',
  export: 'M8 9.7V2.2M5 5l3-2.9L11 5M2.5 11v2.5h11V11',
  close: 'M3.8 3.8l8.4 8.4M12.2 3.8l-8.4 8.4',
  copy: 'M5.5 5.5V2.5h8v8h-3M2.5 5.5h8v8h-8Z',
  check: 'M3 8.5l3.3 3.3L13 4.6',
  down: 'M4 6.2l4 4 4-4',
  up: 'M4 9.8l4-4 4 4',
  right: 'M6.2 4l4 4-4 4',
  columns: 'M2.5 3h11v10h-11ZM6.2 3v10M9.9 3v10',
  sun: 'M8 10.8a2.8 2.8 0 1 0 0-5.6 2.8 2.8 0 0 0 0 5.6ZM8 1.5v1.4M8 13.1v1.4M1.5 8h1.4M13.1 8h1.4M3.4 3.4l1 1M11.6 11.6l1 1M12.6 3.4l-1 1M4.4 11.6l-1 1',
  moon: 'M13.3 9.6A5.8 5.8 0 0 1 6.4 2.7a5.8 5.8 0 1 0 6.9 6.9Z',
  folder: 'M2 12.8V3.5h4.3l1.4 1.8H14v7.5Z',
  file: FILE,
  kubernetes: `${HEXAGON}M8 6.2v3.6M6.4 7.1l3.2 1.8M9.6 7.1L6.4 8.9`,
  moc: 'M2.5 3h11v4h-11ZM2.5 9h11v4h-11ZM5 5h.1M5 11h.1M8 5h3M8 11h3',
  workstation: 'M2 3h12v7.5H2ZM5.5 13.5h5M8 10.5v3',
  forget: 'M3 4.2h10M6.3 4V2.5h3.4V4M4.3 4.2l.6 9.3h6.2l.6-9.3M6.8 6.8v4M9.2 6.8v4',
  filter: 'M2.2 3.2h11.6L9.4 8.6v4.2l-2.8-1.4V8.6Z',
  keyboard: 'M1.8 4h12.4v8H1.8ZM4.3 6.6h.1M6.8 6.6h.1M9.3 6.6h.1M11.8 6.6h.1M5 9.5h6',
  about: `${CIRCLE}M8 7.4v3.4M8 5.1v.1`,
  theme: `${CIRCLE}M8 2v12`,
  language: `${CIRCLE}M2.2 8h11.6M8 2c3.4 3.6 3.4 8.4 0 12M8 2c-3.4 3.6-3.4 8.4 0 12`,
  cluster: `${HEXAGON}M2.8 5L8 8l5.2-3M8 8v6`,
  documented: 'M3 2.8h6.8L13 5.6v7.6H3ZM5.5 6h3M5.5 8.4h5M5.5 10.8h5',
  'from-code': 'M5.4 4.6L2 8l3.4 3.4M10.6 4.6L14 8l-3.4 3.4M9 3.4L7 12.6',
  reported: 'M2.2 3h11.6v7.6H7.6L4.6 13v-2.4H2.2ZM5 5.8h6M5 8h4',
  authority: 'M5.5 2h5v3.4h-5ZM1.5 10.6h5V14h-5ZM9.5 10.6h5V14h-5ZM8 5.4v2.6M4 10.6V8h8v2.6',
  certificate:
    'M13 7V2H3v12h3.5M5.5 5h5M5.5 7.8h2.2M11 12.2a2 2 0 1 0 0-4 2 2 0 0 0 0 4ZM9.8 11.9v2.9L11 14l1.2.8v-2.9',
  identity: 'M8 7.8a2.8 2.8 0 1 0 0-5.6 2.8 2.8 0 0 0 0 5.6ZM2.6 14c.3-2.7 2.5-4.2 5.4-4.2s5.1 1.5 5.4 4.2',
  lock: 'M3.5 7.2h9V14h-9ZM5.3 7.2V5a2.7 2.7 0 0 1 5.4 0v2.2M8 9.8v1.6',
  unlock: 'M3.5 7.2h9V14h-9ZM5.3 7.2V4.6a2.7 2.7 0 0 1 5.2-.9M8 9.8v1.6',
  revoked: `${CIRCLE}M3.8 3.8l8.4 8.4`,
  revocation: 'M13 6.6V2H3v12h4M5.5 5h5M5.5 7.8h2.4M11.2 14a2.8 2.8 0 1 0 0-5.6 2.8 2.8 0 0 0 0 5.6ZM9.2 9.2l4 4',
  replaced: 'M2.5 5.5h8.7M8.7 3l2.5 2.5-2.5 2.5M13.5 10.5H4.8M7.3 8l-2.5 2.5 2.5 2.5',
  past: 'M8 14A6 6 0 1 0 2.2 6.4M2 2.8v3.8h3.8M8 4.8V8l2.2 1.6',
  update: `${CIRCLE}M8 11V5.2M5.4 7.7L8 5.1l2.6 2.6`,
  runs: 'M2.2 3.2l3.4 2.3-3.4 2.3ZM8 5.5h6M2.2 9.4l3.4 2.3-3.4 2.3ZM8 11.7h6',
  repair:
    'M13.4 4.2l-2.3 2.3-1.6-1.6 2.3-2.3A3.6 3.6 0 0 0 7 7.1L2.3 11.8a1.3 1.3 0 0 0 1.9 1.9L8.9 9a3.6 3.6 0 0 0 4.5-4.8Z',
  add: 'M8 3v10M3 8h10',
  bell: 'M8 2.2a3.8 3.8 0 0 1 3.8 3.8c0 3.6 1.4 4.8 1.4 4.8H2.8s1.4-1.2 1.4-4.8A3.8 3.8 0 0 1 8 2.2ZM6.6 13.2a1.5 1.5 0 0 0 2.8 0',
  verify: 'M8 1.8l5.2 1.9v4c0 3.2-2 5.3-5.2 6.5-3.2-1.2-5.2-3.3-5.2-6.5v-4ZM5.6 7.9l1.8 1.8 3-3.2',
  knowledge: 'M8 4C6.6 3 4.6 2.6 2 2.6v10c2.6 0 4.6.4 6 1.4 1.4-1 3.4-1.4 6-1.4v-10c-2.6 0-4.6.4-6 1.4ZM8 4v10',
  undo: 'M5.6 2.8L2.6 5.8l3 3M3 5.8h6.2a3.9 3.9 0 0 1 0 7.8H5',
  redo: 'M10.4 2.8l3 3-3 3M13 5.8H6.8a3.9 3.9 0 0 0 0 7.8H11',
  left: 'M9.8 4l-4 4 4 4',
  rotate: 'M13.4 6.4A5.7 5.7 0 0 0 3 5M2.6 2.2V5h2.8M2.6 9.6A5.7 5.7 0 0 0 13 11M13.4 13.8V11h-2.8',
  inferred: 'M2.4 6.4c1.9-2 3.7-2 5.6-.6s3.7 1.4 5.6-.6M2.4 10.8c1.9-2 3.7-2 5.6-.6s3.7 1.4 5.6-.6',
} as const;
export type IconName = keyof typeof ICON_PATHS;

/**
 * In a square of 16 by 16 pixels. Each state has its own outline, so that nobody depends on colour. `cut` is drawn in
 * the background colour.
 */
export const STATE_OUTLINES: Record<ExpiryState, { line?: string; full?: string; cut?: string }> = {
  fine: { line: 'M13.2 8a5.2 5.2 0 1 1-10.4 0 5.2 5.2 0 1 1 10.4 0Z' },
  'renewal-due': { line: 'M13.6 8a5.6 5.6 0 1 1-11.2 0 5.6 5.6 0 1 1 11.2 0Z', full: 'M8 2.4a5.6 5.6 0 0 0 0 11.2Z' },
  'renewal-overdue': { line: 'M8 2.4 14.4 13.4H1.6Z' },
  stalled: { line: 'M4 2.2h8M4 13.8h8M5.2 2.2v2.2L8 8l-2.8 3.6v2.2M10.8 2.2v2.2L8 8l2.8 3.6v2.2' },
  urgent: { full: 'M8 1.6 15.4 14.2H.6Z', cut: 'M8 6v3.6M8 11.9v.1' },
  expired: {
    full: 'M3 1.5h10A1.5 1.5 0 0 1 14.5 3v10a1.5 1.5 0 0 1-1.5 1.5H3A1.5 1.5 0 0 1 1.5 13V3A1.5 1.5 0 0 1 3 1.5Z',
    cut: 'm5.2 5.2 5.6 5.6M10.8 5.2l-5.6 5.6',
  },
  'not-yet-valid': { line: 'M14 8a6 6 0 1 1-12 0 6 6 0 1 1 12 0ZM8 4.6V8l2.3 1.5' },
  unknown: { line: 'M5.2 5.8c0-1.7 1.2-2.8 2.9-2.8s2.9 1.1 2.9 2.6c0 2-2.9 2.1-2.9 4.2M8.1 12.9v.1' },
};
