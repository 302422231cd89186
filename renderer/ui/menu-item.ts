import type { IconName } from './icons.ts';

export interface MenuItem {
  text: string;
  icon?: IconName;
  shortcut?: string | undefined;
  /** Makes it an item that stays open and shows a tick. */
  checked?: boolean;
  apart?: boolean;
  run: () => void;
}
