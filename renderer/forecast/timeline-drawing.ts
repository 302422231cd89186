import type { ForecastEvent } from '../../core/forecast/model/forecast.ts';
import { EXPIRY_STATES, type ExpiryState } from '../../core/knowledge/model/credentials/expiry-state.ts';
import type {
  Picture,
  PictureBar,
  PictureLane,
  PictureMark,
  PictureOutage,
} from '../../core/forecast/model/timeline.ts';
import { STATE_OUTLINES } from '../ui/icons.ts';

/*
 * Draws the timeline on a canvas. Nothing depends on colour alone: marks differ in shape, and an outage that has begun
 * already is thin.
 */

/** Reads an element's current colours from the style sheet. With forced colours, these are system colour names. */
export function readPalette(element: Element) {
  const style = getComputedStyle(element);
  const color = (name: string) => style.getPropertyValue(`--${name}`).trim();
  return {
    ink: color('ink'),
    soft: color('ink-soft'),
    panel: color('panel'),
    window: color('window'),
    line: color('line-soft'),
    track: color('track'),
    hover: color('hover'),
    chosen: color('chosen'),
    focus: color('focus'),
    states: Object.fromEntries(EXPIRY_STATES.map((state) => [state, color(`state-${state}`)])) as Record<
      ExpiryState,
      string
    >,
    face: style.fontFamily,
  };
}

export type Palette = ReturnType<typeof readPalette>;

interface Scene {
  picture: Picture;
  ticks: readonly { x: number; text: string; isMajor: boolean }[];
  widthPx: number;
  heightPx: number;
  topPx: number;
  gutterPx: number;
  nowText: string;
  focus: { lane: number; mark: ForecastEvent | undefined; isShown: boolean };
  hoverLane: number | undefined;
  laneText: (lane: PictureLane) => { title: string; more: string };
  downTexts: (lane: PictureLane) => readonly string[];
  markText: (event: ForecastEvent) => string;
  isOpen: (lane: PictureLane) => boolean;
  stateNow: (lane: PictureLane) => ExpiryState;
  markState: (event: ForecastEvent) => ExpiryState;
}

export const AXIS_PX = 28;
/** Bottom of the bars, from the top of the lane. */
const OUTAGE_END_PX = 26;
const MARK_Y_PX = 11;
const LABEL_GAP_PX = 8;
const MARK_PX = 13;
const BAR_PX = 8;

const outlines = new Map<string, Path2D>();

function outline(path: string): Path2D {
  let known = outlines.get(path);
  if (known === undefined) outlines.set(path, (known = new Path2D(path)));
  return known;
}

/** Expects a scaled `context`, so that lengths are in page pixels. */
export function drawTimeline(context: CanvasRenderingContext2D, scene: Scene, palette: Palette): void {
  const { widthPx, heightPx, gutterPx, topPx, picture } = scene;
  context.textAlign = 'left';
  context.textBaseline = 'middle';
  context.fillStyle = palette.panel;
  context.fillRect(0, 0, widthPx, heightPx + AXIS_PX);
  context.save();
  context.translate(0, AXIS_PX - topPx);
  for (const lane of picture.lanes) drawGround(context, lane, scene, palette);
  context.save();
  context.beginPath();
  context.rect(gutterPx, topPx, widthPx - gutterPx, heightPx);
  context.clip();
  context.translate(gutterPx, 0);
  drawGrid(context, scene, palette);
  for (const lane of picture.lanes) drawLane(context, lane, scene, palette);
  drawNow(context, scene, palette);
  for (const lane of picture.lanes) if (isDownAtNow(lane, picture)) drawDown(context, lane, picture.nowX, palette);
  context.restore();
  for (const lane of picture.lanes) drawName(context, lane, scene, palette);
  context.restore();
  drawAxis(context, scene, palette);
}

function drawGround(
  context: CanvasRenderingContext2D,
  { lane }: PictureLane,
  { widthPx, focus, hoverLane }: Scene,
  palette: Palette,
): void {
  const { topPx, heightPx, index, row } = lane;
  const isFocus = focus.isShown && focus.lane === index;
  const ground = isFocus ? palette.chosen : hoverLane === index ? palette.hover : undefined;
  const color = ground ?? (row === undefined ? undefined : palette.window);
  if (color !== undefined) {
    context.fillStyle = color;
    context.fillRect(0, topPx, widthPx, heightPx);
  }
  context.fillStyle = palette.line;
  if (row === undefined) context.fillRect(0, topPx, widthPx, 1);
  if (!isFocus) return;
  context.strokeStyle = palette.focus;
  context.lineWidth = 2;
  context.strokeRect(1, topPx + 1, widthPx - 2, heightPx - 2);
}

function drawGrid(context: CanvasRenderingContext2D, { ticks, topPx, heightPx }: Scene, { line }: Palette): void {
  context.fillStyle = line;
  for (const { x } of ticks) context.fillRect(Math.round(x), topPx, 1, heightPx);
}

function drawLane(context: CanvasRenderingContext2D, lane: PictureLane, scene: Scene, palette: Palette): void {
  const { topPx, heightPx } = lane.lane;
  if (lane.bar !== undefined) {
    drawBar(context, lane.bar, { topPx, heightPx, nowX: scene.picture.nowX }, palette);
    return;
  }
  for (const outage of lane.outages) drawOutage(context, outage, topPx + OUTAGE_END_PX, palette);
  for (const mark of lane.marks) drawMark(context, mark, topPx + MARK_Y_PX, scene, palette);
  drawLabels(context, lane, scene, palette);
}

function drawOutage(
  context: CanvasRenderingContext2D,
  { x, width, isOld }: PictureOutage,
  end: number,
  { states, soft }: Palette,
): void {
  const height = isOld ? 2 : 6;
  context.fillStyle = isOld ? soft : states.expired;
  context.fillRect(x, end - height, width, height);
}

/** Labels each mark with what stops there, and the free space after “now” with what has stopped already. */
function drawLabels(context: CanvasRenderingContext2D, lane: PictureLane, scene: Scene, palette: Palette): void {
  const { marks } = lane;
  const { nowX } = scene.picture;
  const y = lane.lane.topPx + MARK_Y_PX;
  const endPx = (at: number) => (marks[at]?.x ?? scene.widthPx - scene.gutterPx) - MARK_PX / 2 - LABEL_GAP_PX;
  context.font = `11px ${palette.face}`;
  context.fillStyle = palette.ink;
  for (const [at, { x, event, count }] of marks.entries()) {
    const left = x + MARK_PX / 2 + (count > 1 ? 20 : 4);
    const text = scene.markText(event);
    const end = x < nowX ? Math.min(nowX, endPx(at + 1)) : endPx(at + 1);
    if (event.kind !== 'renewal' && left + context.measureText(text).width <= end) context.fillText(text, left, y);
  }
  const next = marks.findIndex(({ x }) => x > nowX);
  const left = nowX + LABEL_GAP_PX + (isDownAtNow(lane, scene.picture) ? 4 : 0);
  context.fillStyle = palette.soft;
  const text = cutList(context, scene.downTexts(lane), endPx(next < 0 ? marks.length : next) - left);
  const before = marks[(next < 0 ? marks.length : next) - 1];
  if (before === undefined || before.x + MARK_PX < nowX) context.fillText(text, left, y);
}

/** Returns whether a mark on the line of “now” says that something has stopped: another mark there says more. */
function isDownAtNow({ isDown, marks }: PictureLane, { nowX }: Picture): boolean {
  return isDown && !marks.some(({ x }) => Math.abs(x - nowX) < MARK_PX);
}

function drawDown(context: CanvasRenderingContext2D, { lane }: PictureLane, nowX: number, palette: Palette): void {
  const middle = lane.topPx + (lane.row === undefined ? MARK_Y_PX : lane.heightPx / 2);
  drawGlyph(context, 'expired', { x: nowX - MARK_PX / 2, y: middle - MARK_PX / 2, size: MARK_PX }, palette);
}

/** Leaves out the last parts of a list that do not fit, and says how many. */
function cutList(context: CanvasRenderingContext2D, parts: readonly string[], width: number): string {
  for (let count = parts.length; count > 0; count -= 1) {
    const rest = parts.length - count;
    const text = parts.slice(0, count).join(' · ') + (rest === 0 ? '' : ` +${rest}`);
    if (context.measureText(text).width <= width) return text;
  }
  return '';
}

function drawMark(
  context: CanvasRenderingContext2D,
  { x, event, count }: PictureMark,
  y: number,
  { markState, focus }: Scene,
  palette: Palette,
): void {
  const state = markState(event);
  if (focus.isShown && focus.mark === event) {
    context.strokeStyle = palette.focus;
    context.lineWidth = 2;
    context.strokeRect(x - MARK_PX / 2 - 3, y - MARK_PX / 2 - 3, MARK_PX + 6, MARK_PX + 6);
  }
  drawGlyph(context, state, { x: x - MARK_PX / 2, y: y - MARK_PX / 2, size: MARK_PX }, palette);
  if (count === 1) return;
  context.fillStyle = palette.soft;
  context.font = `600 9px ${palette.face}`;
  context.fillText(count > 99 ? '99+' : String(count), x + MARK_PX / 2 + 1, y + 4);
}

function drawGlyph(
  context: CanvasRenderingContext2D,
  state: ExpiryState,
  { x, y, size }: { x: number; y: number; size: number },
  { states, panel }: Palette,
): void {
  const { line, full, cut } = STATE_OUTLINES[state];
  context.save();
  context.translate(x, y);
  context.scale(size / 16, size / 16);
  context.lineCap = 'round';
  context.lineJoin = 'round';
  if (line !== undefined) {
    // Without the filling, lines behind a hollow glyph would show through.
    context.fillStyle = panel;
    context.fill(outline(line));
    context.strokeStyle = states[state];
    context.lineWidth = 1.7;
    context.stroke(outline(line));
  }
  context.fillStyle = states[state];
  if (full !== undefined) context.fill(outline(full));
  if (cut !== undefined) {
    context.strokeStyle = panel;
    context.lineWidth = 1.8;
    context.stroke(outline(cut));
  }
  context.restore();
}

/**
 * Draws a credential: filled up to now, hollow after that, with a thin line for its replacement and a thick line for
 * the time without a valid credential.
 */
function drawBar(
  context: CanvasRenderingContext2D,
  { own, later, gone }: PictureBar,
  { topPx, heightPx, nowX }: { topPx: number; heightPx: number; nowX: number },
  palette: Palette,
): void {
  if (own === undefined) return;
  const y = Math.round(topPx + (heightPx - BAR_PX) / 2);
  context.fillStyle = palette.track;
  context.fillRect(own.x, y, own.width, BAR_PX);
  const spent = Math.min(own.width, Math.max(0, nowX - own.x));
  context.fillStyle = palette.soft;
  context.fillRect(own.x, y, spent, BAR_PX);
  if (own.dueX > own.x && own.dueX < own.x + own.width) {
    context.fillStyle = palette.ink;
    context.fillRect(Math.round(own.dueX), y - 3, 1.5, BAR_PX + 6);
  }
  if (later !== undefined) {
    context.fillStyle = palette.track;
    context.fillRect(later.x, y + BAR_PX / 2 - 1, later.width, 2);
    if (later.x > 0) drawGlyph(context, 'fine', { x: later.x - 5, y: y - 1, size: 10 }, palette);
  }
  if (gone === undefined) return;
  context.fillStyle = palette.states.expired;
  context.fillRect(gone.x, y + BAR_PX / 2 - 1, gone.width, 3);
  if (gone.x > 0) drawGlyph(context, 'expired', { x: gone.x - 6, y: y - 2, size: 12 }, palette);
}

function drawNow(
  context: CanvasRenderingContext2D,
  { picture: { nowX, untilX }, topPx, heightPx, widthPx, gutterPx }: Scene,
  { ink, window }: Palette,
): void {
  context.fillStyle = window;
  const beyond = Math.max(0, untilX);
  if (beyond < widthPx - gutterPx) context.fillRect(beyond, topPx, widthPx - gutterPx - beyond, heightPx);
  context.fillStyle = ink;
  context.fillRect(Math.round(nowX) - 1, topPx, 2, heightPx);
}

function drawName(context: CanvasRenderingContext2D, picture: PictureLane, scene: Scene, palette: Palette): void {
  const { lane } = picture;
  const { title, more } = scene.laneText(picture);
  const isCluster = lane.row === undefined;
  const left = isCluster ? 44 : 48;
  const middle = lane.topPx + lane.heightPx / 2;
  context.font = `11px ${palette.face}`;
  const moreWidth = more === '' ? 0 : context.measureText(more).width + 10;
  context.fillStyle = palette.soft;
  context.fillText(more, scene.gutterPx - moreWidth, middle);
  context.fillStyle = palette.ink;
  context.font = `${isCluster ? '600 13' : '12'}px ${palette.face}`;
  context.fillText(fitText(context, title, scene.gutterPx - left - moreWidth - 8), left, middle);
  if (!isCluster) return;
  drawGlyph(context, scene.stateNow(picture), { x: 20, y: middle - 7, size: 14 }, palette);
  drawChevron(context, middle, scene.isOpen(picture), palette);
}

function drawChevron(context: CanvasRenderingContext2D, y: number, isOpen: boolean, { soft }: Palette): void {
  context.strokeStyle = soft;
  context.lineWidth = 1.5;
  context.beginPath();
  if (isOpen) {
    context.moveTo(6, y - 2);
    context.lineTo(10, y + 2);
    context.lineTo(14, y - 2);
  } else {
    context.moveTo(8, y - 4);
    context.lineTo(12, y);
    context.lineTo(8, y + 4);
  }
  context.stroke();
}

const widths = new Map<string, string>();
const MOST_WIDTHS = 5_000;

/** Leaves out the middle of a text that is too wide, because names differ at their ends. Caches the results, because every frame has the same texts. */
function fitText(context: CanvasRenderingContext2D, text: string, width: number): string {
  const key = `${context.font} ${width} ${text}`;
  const known = widths.get(key);
  if (known !== undefined) return known;
  let cut = text;
  for (let length = text.length; length > 1 && context.measureText(cut).width > width;) {
    length -= 1;
    cut = `${text.slice(0, Math.ceil(length / 2))}…${text.slice(text.length - Math.floor(length / 2))}`;
  }
  if (widths.size > MOST_WIDTHS) widths.clear();
  widths.set(key, cut);
  return cut;
}

function drawAxis(
  context: CanvasRenderingContext2D,
  { ticks, widthPx, gutterPx, picture: { nowX }, nowText }: Scene,
  palette: Palette,
): void {
  context.fillStyle = palette.panel;
  context.fillRect(0, 0, widthPx, AXIS_PX);
  context.fillStyle = palette.line;
  context.fillRect(0, AXIS_PX - 1, widthPx, 1);
  context.save();
  context.beginPath();
  context.rect(gutterPx, 0, widthPx - gutterPx, AXIS_PX);
  context.clip();
  context.translate(gutterPx, 0);
  context.font = `700 11px ${palette.face}`;
  const nowWidth = context.measureText(nowText).width + 10;
  for (const { x, text, isMajor } of ticks) {
    // The "now" label takes precedence.
    if (x + 4 < nowX + nowWidth && x + 64 > nowX - 4) continue;
    context.font = `${isMajor ? '600 ' : ''}11px ${palette.face}`;
    context.fillStyle = isMajor ? palette.ink : palette.soft;
    context.fillText(text, x + 4, AXIS_PX / 2);
  }
  context.fillStyle = palette.ink;
  context.fillRect(nowX - 1, 4, nowWidth, AXIS_PX - 8);
  context.fillStyle = palette.panel;
  context.font = `700 11px ${palette.face}`;
  context.fillText(nowText, nowX + 4, AXIS_PX / 2);
  context.restore();
}
