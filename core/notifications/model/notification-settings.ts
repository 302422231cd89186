/** Only `expired` is reported in these hours, for instance from `22:00` to `07:00`, local time. */
export interface QuietHours {
  from: string;
  to: string;
}

export interface WatchSettings {
  /** One of `READ_EVERY_MINUTES`. */
  readEveryMinutes: number;
  quiet?: QuietHours;
  /** Hours between heartbeats, which show that the checks continue; absent for none. */
  heartbeatHours?: number;
  /** Shows an icon whose tooltip states what needs attention, and the next expiry. */
  tray: boolean;
  /** Checks continue after the window is closed. Requires `tray`. */
  background: boolean;
  /** Starts without a window; requires `background`. */
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
