/** The engine's copy of a demo fleet: a run on it changes nothing real. */
export const SAMPLE = 'sample';
export const LOCAL = 'local';

/** The DNS or NetBIOS name of a computer; never part of a command. */
const HOST_NAME = /^[A-Za-z0-9](?:[A-Za-z0-9._-]{0,253}[A-Za-z0-9])?$/u;

/** Whether a host may have this name. With one of the names above, a resumed run would choose another target. */
export function isTargetHost(name: string): boolean {
  return HOST_NAME.test(name) && ![SAMPLE, LOCAL].includes(name.toLowerCase());
}
