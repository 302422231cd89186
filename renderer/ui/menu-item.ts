import type { IconName } from './icons.ts';

export interface MenuItem {
  text: string;
  icon?: IconName;
  shortcut?: string;
  /** Shows a tick; choosing the item keeps the menu open. */
  checked?: boolean;
  apart?: boolean;
  run: () => void;
}
