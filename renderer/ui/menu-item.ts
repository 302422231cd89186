import type { IconName } from './icons.ts';

export interface MenuItem {
  text: string;
  icon?: IconName;
  shortcut?: string;
  /** Shows a tick, and stays open. */
  checked?: boolean;
  apart?: boolean;
  run: () => void;
}
