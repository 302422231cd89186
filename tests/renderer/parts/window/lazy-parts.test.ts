import type { Component } from 'svelte';
import { describe, expect, test } from 'vitest';
import { LazyParts, trackLatest, type PartName } from '../../../../renderer/parts/window/lazy-parts.svelte.ts';

const BOARD = (() => ({})) as Component;

/** Lazy parts; a test decides when each has loaded. */
class Parts {
  readonly asked: PartName[] = [];
  missed = 0;
  readonly #answers = new Map<PartName, { arrive: (part: Component) => void; fail: (error: Error) => void }>();
  readonly lazyParts = new LazyParts({
    present: { expiry: BOARD },
    load: (name) => {
      this.asked.push(name);
      return new Promise((arrive, fail) => this.#answers.set(name, { arrive, fail }));
    },
    onmissing: () => (this.missed += 1),
  });

  async arrive(name: PartName): Promise<Component> {
    const part = (() => ({})) as Component;
    this.#answers.get(name)?.arrive(part);
    await this.#waitForTimers();
    return part;
  }

  async fail(name: PartName): Promise<void> {
    this.#answers.get(name)?.fail(new Error('no such file'));
    await this.#waitForTimers();
  }

  #waitForTimers(): Promise<void> {
    return new Promise((resolve) => setTimeout(resolve));
  }
}

describe('a screen that is not loaded yet', () => {
  /** Requests the update screen while the board is shown. */
  function chooseUpdate(): { parts: Parts; latest: ReturnType<typeof trackLatest>; choose: (part: PartName) => void } {
    const parts = new Parts();
    let wanted: PartName = 'expiry';
    const latest = trackLatest(parts.lazyParts, () => wanted);
    expect(latest()).toBe(BOARD);
    wanted = 'update';
    void parts.lazyParts.load('update');
    return { parts, latest, choose: (part) => (wanted = part) };
  }

  test('requests a screen once, and keeps the previous screen until loading ends', async () => {
    const { parts, latest } = chooseUpdate();
    void parts.lazyParts.load('update');
    expect([latest(), parts.asked]).toEqual([BOARD, ['update']]);
    const screen = await parts.arrive('update');
    expect(latest()).toBe(screen);
  });

  test('is not shown when it arrives if another screen was chosen in the meantime', async () => {
    const { parts, latest, choose } = chooseUpdate();
    choose('expiry');
    await parts.arrive('update');
    expect(latest()).toBe(BOARD);
  });

  test('reports a screen that cannot be loaded, and requests it again the next time', async () => {
    const parts = new Parts();
    const loading = parts.lazyParts.load('runs');
    await parts.fail('runs');
    await loading;
    expect([parts.lazyParts.part('runs'), parts.missed]).toEqual([undefined, 1]);
    void parts.lazyParts.load('runs');
    const screen = await parts.arrive('runs');
    expect([parts.lazyParts.part('runs'), parts.missed]).toEqual([screen, 1]);
    expect(parts.asked).toEqual(['runs', 'runs']);
  });

  test('shows a screen of the first frame immediately', () => {
    const parts = new Parts();
    void parts.lazyParts.load('expiry');
    expect([parts.lazyParts.part('expiry'), parts.asked]).toEqual([BOARD, []]);
  });

  test('loads screens one after the other, each when the page is idle', async () => {
    const parts = new Parts();
    let idle = 0;
    void parts.lazyParts.loadAll(['update', 'expiry', 'runs'], () => Promise.resolve((idle += 1)));
    await parts.arrive('none' as PartName);
    expect([idle, parts.asked]).toEqual([1, ['update']]);
    await parts.arrive('update');
    expect([idle, parts.asked]).toEqual([3, ['update', 'runs']]);
  });
});
