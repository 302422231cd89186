import { epochMs, type Instant } from '../../shared/instant.ts';
import { PROFILES } from '../../pki/model/profiles.ts';
import { nextRenewalTry, renewalLeadMs, renewalRetryMs, TOKEN_ROTATION } from '../../pki/model/renewal.ts';
import { readToken } from '../../formats/jwt/jwt.ts';
import { logsInAgain, LOGS_IN_AT_START } from '../../simulation/validity.ts';
import type { LabClient } from '../model/lab.ts';
import type { LabFolder } from '../store/files.ts';
import { readCertificatePem, readLogin } from '../store/secret-files.ts';
import { describeFailure, type AgentCalls } from './agent-calls.ts';

interface Period {
  startMs: number;
  endMs: number;
}

/**
 * One client of the cloud agent that runs: keeps its certificate and its token valid by the documented rules. Sources:
 * the profiles; microsoft/moc-sdk-for-go (renewal at a share of the lifetime, retries, a new login after expiry).
 */
export class MocClient {
  readonly client: LabClient;
  readonly #calls: AgentCalls;
  readonly #lab: LabFolder;
  readonly #log: (line: string) => void;
  /** Versions of both files when they were last read. */
  #versions = '';
  #certificate: Period | undefined;
  #token: Period | undefined;
  #certificateFailedAt: number | undefined;
  #tokenFailedAt: number | undefined;
  /** False if the client could not log in when it was started; it then waits for a restart. */
  isStarted = true;

  constructor(given: { client: LabClient; calls: AgentCalls; lab: LabFolder; log: (line: string) => void }) {
    this.client = given.client;
    this.#calls = given.calls;
    this.#lab = given.lab;
    this.#log = given.log;
  }

  /** Some clients log in with their token whenever they start. Sources: see `LOGS_IN_AT_START`. */
  async start(): Promise<void> {
    this.isStarted = true;
    if (!LOGS_IN_AT_START.includes(this.client.profile)) return;
    this.#log(`${this.client.identity}: starting login to cloud agent`);
    this.isStarted = (await this.#attempt('login', () => this.#calls.login(this.client))) === undefined;
  }

  /** Does what is due now. */
  async tick(now: Instant): Promise<void> {
    if (!this.isStarted) return;
    await this.#readFiles();
    const nowMs = epochMs(now);
    if (this.#isCertificateDue(nowMs)) {
      const isEnded = this.#certificate === undefined || nowMs > this.#certificate.endMs;
      const failed = isEnded
        ? await this.#attempt('login', () => this.#calls.login(this.client))
        : await this.#attemptWithAccess('renewal', (access) => this.#calls.renew(this.client, access));
      this.#certificateFailedAt = failed === undefined ? undefined : nowMs;
    }
    if (this.#isTokenDue(nowMs)) {
      const failed = await this.#attemptWithAccess('token rotation', (access) =>
        this.#calls.rotateToken(this.client, access),
      );
      this.#tokenFailedAt = failed === undefined ? undefined : nowMs;
    }
  }

  /** Whether the cloud agent would accept the certificate, as far as its dates tell. */
  isConnected(now: Instant): boolean {
    return this.isStarted && this.#certificate !== undefined && epochMs(now) <= this.#certificate.endMs;
  }

  #isCertificateDue(nowMs: number): boolean {
    const { atShareLeft = 0, retryShare = 0, by } = PROFILES[this.client.profile].renewal.value;
    if (by === 'nobody') return false;
    const period = this.#certificate;
    if (period === undefined) {
      const lifetimeMs = this.#token === undefined ? 0 : this.#token.endMs - this.#token.startMs;
      return nowMs >= nextRenewalTry(0, this.#certificateFailedAt, renewalRetryMs(retryShare, lifetimeMs));
    }
    if (nowMs > period.endMs && !logsInAgain({ profile: PROFILES[this.client.profile] })) return false;
    return nowMs >= nextTry(period, { atShareLeft, retryShare }, this.#certificateFailedAt);
  }

  #isTokenDue(nowMs: number): boolean {
    if (!this.client.autoRotate || this.#token === undefined) return false;
    return nowMs >= nextTry(this.#token, TOKEN_ROTATION, this.#tokenFailedAt);
  }

  async #attemptWithAccess(
    what: string,
    work: (access: NonNullable<Awaited<ReturnType<AgentCalls['readAccess']>>>) => Promise<void>,
  ): Promise<string | undefined> {
    const access = await this.#calls.readAccess(this.client);
    return access === undefined ? undefined : this.#attempt(what, () => work(access));
  }

  /** Logs the outcome; returns the sentence of a failure. */
  async #attempt(what: string, work: () => Promise<void>): Promise<string | undefined> {
    const { identity } = this.client;
    try {
      await work();
      await this.#readFiles();
      this.#log(`${identity}: ${what} done`);
      return undefined;
    } catch (error) {
      const sentence = describeFailure(error);
      this.#log(`${identity}: ${what} failed: ${sentence}`);
      return sentence;
    }
  }

  async #readFiles(): Promise<void> {
    const { accessFile, loginFile } = this.client;
    const versions = (await this.#lab.versions([accessFile, loginFile])).join(' ');
    if (versions === this.#versions) return;
    this.#versions = versions;
    const access = await this.#calls.readAccess(this.client);
    const [certificate] = access === undefined ? [] : readCertificatePem(access.certificatePem);
    this.#certificate = certificate && {
      startMs: epochMs(certificate.facts.notBefore),
      endMs: epochMs(certificate.facts.notAfter),
    };
    const login = readLogin((await this.#lab.readIfPresent(loginFile)) ?? '');
    const { token } = readToken(login?.token ?? '');
    const { notBefore, notAfter } = token.form === 'jwt' ? token : {};
    this.#token = notBefore && notAfter && { startMs: epochMs(notBefore), endMs: epochMs(notAfter) };
    // A file that somebody replaced deserves an attempt at once.
    this.#certificateFailedAt = undefined;
    this.#tokenFailedAt = undefined;
  }
}

function nextTry(
  { startMs, endMs }: Period,
  { atShareLeft, retryShare }: { atShareLeft: number; retryShare: number },
  failedAt: number | undefined,
): number {
  const lifetimeMs = endMs - startMs;
  return nextRenewalTry(
    endMs - renewalLeadMs(atShareLeft, lifetimeMs),
    failedAt,
    renewalRetryMs(retryShare, lifetimeMs),
  );
}
