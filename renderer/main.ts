import { mount, type Component } from 'svelte';
import './ui/tokens.css';
import './ui/base.css';
import './ui/fields/field.css';
import App from './App.svelte';
import { CATALOGUE_LOADERS } from '../core/console/catalogues/catalogues.ts';
import { LANGUAGES, provideCatalogues } from '../core/shared/text/text.ts';
import { connect } from './connect.ts';
import FleetView from './fleet/FleetView.svelte';
import ExpiryScreen from './expiry/ExpiryScreen.svelte';
import { loadArticleSearch } from './knowledge/article-search.svelte.ts';
import { nextFrame } from './parts/slices.svelte.ts';
import { LazyParts, type LazyPartsOptions, type PartName } from './parts/window/lazy-parts.svelte.ts';
import { ConsoleState } from './shell/console.svelte.ts';

const PRESENT = { expiry: ExpiryScreen, clusters: FleetView } satisfies LazyPartsOptions['present'];

type Load = () => Promise<{ default: Component }>;

/** In the order in which parts are loaded ahead, so the most used part comes first. */
const LAZY: Record<Exclude<PartName, keyof typeof PRESENT>, Load> = {
  credentials: () => import('./expiry/BoardView.svelte'),
  cluster: () => import('./fleet/ClusterPage.svelte'),
  palette: () => loadWithArticles(import('./shell/Palette.svelte')),
  update: () => import('./update/UpdateScreen.svelte'),
  repair: () => import('./repair/RepairScreen.svelte'),
  revocation: () => import('./revocation/RevocationScreen.svelte'),
  runs: () => import('./runs/RunsScreen.svelte'),
  authority: () => import('./authorities/AuthoritiesScreen.svelte'),
  report: () => import('./inventory/ImportReportScreen.svelte'),
  knowledge: () => loadWithArticles(import('./knowledge/KnowledgeScreen.svelte')),
  lab: () => import('./repair/lab/LabScreen.svelte'),
  audit: () => import('./audit/AuditScreen.svelte'),
  settings: () => import('./settings/SettingsScreen.svelte'),
  timeline: () => import('./forecast/TimelineView.svelte'),
  'power-off': () => import('./power-off/PowerOffView.svelte'),
  plan: () => import('./maintenance/PlanView.svelte'),
  about: () => import('./shell/AboutDialog.svelte'),
  shortcuts: () => import('./shell/ShortcutsDialog.svelte'),
  'fleet-dialogs': () => import('./fleet/FleetDialogs.svelte'),
  'identity-dialogs': () => import('./inventory/IdentityDialogs.svelte'),
  examine: () => import('./expiry/ExamineDialog.svelte'),
  'long-report': () => import('./expiry/LongReportDialog.svelte'),
  'notification-dialogs': () => import('./notifications/NotificationDialogs.svelte'),
};

provideCatalogues(CATALOGUE_LOADERS);

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

const lazyParts = new LazyParts({ present: PRESENT, load: loadPart, onmissing: () => console.partMissing() });
const idle = (): Promise<unknown> => new Promise((resolve) => requestIdleCallback(resolve));

const target = document.getElementById('console');
if (target === null) throw new Error('index.html lacks the element "console"');

void open(target);

/**
 * Opens the console. A function, because a top-level `await` would delay the parts that are loaded later and import
 * this script.
 */
async function open(place: HTMLElement): Promise<void> {
  // If the page were drawn earlier, its language and theme would change visibly.
  await console.prepare();
  await lazyParts.load(console.settings.values.expiryView);
  mount(App, { target: place, props: { console, lazyParts } });
  // Until the first frame, main serves only the page.
  await nextFrame();
  await console.inventory.load();
  await console.watch.load();
  await console.authority.load();
  await console.revocation.load();
  await lazyParts.loadAll(Object.keys(LAZY) as (keyof typeof LAZY)[], idle);
  await console.loadTexts(LANGUAGES);
}

async function loadPart(name: PartName): Promise<Component> {
  return name in PRESENT ? PRESENT[name as keyof typeof PRESENT] : (await LAZY[name as keyof typeof LAZY]()).default;
}

/** Loads a part together with the search, which the part needs when it is first displayed. */
async function loadWithArticles<T>(part: Promise<T>): Promise<T> {
  const [loaded] = await Promise.all([part, loadArticleSearch()]);
  return loaded;
}
