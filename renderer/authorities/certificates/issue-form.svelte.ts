import { listPlaceholders } from '../../../core/pki/model/profile-placeholders.ts';
import type { IssueRequest } from '../../../core/authorities/contract.ts';
import type { AuthorityRow, AuthorityTree } from '../../../core/authorities/model/view.ts';
import { PROFILES } from '../../../core/pki/model/profiles.ts';
import { DAY_MS, HOUR_MS, SECOND_MS } from '../../../core/shared/instant.ts';
import type { KeyAlgorithm } from '../../../core/shared/certificates/key-algorithm.ts';
import type { ProfileId } from '../../../core/pki/model/profile.ts';
import { fillPlaceholders, isOpen, parseList } from './placeholders.ts';
import type { NowState } from '../../parts/window/now.svelte.ts';

type ValidityUnit = 'days' | 'hours';
const UNIT_MS: Record<ValidityUnit, number> = { days: DAY_MS, hours: HOUR_MS };

/** Default values of a cluster, which an admin may have changed. */
const USUAL_VALUES: Readonly<Partial<Record<string, string>>> = { 'service-domain': 'cluster.local' };

export class IssueForm {
  readonly #tree: AuthorityTree;
  readonly #now: NowState;
  profileId: ProfileId = $state('apiserver');
  /**
   * Values by placeholder. They are kept when the profile changes, because the next certificate is usually for the same
   * node.
   */
  values: Partial<Record<string, string>> = $state.raw(USUAL_VALUES);
  dns = $state('');
  ip = $state('');
  validity = $state('');
  unit: ValidityUnit = $state('days');
  #algorithm = $state<KeyAlgorithm>();

  readonly profile = $derived(PROFILES[this.profileId]);
  readonly fields = $derived(listPlaceholders(this.profile));
  readonly algorithms = $derived(this.profile.keyAlgorithms.value);
  readonly algorithm = $derived(this.algorithms.find((each) => each === this.#algorithm) ?? this.algorithms[0]);
  readonly missing: readonly string[] = $derived(
    this.fields.filter(({ name, needed }) => needed && (this.values[name] ?? '').trim() === '').map(({ name }) => name),
  );
  /** Absent if the input is empty or malformed. */
  readonly validityMs = $derived.by(() => {
    const amount = Number(this.validity.trim().replace(',', '.'));
    if (this.validity.trim() === '' || !Number.isFinite(amount) || amount <= 0) return undefined;
    return Math.round((amount * UNIT_MS[this.unit]) / SECOND_MS) * SECOND_MS;
  });
  readonly validityFault = $derived(
    this.validity.trim() !== '' && (this.validityMs === undefined || this.validityMs === 0),
  );
  readonly preview = $derived.by(() => this.#preview());

  constructor({ tree, profile, now }: { tree: AuthorityTree; profile: ProfileId; now: NowState }) {
    this.#tree = tree;
    this.#now = now;
    this.profileId = profile;
  }

  setValue(name: string, value: string): void {
    this.values = { ...this.values, [name]: value };
  }

  setAlgorithm(algorithm: KeyAlgorithm): void {
    this.#algorithm = algorithm;
  }

  request(): IssueRequest {
    return {
      authorityId: this.#tree.id,
      profile: this.profileId,
      values: this.#valueLists(),
      dns: parseList(this.dns),
      ip: parseList(this.ip),
      keyAlgorithm: this.algorithm,
      validityMs: this.validityMs,
    };
  }

  /** Splits values into lists, except values for the subject, which may contain spaces. */
  #valueLists(): Record<string, string[]> {
    const listed: Record<string, string[]> = {};
    for (const { name, needed } of this.fields) {
      const value = (this.values[name] ?? '').trim();
      if (value !== '') listed[name] = needed ? [value] : parseList(value);
    }
    return listed;
  }

  #preview() {
    const { profile } = this;
    const { subject, sans, keyUsage, extendedKeyUsage, keyAlgorithms, validityMs } = profile;
    const values = this.#valueLists();
    const fillFirst = (text: string): string => fillPlaceholders(text, values)[0] ?? text;
    const { commonName, organizations } = subject.value;
    const parts = [`CN=${fillFirst(commonName)}`, ...organizations.map((each) => `O=${fillFirst(each)}`)];
    const names = [...sans.value.dns, ...sans.value.ip].flatMap((each) => fillPlaceholders(each, values));
    const all = [...new Set([...names, ...parseList(this.dns), ...parseList(this.ip)])];
    const ca = this.#ca();
    const wantedMs = this.#now.current + (this.validityMs ?? validityMs.value);
    const byCa = ca !== undefined && ca.notAfterMs < wantedMs;
    return {
      profile,
      subject: { text: parts.join(', '), citations: subject.citations },
      /** A name is omitted from the certificate if one of its placeholders has no value. */
      sans: { names: all.map((text) => ({ text, open: isOpen(text) })), citations: sans.citations },
      usage: {
        text: [...extendedKeyUsage.value, ...keyUsage.value].join(', '),
        citations: [...extendedKeyUsage.citations, ...keyUsage.citations],
      },
      key: { algorithm: this.algorithm, citations: keyAlgorithms.citations },
      /** `byCa`: the certificate expires early, together with its CA. */
      end: { ms: byCa ? ca.notAfterMs : wantedMs, byCa, citations: validityMs.citations },
      issuer: ca?.name ?? '',
    };
  }

  /** Returns the newest CA in use. During a rotation, main may choose the other CA. */
  #ca(): AuthorityRow | undefined {
    const issuer = this.profile.issuer.value;
    return this.#tree.rows.findLast((row) => row.profile === issuer && row.isCa && row.revoked === undefined);
  }
}
