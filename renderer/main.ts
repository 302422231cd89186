import { mount } from 'svelte';
import './ui/tokens.css';
import './ui/base.css';
import './ui/fields/field.css';
import App from './App.svelte';
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

// Drawn only once the settings are known: not first in one language or theme and then in another.
await console.settings.load();
mount(App, { target, props: { console } });
// The board comes first: it is what the console opens with.
void console.inventory
  .load()
  .then(() => console.watch.load())
  .then(() => console.authority.load())
  .then(() => console.revocation.load());
