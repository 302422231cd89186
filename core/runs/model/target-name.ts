/** The simulated copy of a sample fleet. A run on it changes nothing real. */
export const SAMPLE = 'sample';
export const LOCAL = 'local';

/** DNS or NetBIOS name of a computer; never part of a command. */
const HOST_NAME = /^[A-Za-z0-9](?:[A-Za-z0-9._-]{0,253}[A-Za-z0-9])?$/u;

/**
 * Returns whether a host may have this name. `SAMPLE` and `LOCAL` are reserved, because a resumed run would choose
 * another target.
 */
export function isTargetHost(name: string): boolean {
  return HOST_NAME.test(name) && ![SAMPLE, LOCAL].includes(name.toLowerCase());
}

/** Begins the name of a lab as a target: `lab:` and its folder, which is absolute. */
const LAB = 'lab:';

export function labTargetName(folder: string): string {
  return LAB + folder;
}

export function labFolder(target: string): string | undefined {
  return target.startsWith(LAB) && target.length > LAB.length ? target.slice(LAB.length) : undefined;
}

/** Matches targets on which a run changes nothing but what was made for practice. */
export const PRACTICE_TARGET = /^(?:sample$|lab:.)/u;
