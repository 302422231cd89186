/** Hours of the day in which only `expired` is reported, for instance `22:00` to `07:00`, both in local time. */
export interface QuietHours {
  from: string;
  to: string;
}

/** How the console checks while it runs. */
export interface WatchSettings {
  /** Minutes between readings of the known files; one of `READ_EVERY_MINUTES`. */
  readEveryMinutes: number;
  quiet?: QuietHours;
  /** Hours between messages which say that the checks continue; absent for none. */
  heartbeatHours?: number;
  /** An icon in the notification area; its tooltip shows what needs attention and the next expiry. */
  tray: boolean;
  /** The checks go on when the window is closed; the icon reopens it. Only with `tray`. */
  background: boolean;
  /** The console starts with the system, without a window. Only with `background`. */
  startAtLogin: boolean;
}

export const READ_EVERY_MINUTES = [15, 60, 240, 1_440] as const;
export const HEARTBEAT_HOURS = [24, 168] as const;

export const DEFAULT_WATCH: WatchSettings = {
  readEveryMinutes: 60,
  tray: true,
  background: false,
  startAtLogin: false,
};

declare module '../../shared/settings.ts' {
  interface Settings {
    watch: WatchSettings;
  }
}
