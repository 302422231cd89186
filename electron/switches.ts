import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** Beside a package that tests drive; build/package.mjs puts it there, and no release has it. */
const MARKER = 'open-to-debuggers';

/** With these, whoever starts the console, or changes a link to it, gets into its page or past its sandbox. */
const OPENING_SWITCHES = [
  ...['no-sandbox', 'disable-gpu-sandbox', 'disable-web-security', 'disable-site-isolation-trials'],
  // Each takes a part of the sandbox away. Source: Chromium, sandbox/policy/switches.cc.
  ...['disable-seccomp-filter-sandbox', 'disable-setuid-sandbox', 'disable-namespace-sandbox', 'no-zygote-sandbox'],
  ...['allow-sandbox-debugging', 'allow-third-party-modules', 'single-process'],
  ...['remote-debugging-port', 'remote-debugging-pipe', 'inspect', 'inspect-brk', 'inspect-port'],
  ...['browser-subprocess-path', 'zygote-cmd-prefix', 'ppapi-plugin-launcher'],
  ...['renderer-cmd-prefix', 'utility-cmd-prefix', 'gpu-launcher', 'load-extension'],
];

export interface Start {
  /** Whether a switch was given, in whatever spelling Chromium accepts. */
  has: (name: string) => boolean;
  /** False for a program under development, which runs from a folder and which somebody debugs. */
  isPackaged: boolean;
  /** The folder of the package's resources. */
  resources: string;
  /** Chromium does not start for root without `--no-sandbox`. */
  isRoot: boolean;
}

/** The first switch with which a release does not start; absent where all is well. */
export function openingSwitch({ has, isPackaged, resources, isRoot }: Start): string | undefined {
  if (!isPackaged || existsSync(join(resources, MARKER))) return undefined;
  return OPENING_SWITCHES.find((name) => has(name) && !(isRoot && name === 'no-sandbox'));
}
