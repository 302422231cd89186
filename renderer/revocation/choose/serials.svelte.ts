import { OVERVIEW_REVOCATION, citeText } from '../../../core/knowledge/model/sources/sources.ts';
import {
  ROW_CONNECTIONS,
  ROW_KUBECONFIG,
  ROW_SERIAL_FORMS,
  ROW_SERIAL_ISSUER,
} from '../../../core/knowledge/model/sources/sources-revocation.ts';
import type { Statement } from '../../../core/shared/citation.ts';
import { EXEMPT_STATEMENTS } from '../../../core/revocation/model/exempt-statements.ts';
import { comparableSerial } from '../../../core/shared/renew-revocation/values.ts';
import type { SerialForm } from '../../../core/revocation/model/serial.ts';
import type { RevokedSerial, SerialLine } from '../../../core/revocation/model/view.ts';
import type { WindowServices } from '../../parts/window/services.ts';

type Reading = SerialLine['readings'][number];

export interface SerialView {
  text: string;
  readings: readonly Reading[];
  /** Absent while the admin must decide, or if there is no reading. */
  reading?: Reading;
  /** The admin must decide, or has decided. */
  isAsked: boolean;
  /** `exempt`: no entry affects a certificate with this number. */
  state: 'no-serial' | 'open' | 'known' | 'unknown' | 'exempt' | 'duplicate';
  notes: readonly Statement[];
}

const NO_SERIAL = citeText('choice.serials.no-serial', ROW_SERIAL_FORMS);
const UNKNOWN = citeText('choice.serials.unknown', ROW_SERIAL_FORMS);
const AUTHORITY_FACTS = [
  citeText('choice.authority.fields', OVERVIEW_REVOCATION),
  citeText('choice.authority.issuer', ROW_SERIAL_ISSUER),
  citeText('revocation.enforcement', OVERVIEW_REVOCATION, ROW_KUBECONFIG, ROW_CONNECTIONS),
];
const SEVERAL = citeText('finding.revocation.serial-several', ROW_SERIAL_ISSUER);

/** Pasted serial numbers, which the main process reads while the admin types. */
export class SerialsState {
  #services: Pick<WindowServices, 'api' | 'notices'>;
  #isAsking = false;
  #meant: ReadonlyMap<string, SerialForm> = $state.raw(new Map());
  #lines: readonly SerialLine[] = $state.raw([]);
  #read = $state('');
  #revoked: ReadonlyMap<string | undefined, RevokedSerial> = $state.raw(new Map());
  text = $state('');
  /** The possibilities of a manifest from the revocations of an authority. */
  readonly facts: readonly Statement[] = $derived(this.#revoked.size > 0 ? AUTHORITY_FACTS : []);

  readonly lines: readonly SerialView[] = $derived.by(() => {
    const seen = new Set<string>();
    return this.#lines.map((line): SerialView => {
      const read = serialView(line, this.#meant.get(line.text));
      const serial = comparableSerial(read.reading?.serialHex ?? '');
      const view = addRevoked(read, this.#revoked.get(serial));
      if (serial !== undefined && seen.has(serial)) return { ...view, state: 'duplicate', notes: [] };
      if (serial !== undefined) seen.add(serial);
      return view;
    });
  });
  /** In the spelling of entries, without duplicates. */
  readonly serials = $derived.by(() => {
    const taken = this.lines.filter(({ state }) => state === 'known' || state === 'unknown');
    return [...new Set(taken.flatMap(({ reading }) => reading?.serialHex ?? []))];
  });
  readonly open = $derived(this.lines.filter(({ state }) => state === 'open').length);
  readonly reading = $derived(this.#read !== this.text);

  constructor(services: Pick<WindowServices, 'api' | 'notices'>) {
    this.#services = services;
  }

  forget(): void {
    this.text = '';
    this.#read = '';
    this.#lines = [];
    this.#meant = new Map();
    this.#revoked = new Map();
  }

  /** Enters the serial numbers that an authority has revoked. */
  fill(revoked: readonly RevokedSerial[]): void {
    this.#revoked = new Map(revoked.map((one) => [comparableSerial(one.serialHex), one]));
    // The prefix prevents a reading as decimal.
    this.type(revoked.map(({ serialHex }) => `0x${serialHex}`).join('\n'));
  }

  type(text: string): void {
    this.text = text;
    void this.#keepUp();
  }

  /** Adds the text of a file that the admin chooses. */
  async addFile(): Promise<void> {
    const { api, notices } = this.#services;
    const [source] = notices.take(await api.application.chooseSources({ kind: 'revocation' })) ?? [];
    const read = source && notices.take(await api.revocation.readText({ source }));
    if (read !== undefined) this.type([this.text, read.text].filter((text) => text !== '').join('\n'));
  }

  async refresh(): Promise<void> {
    if (this.text !== '') await this.#ask();
  }

  mean(line: string, form: SerialForm): void {
    this.#meant = new Map(this.#meant).set(line, form);
  }

  /** Sends one request at a time; of the texts entered meanwhile, only the last one is read. */
  async #keepUp(): Promise<void> {
    if (this.#isAsking) return;
    this.#isAsking = true;
    try {
      while (this.#read !== this.text) await this.#ask();
    } finally {
      this.#isAsking = false;
    }
  }

  async #ask(): Promise<void> {
    const { text } = this;
    const result =
      text.trim() === ''
        ? ({ ok: true, value: [] } as const)
        : await this.#services.api.revocation.readSerials({ text });
    if (!result.ok) this.#services.notices.problem(result.problem);
    this.#lines = result.ok ? result.value : [];
    this.#read = text;
  }
}

function serialView(line: SerialLine, meant: SerialForm | undefined): SerialView {
  const { text, readings, resolved } = line;
  const isAsked = readings.length > 0 && resolved === undefined;
  const reading = resolved === undefined ? readings.find(({ form }) => form === meant) : readings[resolved];
  if (reading === undefined) {
    const isNone = readings.length === 0;
    const state = isNone ? 'no-serial' : 'open';
    return { text, readings, isAsked, state, notes: isNone ? [NO_SERIAL] : [] };
  }
  return { text, readings, isAsked, reading, ...verdictOn(reading) };
}

/** The inventory decides about its own certificates; of the others, the authority knows the name and the use. */
function addRevoked(view: SerialView, revoked: RevokedSerial | undefined): SerialView {
  if (revoked === undefined || view.state !== 'unknown') return view;
  const { exempt, name, cluster } = revoked;
  const note =
    exempt === undefined ? citeText('choice.authority.revoked', ROW_SERIAL_ISSUER) : EXEMPT_STATEMENTS[exempt];
  const state = exempt === undefined ? 'unknown' : 'exempt';
  return { ...view, state, notes: [{ ...note, params: { name, cluster } }] };
}

function verdictOn({ certificates }: Reading): Pick<SerialView, 'state' | 'notes'> {
  const [first, ...others] = certificates;
  if (first === undefined) return { state: 'unknown', notes: [UNKNOWN] };
  const exempt = certificates.flatMap(({ exempt: reason, name, cluster }): Statement[] =>
    reason === undefined ? [] : [{ ...EXEMPT_STATEMENTS[reason], params: { name, cluster } }],
  );
  if (exempt.length === certificates.length) return { state: 'exempt', notes: exempt };
  const several = others.length > 0 ? [{ ...SEVERAL, params: { count: certificates.length } }] : [];
  return { state: 'known', notes: [...several, ...exempt] };
}
