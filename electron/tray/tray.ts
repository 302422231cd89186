import { app, Menu, nativeImage, Tray, type BrowserWindow, type NativeImage } from 'electron';
import type { FleetSummary } from '../../core/notifications/model/notice.ts';
import { badgeBitmap, ICON_COLOURS, shieldBitmap, type IconColour } from './icon-bitmap.ts';
import { attentionIn, getTip, type TrayState } from './tray-text.ts';

const TRAY_SIZE = 16;
const OVERLAY_SIZE = 32;

export interface TrayActions {
  open: () => void;
  check: () => void;
  quit: () => void;
}

export class TrayIcon {
  readonly #actions: TrayActions;
  #tray: Tray | undefined;

  constructor(actions: TrayActions) {
    this.#actions = actions;
  }

  show(state: TrayState): void {
    const { open } = this.#actions;
    if (this.#tray === undefined) {
      this.#tray = new Tray(trayImage(state.summary));
      this.#tray.on('click', open);
    }
    this.#tray.setImage(trayImage(state.summary));
    this.#tray.setToolTip(getTip(state));
    this.#tray.setContextMenu(this.#menu(state));
  }

  hide(): void {
    this.#tray?.destroy();
    this.#tray = undefined;
  }

  #menu({ translate, summary }: TrayState): Menu {
    const { open, check, quit } = this.#actions;
    return Menu.buildFromTemplate([
      { label: translate('tray.count', { count: attentionIn(summary) }), enabled: false },
      { type: 'separator' },
      { label: translate('tray.open'), click: open },
      { label: translate('watch.check-now'), click: check },
      { type: 'separator' },
      { label: translate('tray.quit'), click: quit },
    ]);
  }
}

/** Shows an overlay icon on Windows, the system's badge elsewhere. */
export function showBadge(window: BrowserWindow | undefined, { summary, translate }: TrayState): void {
  const count = attentionIn(summary);
  if (process.platform !== 'win32') {
    app.setBadgeCount(count);
    return;
  }
  if (window === undefined || window.isDestroyed()) return;
  if (count === 0) window.setOverlayIcon(null, '');
  else
    window.setOverlayIcon(
      getImage(OVERLAY_SIZE, (size) => badgeBitmap(size, count, getColour(summary))),
      translate('tray.count', { count }),
    );
}

function trayImage(summary: FleetSummary): NativeImage {
  return getImage(TRAY_SIZE, (size) => shieldBitmap(size, getColour(summary)));
}

function getColour(summary: FleetSummary): IconColour {
  if (summary.needs?.down !== undefined) return ICON_COLOURS.expired;
  return attentionIn(summary) > 0 ? ICON_COLOURS.attention : ICON_COLOURS.calm;
}

/** Draws an image with one, one and a half, and two pixels per point. */
function getImage(size: number, draw: (size: number) => Uint8Array): NativeImage {
  const image = nativeImage.createEmpty();
  for (const scaleFactor of [1, 1.5, 2]) {
    const pixels = Math.round(size * scaleFactor);
    const buffer = Buffer.from(draw(pixels));
    const picture = nativeImage.createFromBitmap(buffer, { width: pixels, height: pixels });
    image.addRepresentation({ scaleFactor, width: pixels, height: pixels, buffer: picture.toPNG() });
  }
  return image;
}
