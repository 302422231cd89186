import { mount } from 'svelte';
import './ui/tokens.css';
import './ui/base.css';
import './ui/fields/field.css';
import App from './App.svelte';
import { LANGUAGES } from '../core/text/text.ts';
import { connect } from './api.ts';
import { ConsoleState } from './shell/console.svelte.ts';

const dark = matchMedia('(prefers-color-scheme: dark)');
const console = new ConsoleState(connect(), {
  language: navigator.language,
  dark: dark.matches,
  readClock: () => Date.now(),
});
dark.addEventListener('change', () => console.settings.systemThemeChanged(dark.matches));
addEventListener('pagehide', () => {
  void console.settings.save();
  void console.revocation.leave();
});

const target = document.getElementById('console');
if (target === null) throw new Error('index.html lacks the element "console"');

// The page is drawn only once the settings are known, so that it does not change language or theme.
await console.prepare();
mount(App, { target, props: { console } });
// The board comes first, because the console opens with it.
void console.inventory
  .load()
  .then(() => console.watch.load())
  .then(() => console.authority.load())
  .then(() => console.revocation.load())
  // Whoever changes the language later does not wait for it.
  .then(() => console.loadTexts(LANGUAGES));
