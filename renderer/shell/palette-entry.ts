import type { CredentialActions } from '../expiry/credential-actions.svelte.ts';
import type { CommandId } from '../../core/shared/commands.ts';
import type { ExpiryState } from '../../core/knowledge/model/credentials/expiry-state.ts';
import { catalogue, isLoaded, isMessageKey, LANGUAGES, type MessageKey } from '../../core/shared/text/text.ts';
import type { AuthorityState } from '../authorities/authorities.svelte.ts';
import type { DetailsState } from '../expiry/details.svelte.ts';
import type { ExpiryBoard } from '../expiry/expiry.svelte.ts';
import type { ClusterIdentityState } from '../inventory/identity.svelte.ts';
import type { InventoryState } from '../inventory/inventory.svelte.ts';
import type { KnowledgeState } from '../knowledge/knowledge.svelte.ts';
import type { WatchState } from '../notifications/notifications.svelte.ts';
import type { Navigation } from '../parts/window/navigation.ts';
import type { WindowServices } from '../parts/window/services.ts';
import type { RevocationState } from '../revocation/revocation.svelte.ts';
import type { AuthorityId } from '../../core/pki/model/authority.ts';
import type { CredentialId } from '../../core/shared/ids.ts';
import type { IconName } from '../ui/icons.ts';

/** In the order in which kinds are listed if they were found equally well. */
export const PALETTE_KINDS = [
  ...(['deed', 'action', 'setting', 'cluster', 'credential'] as const),
  ...(['revocation', 'authority', 'article'] as const),
] as const;

export interface PaletteEntry {
  kind: (typeof PALETTE_KINDS)[number];
  /** Identifies the entry, also among those that are remembered as recently used. */
  key: string;
  text: string;
  icon: IconName;
  /** The state of a credential, in place of the icon. */
  state?: ExpiryState;
  /** Adds to the text: a role, a cluster. */
  beside?: string;
  /** At the end of the line: a kind, a count, a state. */
  aside?: string;
  shortcut?: string;
  sample?: boolean;
  run: () => unknown;
}

export interface PaletteServices extends WindowServices, Navigation {
  board: ExpiryBoard;
  details: DetailsState;
  inventory: InventoryState;
  identity: ClusterIdentityState;
  watch: WatchState;
  authority: AuthorityState;
  revocation: RevocationState;
  credentialActions: CredentialActions;
  knowledge: KnowledgeState;
  showAuthority: (authorityId: AuthorityId, entryId?: CredentialId) => void;
}

type Synonyms<Key> = Key extends `synonyms.${infer Name}` ? Name : never;
export type Synonym = Synonyms<MessageKey>;

/** Returns the texts in every loaded language, since people type the language that they know the word in. */
export function listTexts(key: string): string[] {
  return LANGUAGES.filter(isLoaded).flatMap((language) => (isMessageKey(key) ? catalogue(language)[key] : []));
}

export function listSynonyms(name: Synonym): string[] {
  return listTexts(`synonyms.${name}`).flatMap((text) => text.split(/, |、/u));
}

export type DeedId = Synonym extends infer Name ? (Name extends `deed.${infer Id}` ? Id : never) : never;
export type ActionId = Exclude<CommandId, 'palette.open'>;
