import type { SharedCopy } from '../inventory/store/inventory-store.ts';
import { DAY_MS, epochMs } from '../shared/instant.ts';
import type { Ports } from '../shared/ports.ts';
import { ConsoleError } from '../shared/problem.ts';
import { QUIET_CLAIM, type SharedClaim } from '../shared/shared-store.ts';
import { secretAt, type SecretPorts } from './delivery/secret.ts';
import { findSecretAddress, findServer, getTarget, type Channel } from './model/channel.ts';
import type { Change } from './model/notice.ts';

/** Longer than any attempt takes. A console that ends while it sends leaves the changes to the others after this. */
const SENDING_S = 5 * 60;
/** A console that was off for this long reports again what others have reported. */
const SENT_S = 60 * 24 * 3_600;
/**
 * Separates claims of changes that are being sent from those of sent ones, by their ends on the clock of the server. The
 * clock here may be slower by up to a day.
 */
const MOST_SENDING_MS = DAY_MS;

/** `away`: nobody can tell, since the server does not answer or this user may not reserve anything. */
type Taken = SharedClaim | 'away' | 'sent' | 'busy';

type SentChangesPorts = SecretPorts & Pick<Ports, 'clock' | 'crypto'>;

export interface Reservation {
  /** The changes that this console sends; other consoles have sent the rest. */
  own: ReadonlySet<Change>;
  /** Notes these changes as sent, or leaves them to any console. */
  end(isSent: boolean): Promise<void>;
}

/**
 * Keeps consoles with the same inventory and the same receiver from reporting a change twice. A change is reserved, sent
 * and noted as sent; the shared store holds only hashes of the receiver and the change. Without the server each console
 * sends everything, since a message too many is better than none.
 */
export class SentChanges {
  readonly #shared: Pick<SharedCopy, 'claim' | 'release'>;
  readonly #ports: SentChangesPorts;

  constructor(shared: Pick<SharedCopy, 'claim' | 'release'>, ports: SentChangesPorts) {
    this.#shared = shared;
    this.#ports = ports;
  }

  /**
   * Returns `busy` while another console is sending one of the changes, which may still fail, and `undefined` for a
   * message without changes.
   */
  async reserve(channel: Channel, changes: readonly Change[]): Promise<Reservation | 'busy' | undefined> {
    if (changes.length === 0) return undefined;
    const own = new Set<Change>();
    const claims: SharedClaim[] = [];
    // A server that stands still is asked once only, since each answer takes long.
    let isAway = false;
    const reservation = { own, end: (isSent: boolean) => this.#end(claims, isSent) };
    const receiver = await this.#findReceiver(channel);
    const named = changes.map((change) => ({
      change,
      name: receiver === undefined ? '' : this.#nameClaim([channel.kind, ...receiver], change),
    }));
    // All consoles reserve in the same order, so that one of them gets everything.
    for (const { change, name } of named.toSorted((one, other) => (one.name < other.name ? -1 : 1))) {
      const claim: Taken = name === '' || isAway ? 'away' : await this.#take(name);
      isAway ||= name !== '' && claim === 'away';
      if (claim === 'busy') {
        await reservation.end(false);
        return 'busy';
      }
      if (claim === 'sent') continue;
      own.add(change);
      if (typeof claim !== 'string') claims.push(claim);
    }
    return reservation;
  }

  async #end(claims: readonly SharedClaim[], isSent: boolean): Promise<void> {
    for (const claim of claims) {
      try {
        if (isSent) await this.#shared.claim(claim.name, SENT_S);
        else await this.#shared.release(claim);
      } catch (error) {
        if (!(error instanceof ConsoleError)) throw error;
        // The claim ends by itself.
      }
    }
  }

  async #take(name: string): Promise<Taken> {
    try {
      return await this.#shared.claim(name, SENDING_S);
    } catch (error) {
      if (!(error instanceof ConsoleError)) throw error;
      if (error.code !== 'shared.claimed') return 'away';
      const until = Date.parse(String(error.params['until']));
      return until - epochMs(this.#ports.clock.now()) > MOST_SENDING_MS ? 'sent' : 'busy';
    }
  }

  /** Returns `undefined` for a receiver on this computer, and for a secret address that cannot be read here. */
  async #findReceiver(channel: Channel): Promise<string[] | undefined> {
    if (findServer(channel) === undefined) return undefined;
    if ('to' in channel) return [...channel.to].sort();
    const address = findSecretAddress(channel);
    if (address === undefined) return [getTarget(channel)];
    try {
      return [(await secretAt(this.#ports, address)).trim()];
    } catch (error) {
      if (!(error instanceof ConsoleError)) throw error;
      return undefined;
    }
  }

  /**
   * Consoles find a change at different times, so the time is not part of its name. Returns an empty name for changes
   * that concern a single console.
   */
  #nameClaim(receiver: readonly string[], change: Change): string {
    if (!('credential' in change)) return '';
    const { credentialId, notAfter = '' } = change.credential;
    const to = 'to' in change ? change.to : '';
    const parts = [...receiver, change.kind, to, credentialId, notAfter];
    const hash = this.#ports.crypto.sha256Hex(new TextEncoder().encode(JSON.stringify(parts)));
    return `${QUIET_CLAIM}${hash}`;
  }
}
