import type { RoleId } from '../../knowledge/model/credentials/credentials.ts';
import type { ProfileRow } from './profile-row.ts';
import { PROFILE_IDS, PROFILE_ROWS, type Profile, type ProfileId } from './profile.ts';

/** A row must state its role if the profile's name is not a role. */
type Rows = { [Id in ProfileId]: ProfileRow<ProfileId> & (Id extends RoleId ? unknown : { role: RoleId }) };
const ROWS: Readonly<Rows> = PROFILE_ROWS;

/** `docs/profiles.md` lists all of them. */
export const PROFILES = Object.fromEntries(
  PROFILE_IDS.map((id): [ProfileId, Profile] => [id, { ...ROWS[id], id, role: ROWS[id].role ?? (id as RoleId) }]),
) as Record<ProfileId, Profile>;

export const PROFILES_BY_ROLE: ReadonlyMap<RoleId, Profile> = new Map(
  Object.values(PROFILES).map((profile) => [profile.role, profile]),
);
