import { EventEmitter } from 'node:events';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { showOnce, type WindowToShow } from '../../electron/show-once.ts';

/** Imitates a window, on which tests emit Electron's events. */
class WindowByHand extends EventEmitter {
  readonly webContents = new EventEmitter();
  isDestroyed = (): boolean => this.isGone;
  isGone = false;
  times = 0;

  show(): void {
    this.times += 1;
    this.emit('show');
  }
}

function aWindow(): WindowByHand {
  const window = new WindowByHand();
  showOnce(window as unknown as WindowToShow);
  return window;
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const later = (): void => void vi.advanceTimersByTime(60_000);

test('shows a window once, with its first frame', () => {
  const window = aWindow();
  expect(window.times).toBe(0);
  window.emit('ready-to-show');
  window.webContents.emit('did-finish-load');
  later();
  expect(window.times).toBe(1);
});

test('shows a window without a first frame some time after its page has loaded', () => {
  const window = aWindow();
  later();
  expect(window.times).toBe(0);
  window.webContents.emit('did-finish-load');
  expect(window.times).toBe(0);
  later();
  expect(window.times).toBe(1);
});

test.each([
  ['after it was shown', ['ready-to-show', 'close']],
  ['before its first frame', ['close', 'ready-to-show']],
])('does not show a window that was closed to the background %s', (_, events) => {
  const window = aWindow();
  window.webContents.emit('did-finish-load');
  for (const event of events) window.emit(event);
  const { times } = window;
  later();
  expect(window.times).toBe(times);
});

test('does nothing with a destroyed window', () => {
  const window = aWindow();
  window.webContents.emit('did-finish-load');
  window.isGone = true;
  later();
  expect(window.times).toBe(0);
});
