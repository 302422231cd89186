import { app, Menu, nativeImage, Tray } from 'electron';
import type { BrowserWindow, NativeImage } from 'electron';
import type { FleetSummary } from '../core/domain/notice.ts';
import type { Language, Translate } from '../core/language/text.ts';
import { formatInstant } from '../core/language/time.ts';
import { badgeBitmap, ICON_COLOURS, shieldBitmap } from './icon-bitmap.ts';
import type { IconColour } from './icon-bitmap.ts';

const TRAY_SIZE = 16;
const OVERLAY_SIZE = 32;
/** Windows cuts a longer tip in the middle of a word. */
const LONGEST_TIP = 127;

export interface TrayActions {
  open: () => void;
  check: () => void;
  quit: () => void;
}

/** What the icon says: how many need somebody, and what ends next. */
export interface TrayState {
  summary: FleetSummary;
  translate: Translate;
  language: Language;
}

/** How many credentials need somebody: everything that is told as more than due. */
export function attentionIn({ counts }: FleetSummary): number {
  return counts.expired + counts.urgent + counts.stalled + counts['renewal-overdue'];
}

/** The tip of the icon, in at most 127 characters. */
export function tipOf({ summary, translate, language }: TrayState): string {
  const { nextExpiry } = summary;
  const head = translate('tray.tip', { count: attentionIn(summary) });
  if (nextExpiry === undefined) return head;
  const { name, cluster, notAfter } = nextExpiry;
  const date = formatInstant(notAfter, language, 'local');
  const tip = `${head}\n${translate('tray.next', { name, cluster, date })}`;
  return tip.length <= LONGEST_TIP ? tip : `${tip.slice(0, LONGEST_TIP - 1)}…`;
}

/** The icon in the notification area; there while `show` was called last, and not `hide`. */
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
    this.#tray.setToolTip(tipOf(state));
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
      { label: translate('tray.check'), click: check },
      { type: 'separator' },
      { label: translate('tray.quit'), click: quit },
    ]);
  }
}

/** The number on the taskbar or the dock: a picture over the icon on Windows, the system's own elsewhere. */
export function showBadge(
  window: BrowserWindow | undefined,
  { summary, translate }: TrayState,
): void {
  const count = attentionIn(summary);
  if (process.platform !== 'win32') {
    app.setBadgeCount(count);
    return;
  }
  if (window === undefined || window.isDestroyed()) return;
  if (count === 0) window.setOverlayIcon(null, '');
  else
    window.setOverlayIcon(
      imageOf(OVERLAY_SIZE, (size) => badgeBitmap(size, count, colourOf(summary))),
      translate('tray.count', { count }),
    );
}

function trayImage(summary: FleetSummary): NativeImage {
  return imageOf(TRAY_SIZE, (size) => shieldBitmap(size, colourOf(summary)));
}

function colourOf(summary: FleetSummary): IconColour {
  if (summary.counts.expired > 0) return ICON_COLOURS.expired;
  return attentionIn(summary) > 0 ? ICON_COLOURS.attention : ICON_COLOURS.calm;
}

/** In the sizes of screens with one, one and a half and two pixels a point. */
function imageOf(size: number, draw: (size: number) => Uint8Array): NativeImage {
  const image = nativeImage.createEmpty();
  for (const scaleFactor of [1, 1.5, 2]) {
    const pixels = Math.round(size * scaleFactor);
    const buffer = Buffer.from(draw(pixels));
    const picture = nativeImage.createFromBitmap(buffer, { width: pixels, height: pixels });
    image.addRepresentation({
      scaleFactor,
      width: pixels,
      height: pixels,
      buffer: picture.toPNG(),
    });
  }
  return image;
}
