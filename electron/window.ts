import { join } from 'node:path';
import { app, BrowserWindow, nativeTheme, screen } from 'electron';
import type { WindowPlace } from '../core/settings/model/settings.ts';
import { confine, CONFINED, ORIGIN } from './security.ts';
import { showOnce } from './show-once.ts';

const HOME = `${ORIGIN}/index.html`;
const SMALLEST = { width: 1024, height: 640 };
const FIRST = { width: 1280, height: 800 };
const SAVE_AFTER_MS = 400;

export interface WindowOptions {
  place: WindowPlace | undefined;
  /** Called on moves, resizes and closing. */
  onplace: (place: WindowPlace) => void;
  title: string;
  hidden?: boolean;
  staysInBackground: () => boolean;
  /** Called before the window closes for good; may prevent it. */
  onclose?: (event: { preventDefault: () => void }) => void;
}

/** Shows the window with its first frame, so that nothing flashes. */
export function openWindow({
  place,
  onplace,
  title,
  hidden = false,
  staysInBackground,
  onclose,
}: WindowOptions): BrowserWindow {
  const window = new BrowserWindow({
    ...FIRST,
    ...visiblePlace(place),
    minWidth: SMALLEST.width,
    minHeight: SMALLEST.height,
    show: false,
    title,
    backgroundColor: nativeTheme.shouldUseDarkColors ? '#1b1d21' : '#f6f7f9',
    webPreferences: {
      ...CONFINED,
      preload: join(__dirname, 'preload.cjs'),
      // Main opens dialogs, so showOpenFilePicker and the like are off.
      disableBlinkFeatures: 'FileSystemAccessLocal',
      // Hidden windows must still paint pictures and update the tray's count.
      backgroundThrottling: false,
    },
  });
  if (place?.maximized === true && !hidden) window.maximize();
  confine(window.webContents, HOME);
  if (!hidden) showOnce(window);
  keepPlace(window, onplace);
  hideInstead(window, staysInBackground, onclose);
  void window.loadURL(HOME);
  return window;
}

/** Hides the window instead of closing it, unless the console is ending. */
function hideInstead(window: BrowserWindow, staysInBackground: () => boolean, onclose: WindowOptions['onclose']): void {
  let isEnding = false;
  app.on('before-quit', (event) => {
    // An earlier listener may keep the console open.
    isEnding = !event.defaultPrevented;
  });
  window.on('close', (event) => {
    if (isEnding) return;
    if (!staysInBackground()) return onclose?.(event);
    event.preventDefault();
    window.hide();
  });
}

function keepPlace(window: BrowserWindow, onplace: (place: WindowPlace) => void): void {
  let timer: NodeJS.Timeout | undefined;
  const tell = (): void => {
    clearTimeout(timer);
    if (window.isDestroyed() || window.isMinimized()) return;
    onplace({ ...window.getNormalBounds(), maximized: window.isMaximized() });
  };
  const later = (): void => {
    clearTimeout(timer);
    timer = setTimeout(tell, SAVE_AFTER_MS);
  };
  window.on('resize', later).on('move', later).on('maximize', later).on('unmaximize', later).on('close', tell);
}

/** Returns only the size if the window's screen is gone. */
function visiblePlace(place: WindowPlace | undefined): { width?: number; height?: number; x?: number; y?: number } {
  if (place === undefined) return {};
  const size = { width: Math.max(place.width, SMALLEST.width), height: Math.max(place.height, SMALLEST.height) };
  const { x, y } = place;
  if (x === undefined || y === undefined) return size;
  const { workArea } = screen.getDisplayMatching({ x, y, ...size });
  const inside =
    x < workArea.x + workArea.width - 100 &&
    x + size.width > workArea.x + 100 &&
    y >= workArea.y - 20 &&
    y < workArea.y + workArea.height - 60;
  return inside ? { ...size, x, y } : size;
}
