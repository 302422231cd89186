/** Hours of the day in which only `expired` is told, `22:00` to `07:00` for instance, both of the local time. */
export interface QuietHours {
  from: string;
  to: string;
}

/** How the console watches while it runs. */
export interface WatchSettings {
  /** Known files are read again so often; one of `READ_EVERY_MINUTES`. */
  readEveryMinutes: number;
  quiet?: QuietHours;
  /** A message that says that the checks go on, so often; absent for none. */
  heartbeatHours?: number;
  /** An icon in the notification area, with what needs somebody and the next expiry in its tip. */
  tray: boolean;
  /** Closing the window leaves the checks running, with the icon to come back by. Only with `tray`. */
  background: boolean;
  /** Starts with the system, without a window. Only with `background`. */
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
