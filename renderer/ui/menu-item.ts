import type { IconName } from './icons.ts';

export interface MenuItem {
  text: string;
  icon?: IconName;
  shortcut?: string;
  /** Displays a tick, and keeps the menu open. */
  checked?: boolean;
  apart?: boolean;
  disabled?: boolean;
  run: () => void;
}
