import { createContext } from 'svelte';
import type { CommandId, Screen } from '../../../core/shared/commands.ts';
import type { ClusterId, CredentialId } from '../../../core/shared/ids.ts';
import type { ExpiryView } from '../../../core/expiry/model/settings.ts';

export type DialogId = 'about' | 'shortcuts' | 'palette';

/** Moves between the screens of the window, and runs its commands. */
export interface Navigation {
  readonly screen: Screen;
  /** The dialog of the window that is open; its keys are not for the screen behind it. */
  readonly dialog: DialogId | undefined;
  /** The views of expiry, in their order. */
  readonly expiryViews: readonly ExpiryView[];
  /** A request to type into the filter of the board, which then takes focus and selects or keeps its content. */
  filterWish: 'select' | 'append' | undefined;
  /** How files dropped on the window are treated. */
  readonly dropsAre: 'evidence' | 'import';
  run(command: CommandId): void;
  go(screen: Screen): void;
  closeDialog(): void;
  /** Opens one of the views of expiry. */
  look(view: ExpiryView): void;
  showCredential(reference: { clusterId: ClusterId; credentialId: CredentialId }): void;
  /** Filters the board by the name of a cluster. */
  showCluster(name: string): void;
  showMostUrgent(): void;
  /** Opens the repair of a cluster with what the inventory says about it. */
  showRepair(clusterId: ClusterId): void;
  /** Opens the update of a cluster. */
  showUpdate(clusterId: ClusterId): void;
  /** A letter typed in the table goes into the filter. */
  typeIntoFilter(letter: string): void;
}

export const [useNavigation, provideNavigation] = createContext<Navigation>();
