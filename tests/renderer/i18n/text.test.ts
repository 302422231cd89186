import { describe, expect, test } from 'vitest';
import type { Language } from '../../../core/shared/text/text.ts';
import { TextState } from '../../../renderer/i18n/text.svelte.ts';
import { openConsole } from '../../support/console.ts';

/** A loader that `arrive` or `fail` completes; only the languages in `here` are already loaded. */
class SlowLanguages {
  readonly here: Set<Language>;
  arrive = (): void => {};
  fail = (): void => {};

  constructor(...here: Language[]) {
    this.here = new Set(here);
  }

  readonly isLoaded = (language: Language): boolean => this.here.has(language);

  readonly load = (languages: readonly Language[]): Promise<void> =>
    new Promise((resolve, reject) => {
      this.arrive = () => {
        for (const language of languages) this.here.add(language);
        resolve();
      };
      this.fail = () => reject(new Error('no such file'));
    });
}

describe('a language whose texts are not loaded yet', () => {
  test('keeps the previous language until the new texts are loaded, so that no keys or mixed texts appear', async () => {
    let chosen: Language = 'en';
    const languages = new SlowLanguages('en');
    const text = new TextState(
      () => chosen,
      () => 'utc',
      languages,
    );
    expect(text.t('action.close')).toBe('Close');
    chosen = 'ja';
    const loading = text.load();
    expect([text.language, text.t('action.close')]).toEqual(['en', 'Close']);
    languages.arrive();
    await loading;
    expect([text.language, text.t('action.close')]).toEqual(['ja', '閉じる']);
  });

  test('keeps the previous language if loading fails, and reports the failure to the caller', async () => {
    const languages = new SlowLanguages('en');
    const text = new TextState(
      () => 'ja',
      () => 'utc',
      languages,
    );
    const loading = text.load();
    languages.fail();
    await expect(loading).rejects.toThrow('no such file');
    expect([text.isReady, text.language]).toEqual([true, 'en']);
  });

  test('becomes the language of the page if no other language is loaded', () => {
    const text = new TextState(
      () => 'ja',
      () => 'utc',
      new SlowLanguages(),
    );
    expect([text.isReady, text.language]).toEqual([false, 'ja']);
  });
});

describe('the start of the window', () => {
  test('loads the settings, and the texts in the language that they name', async () => {
    const console = await openConsole();
    await console.data.store.changeSettings({ language: 'ja' });
    const state = console.openWindow({ language: 'en' });
    await state.prepare();
    expect([state.text.isReady, state.text.t('action.close')]).toEqual([true, '閉じる']);
    expect(state.notices.list).toEqual([]);
  });

  test('reports that a language could not be loaded', async () => {
    const state = (await openConsole()).openWindow();
    state.text.load = () => Promise.reject(new Error('no such file'));
    await state.loadTexts(['ja']);
    expect(state.notices.list).toMatchObject([{ tone: 'remark', texts: [{ key: 'window.part-missing' }] }]);
  });
});
