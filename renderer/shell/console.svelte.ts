import type { AuthorityId } from '../../core/pki/model/authority.ts';
import { COMMAND_TABLE, type CommandId, type Screen, type ScreenCommandId } from '../../core/shared/commands.ts';
import type { ClusterId, CredentialId } from '../../core/shared/ids.ts';
import { EXPIRY_VIEWS, type ExpiryView } from '../../core/expiry/model/settings.ts';
import { LANGUAGES, type Language } from '../../core/shared/text/text.ts';
import type { Api } from '../parts/window/api.ts';
import type { DialogId, Navigation } from '../parts/window/navigation.ts';
import { AboutState } from './about.svelte.ts';
import { AuditState } from '../audit/audit.svelte.ts';
import { AuthorityState } from '../authorities/authorities.svelte.ts';
import { ClipboardState } from '../parts/window/clipboard.svelte.ts';
import { CommandsState } from './commands.svelte.ts';
import { CredentialActions } from '../expiry/credential-actions.svelte.ts';
import { DetailsState } from '../expiry/details.svelte.ts';
import { PlanState } from '../maintenance/plan.svelte.ts';
import { PowerOffState } from '../power-off/power-off.svelte.ts';
import { TimelineState } from '../forecast/timeline.svelte.ts';
import { ClusterPageState, type ClusterTab } from '../fleet/cluster-page.svelte.ts';
import { DecisionsState } from '../inventory/decisions.svelte.ts';
import { FleetState } from '../fleet/fleet.svelte.ts';
import { ExpiryBoard } from '../expiry/expiry.svelte.ts';
import { WatchState } from '../notifications/notifications.svelte.ts';
import { IssuersState } from '../expiry/issuers/issuers.svelte.ts';
import { ExamineState } from '../expiry/examine.svelte.ts';
import { ExportState } from '../expiry/export.svelte.ts';
import { PlacesState } from '../inventory/places.svelte.ts';
import { ClusterIdentityState } from '../inventory/identity.svelte.ts';
import { InventoryState } from '../inventory/inventory.svelte.ts';
import { LabState } from '../repair/lab/lab.svelte.ts';
import { KnowledgeState } from '../knowledge/knowledge.svelte.ts';
import { RepairState } from '../repair/repair.svelte.ts';
import { RevocationChoiceState } from '../revocation/choose/choice.svelte.ts';
import { RevocationEditorState } from '../revocation/edit/editor.svelte.ts';
import { RevocationImpactState } from '../revocation/impact/impact.svelte.ts';
import { RevocationState } from '../revocation/revocation.svelte.ts';
import { RunsState } from '../runs/runs.svelte.ts';
import { WindowServices, type Surroundings } from '../parts/window/services.ts';
import { SharedStoreState } from '../parts/window/shared-store.svelte.ts';
import { SettingsPageState } from '../settings/settings-page.svelte.ts';
import { ThresholdsState } from '../settings/thresholds.svelte.ts';
import { UpdateWizard } from '../update/update.svelte.ts';

/** Each function is called after the screen of its command has opened. */
type CommandWork = Record<Exclude<CommandId, ScreenCommandId>, () => unknown> &
  Partial<Record<ScreenCommandId, () => unknown>>;

export class ConsoleState extends WindowServices implements Navigation {
  readonly inventory = new InventoryState(this.api, this.notices, () => this.go('report'));
  readonly identity = new ClusterIdentityState(this);
  readonly places = new PlacesState(this.api, this.notices, this.inventory);
  readonly powerOff = new PowerOffState(this);
  readonly fleet = new FleetState(this);
  readonly board: ExpiryBoard = new ExpiryBoard({
    ...this,
    needs: () => this.powerOff.needSentences,
    issuers: () => this.issuers.known,
  });
  readonly clusterPage = new ClusterPageState(this);
  readonly decisions = new DecisionsState(this);
  readonly issuers: IssuersState = new IssuersState(this);
  readonly details = new DetailsState(this);
  readonly sharedStore = new SharedStoreState(this);
  readonly settingsPage = new SettingsPageState(this);
  readonly thresholds = new ThresholdsState(this.settings);
  readonly maintenance = new PlanState(this);
  readonly timeline = new TimelineState(this);
  readonly watch = new WatchState(this);
  readonly authority = new AuthorityState(this);
  readonly revocation = new RevocationState({ ...this, show: () => this.go('revocation') });
  readonly revocationChoice = new RevocationChoiceState({ ...this, work: this.revocation });
  readonly credentialActions = new CredentialActions(this);
  readonly revocationEditor = new RevocationEditorState(this);
  readonly revocationImpact = new RevocationImpactState({ ...this, work: this.revocation });
  readonly update = new UpdateWizard(this);
  readonly repair = new RepairState(this);
  readonly runs = new RunsState(this);
  readonly knowledge = new KnowledgeState({ ...this, show: () => this.go('knowledge') });
  readonly lab = new LabState(this);
  readonly audit = new AuditState(this);
  readonly exports = new ExportState(this);
  readonly examine = new ExamineState(this);
  readonly clipboard = new ClipboardState(this);
  readonly about = new AboutState(this);
  readonly commands = new CommandsState(this);

  readonly expiryViews = EXPIRY_VIEWS;
  screen: Screen = $state('expiry');
  /** The latest request to go to a screen; the element with the id `target`, or the heading, takes the focus. */
  arrival = $state.raw<{ target?: string | undefined }>();
  dialog = $state<DialogId>();
  filterWish = $state<'select' | 'append'>();

  constructor(api: Api, surroundings: Surroundings) {
    super(api, surroundings);
    this.inventory.preparations = (rows) => this.board.preparations(rows);
    api.on.application.dropped(({ tickets }) => {
      if (this.dropsAre === 'evidence') void this.repair.readFiles(tickets);
      else void this.inventory.importFiles(tickets);
    });
    api.on.application.waiting(({ path }) => this.notices.remark([{ key: 'waiting', values: { path } }]));
    api.on.application.command(({ command }) => this.run(command));
    api.on.notifications.opened((reference) => this.showCredential(reference));
  }

  get states(): object[] {
    return [
      ...[this.about, this.commands, this.notices, this.now, this.settings, this.clipboard, this.exports, this.examine],
      ...[this.inventory, this.identity, this.places, this.board, this.details, this.issuers, this.credentialActions],
      ...[
        this.powerOff,
        this.fleet,
        this.clusterPage,
        this.decisions,
        this.maintenance,
        this.timeline,
        this.sharedStore,
        this.settingsPage,
        this.thresholds,
        this.watch,
        this.authority,
        this.revocation,
      ],
      ...[this.revocationChoice, this.revocationEditor, this.revocationImpact, this.update, this.repair, this.runs],
      ...[this.knowledge, this.lab, this.audit],
    ];
  }

  get dropsAre(): 'evidence' | 'import' {
    return this.screen === 'repair' && this.repair.takesFiles ? 'evidence' : 'import';
  }

  go(screen: Screen, target?: string): void {
    if (this.screen === 'revocation' && screen !== 'revocation') void this.revocation.leave();
    this.screen = screen;
    if (screen !== 'authority') this.authority.work.close();
    if (screen === 'settings') this.settingsPage.query = '';
    if (screen === 'report') this.notices.dismissActions('command.report.open');
    this.dialog = undefined;
    this.arrival = { target };
  }

  async prepare(): Promise<void> {
    const { settings, text } = this;
    // The language is nearly always that of the system, which is known before main answers.
    await Promise.all([settings.load(), this.loadTexts([settings.language])]);
    await this.loadTexts([settings.language]);
    if (!text.isReady) await this.loadTexts(LANGUAGES);
  }

  /** Loads texts; a failure is reported in a language that is already loaded. */
  async loadTexts(languages: readonly Language[]): Promise<void> {
    try {
      await this.text.load(languages);
    } catch {
      this.partMissing();
    }
  }

  partMissing(): void {
    this.notices.remark([{ key: 'window.part-missing' }]);
  }

  closeDialog(): void {
    this.dialog = undefined;
  }

  showCredential(reference: Parameters<DetailsState['show']>[0]): void {
    this.look('credentials');
    this.details.show(reference);
  }

  showCluster(clusterId: ClusterId, tab?: ClusterTab): void {
    this.clusterPage.open(clusterId);
    if (tab !== undefined) this.clusterPage.tab = tab;
    this.go('cluster');
  }

  showAuthority(authorityId: AuthorityId, entryId?: CredentialId): void {
    this.go('authority');
    this.authority.show(authorityId, entryId);
  }

  showRepair(clusterId: ClusterId): void {
    this.repair.begin(clusterId);
    this.go('repair');
  }

  /** Looks for the causes of a pasted error, whatever screen is open. */
  takePaste(text: string): void {
    if (text.trim() === '' || (this.screen === 'repair' && this.repair.takeOutput(text))) return;
    this.repair.addError(text);
    this.go('repair');
  }

  showUpdate(clusterId: ClusterId): void {
    this.update.begin(clusterId);
    this.go('update');
  }

  look(expiryView: ExpiryView): void {
    this.go('expiry');
    if (this.settings.values.expiryView !== expiryView) this.settings.change({ expiryView });
  }

  typeIntoFilter(letter: string): void {
    this.board.search(this.board.filter.query + letter);
    this.filterWish = 'append';
  }

  run(command: CommandId): void {
    if (this.dialog === 'palette') this.dialog = undefined;
    const { screen } = COMMAND_TABLE[command];
    if (screen !== undefined) this.go(screen);
    this.#work[command]?.();
  }

  readonly #work: CommandWork = {
    'import.files': () => this.inventory.chooseAndImport('files'),
    'import.folders': () => this.inventory.chooseAndImport('folders'),
    'examine.files': () => this.examine.choose(),
    'export.csv': () => this.exports.save('csv'),
    'export.json': () => this.exports.save('json'),
    'export.html': () => this.exports.save('html'),
    'export.report': () => this.exports.saveReport(),
    'export.print': () => this.exports.print(),
    'search.focus': () => this.#focusSearch(),
    'view.clusters': () => this.look('clusters'),
    'view.credentials': () => this.look('credentials'),
    'view.timeline': () => this.look('timeline'),
    'view.power-off': () => this.look('power-off'),
    'view.plan': () => this.look('plan'),
    'palette.open': () => this.#openPalette(),
    'revocation.create': () => this.revocation.close(),
    'revocation.open-file': () => this.revocation.openFile(),
    'authority.create': () => this.authority.work.open({ kind: 'create' }),
    'knowledge.open': () => this.knowledge.wishToSearch(),
    'knowledge.check': () => this.knowledge.openChecker(),
    'language.switch': () => this.settings.switchLanguage(),
    'theme.switch': () => this.settings.switchTheme(),
    'shortcuts.open': () => (this.dialog = 'shortcuts'),
    'about.open': () => this.#openAbout(),
    'filter.clear': () => this.board.clearFilter(),
    'mark.open': () => this.#openMark(),
    'watch.open': () => this.go('settings', 'settings-watch'),
    'watch.check': () => this.watch.check(),
    'sample.open': () => this.inventory.openSample(),
    'sample.remove': () => this.inventory.removeSample(),
  };

  #focusSearch(): void {
    if (this.screen === 'knowledge') return this.knowledge.wishToSearch();
    this.look('credentials');
    this.filterWish = 'select';
  }

  #openPalette(): void {
    this.commands.query = '';
    this.dialog = 'palette';
  }

  #openMark(): void {
    const row = this.details.shown?.row;
    if (row !== undefined) this.watch.open({ kind: 'mark', rows: [row] });
  }

  async #openAbout(): Promise<void> {
    if (await this.about.load()) this.dialog = 'about';
  }
}
