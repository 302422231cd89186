/** The engine's copy of a demo fleet, where runs change nothing real. */
export const SAMPLE = 'sample';
export const LOCAL = 'local';

/** A computer name, DNS or NetBIOS; it never becomes part of a command. */
const HOST_NAME = /^[A-Za-z0-9](?:[A-Za-z0-9._-]{0,253}[A-Za-z0-9])?$/u;

/** Whether a host may have this name. The names above would mean another target when the run is resumed. */
export function isTargetHost(name: string): boolean {
  return HOST_NAME.test(name) && ![SAMPLE, LOCAL].includes(name.toLowerCase());
}
