import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** Beside a package that tests drive; build/package.mjs puts it there, and no release has it. */
const MARKER = 'open-to-debuggers';

/**
 * Switches with which a release starts: its own options, and those of Chromium that change how a window looks, is drawn or is read aloud.
 * Every other one could let whoever starts the console, or changes a link to it, into its page or past its sandbox.
 */
const ALLOWED: ReadonlySet<string> = new Set([
  ...['data', 'import', 'hidden', 'capture'],
  ...['lang', 'force-renderer-accessibility', 'force-prefers-reduced-motion', 'force-high-contrast'],
  ...['force-device-scale-factor', 'high-dpi-support', 'force-color-profile'],
  ...['disable-gpu', 'disable-gpu-compositing', 'disable-software-rasterizer', 'disable-dev-shm-usage'],
  ...['ozone-platform', 'ozone-platform-hint', 'password-store'],
]);

/** Chromium trims each word and takes these beginnings for a switch. Source: Chromium, base/command_line.cc. */
const SWITCH = { win32: /^(?:--|-|\/)([^=]+)/u, other: /^--?([^=]+)/u };
const TRIMMED = /^[\s\p{Cc}]+/u;

export interface Start {
  /** The words of the command line behind the program. */
  words: readonly string[];
  platform: string;
  /** False for a program under development, which runs from a folder and which somebody debugs. */
  isPackaged: boolean;
  /** The folder of the package's resources. */
  resources: string;
  /** Chromium does not start for root without `--no-sandbox`. */
  isRoot: boolean;
}

/** The first switch with which a release does not start; absent where all is well. */
export function findRefusedSwitch({ words, platform, isPackaged, resources, isRoot }: Start): string | undefined {
  if (!isPackaged || existsSync(join(resources, MARKER))) return undefined;
  const pattern = platform === 'win32' ? SWITCH.win32 : SWITCH.other;
  return words
    .flatMap((word) => pattern.exec(word.replace(TRIMMED, ''))?.[1] ?? [])
    .find((name) => !ALLOWED.has(name.toLowerCase()) && !(isRoot && name === 'no-sandbox'));
}
