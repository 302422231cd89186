export const LOCAL = 'local';

/** DNS or NetBIOS name of a computer; never part of a command. */
const HOST_NAME = /^[A-Za-z0-9](?:[A-Za-z0-9._-]{0,253}[A-Za-z0-9])?$/u;

/** In earlier releases, a copy of the demo fleet in memory. */
export const FORMER_COPY = 'sample';

/**
 * Returns whether a host may have this name. The names of other targets are reserved, because a resumed run would choose
 * one of them.
 */
export function isTargetHost(name: string): boolean {
  return HOST_NAME.test(name) && ![FORMER_COPY, LOCAL].includes(name.toLowerCase());
}

/** Begins the name of a lab as a target: `lab:` and its folder, which is absolute. */
const LAB = 'lab:';

export function labTargetName(folder: string): string {
  return LAB + folder;
}

export function labFolder(target: string): string | undefined {
  return target.startsWith(LAB) && target.length > LAB.length ? target.slice(LAB.length) : undefined;
}
