/**
 * Events that scripts write to the Windows event log, source `Arcwarden`. Ids never change and are never reused, since
 * monitoring systems refer to them. Documented in docs/maintenance-windows.md.
 */
export const MAINTENANCE_EVENTS = {
  begins: { id: 200, level: 'Information' },
  'step-done': { id: 201, level: 'Information' },
  done: { id: 202, level: 'Information' },
  person: { id: 203, level: 'Warning' },
  'done-person': { id: 205, level: 'Warning' },
  'done-before': { id: 204, level: 'Information' },
  failed: { id: 210, level: 'Error' },
  outside: { id: 211, level: 'Warning' },
  missing: { id: 212, level: 'Error' },
  errors: { id: 213, level: 'Error' },
  unknown: { id: 214, level: 'Error' },
  busy: { id: 215, level: 'Error' },
  changed: { id: 216, level: 'Error' },
  'state-refused': { id: 217, level: 'Error' },
  constrained: { id: 218, level: 'Error' },
  'check-fine': { id: 219, level: 'Information' },
} as const;
