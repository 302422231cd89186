import type { Profile, ProfileId } from './profile.ts';
import { KUBERNETES_PROFILES } from './profiles-kubernetes.ts';
import { MOC_PROFILES } from './profiles-moc.ts';

/** What the engine knows about every kind of certificate that it can issue, by profile. `docs/profiles.md` shows it. */
export const PROFILES: Record<ProfileId, Profile> = { ...KUBERNETES_PROFILES, ...MOC_PROFILES };
