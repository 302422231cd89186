import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** Marks a package for tests; only build/package.mjs creates it. */
const MARKER = 'open-to-debuggers';

/**
 * Arcwarden's own switches, and Chromium's for appearance, drawing and accessibility. Other switches would let whoever
 * edits a shortcut control the page or escape its sandbox.
 */
const ALLOWED: ReadonlySet<string> = new Set([
  ...['data', 'import', 'hidden', 'capture'],
  ...['lang', 'force-renderer-accessibility', 'force-prefers-reduced-motion', 'force-high-contrast'],
  ...['force-device-scale-factor', 'high-dpi-support', 'force-color-profile'],
  ...['disable-gpu', 'disable-gpu-compositing', 'disable-software-rasterizer', 'disable-dev-shm-usage'],
  ...['ozone-platform', 'ozone-platform-hint', 'password-store'],
]);

/** Chromium trims words and accepts these prefixes. Source: base/command_line.cc. */
const SWITCH = { win32: /^(?:--|-|\/)([^=]+)/u, other: /^--?([^=]+)/u };
const TRIMMED = /^[\s\p{Cc}]+/u;

export interface Start {
  words: readonly string[];
  platform: string;
  /** False in development, which needs a debugger. */
  isPackaged: boolean;
  resources: string;
  /** Chromium needs `--no-sandbox` for root. */
  isRoot: boolean;
}

export function findRefusedSwitch({ words, platform, isPackaged, resources, isRoot }: Start): string | undefined {
  if (!isPackaged || existsSync(join(resources, MARKER))) return undefined;
  const pattern = platform === 'win32' ? SWITCH.win32 : SWITCH.other;
  return words
    .flatMap((word) => pattern.exec(word.replace(TRIMMED, ''))?.[1] ?? [])
    .find((name) => !ALLOWED.has(name.toLowerCase()) && !(isRoot && name === 'no-sandbox'));
}
