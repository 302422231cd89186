import type { Life } from '../simulation/deployment.ts';
import { assess, type Assessment } from '../../../core/expiry/model/assess.ts';
import { LIFETIME_CLASSES } from '../../../core/knowledge/model/credentials/lifetimes.ts';
import { PROFILES } from '../../../core/pki/model/profiles.ts';
import { ROLES } from '../../../core/knowledge/model/credentials/roles.ts';
import type { CredentialId } from '../../../core/shared/ids.ts';
import { epochMs } from '../../../core/shared/instant.ts';
import type { ProfileId } from '../../../core/pki/model/profile.ts';
import { boardRow } from '../../support/board-rows.ts';

/**
 * Assesses the certificates of the chosen profiles in a simulated deployment, as if all its files were read at every
 * check, and records which certificate replaced which.
 */
export class SimulatedFleet {
  readonly renewals = new Map<CredentialId, CredentialId>();
  readonly #bySlot = new Map<number, CredentialId>();
  readonly #profiles: readonly ProfileId[];

  constructor(profiles: readonly ProfileId[]) {
    this.#profiles = profiles;
  }

  look(life: Life): { assessments: readonly Assessment[]; nowMs: number } {
    const nowMs = epochMs(life.state.now);
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
        notBeforeMs: epochMs(record.notBefore),
        notAfterMs: epochMs(record.notAfter),
        confirmedMs: nowMs,
      });
    });
    return { assessments: assess(rows, { nowMs, classes: LIFETIME_CLASSES }), nowMs };
  }
}
