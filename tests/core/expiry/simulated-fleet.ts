import type { Life } from '../authority/simulation/deployment.ts';
import { assess } from '../../../core/domain/assess.ts';
import type { Assessment } from '../../../core/domain/assess.ts';
import { LIFETIME_CLASSES } from '../../../core/domain/catalogue/lifetimes.ts';
import { PROFILES } from '../../../core/domain/catalogue/profiles.ts';
import { ROLES } from '../../../core/domain/catalogue/roles.ts';
import type { CredentialId } from '../../../core/domain/credential.ts';
import { msOf } from '../../../core/domain/instant.ts';
import type { ProfileId } from '../../../core/domain/profile.ts';
import { boardRow } from '../../support/board-rows.ts';

/**
 * What the watcher would see of a simulated deployment whose files are read at every check: each certificate of the chosen
 * profiles, and which certificate took the place of which.
 */
export class SimulatedFleet {
  readonly renewals = new Map<CredentialId, CredentialId>();
  readonly #bySlot = new Map<number, CredentialId>();
  readonly #profiles: readonly ProfileId[];

  constructor(profiles: readonly ProfileId[]) {
    this.#profiles = profiles;
  }

  look(life: Life): { assessments: Assessment[]; nowMs: number } {
    const nowMs = msOf(life.state.now);
    const records = life.state.certificates.filter(
      ({ profile, holder }) => this.#profiles.includes(profile) && holder.kind !== 'workstation',
    );
    const rows = records.map((record) => {
      const id = `${record.slot}`.padStart(8, '0').concat(record.serialHex).padEnd(64, '0');
      const before = this.#bySlot.get(record.slot);
      if (before !== undefined && before !== id) this.renewals.set(before, id as CredentialId);
      this.#bySlot.set(record.slot, id as CredentialId);
      const { role, layer } = PROFILES[record.profile];
      return boardRow({
        id: id as CredentialId,
        name: record.subject.commonName,
        cluster: record.cluster ?? 'host',
        role,
        layer: layer === 'moc' ? 'moc' : 'kubernetes',
        lifetimeClass: ROLES[role].lifetimeClass,
        notBeforeMs: msOf(record.notBefore),
        notAfterMs: msOf(record.notAfter),
        confirmedMs: nowMs,
      });
    });
    return { assessments: assess(rows, { nowMs, classes: LIFETIME_CLASSES }), nowMs };
  }
}
