import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { MINUTE_MS, epochMs, SECOND_MS } from '../../../core/shared/instant.ts';
import type { Action } from '../../../core/simulation/actions/actions.ts';
import { deployment, Life, START } from './deployment.ts';

/*
 * Slow implementations of the simulation's rules: a single certificate, examined every second or minute, without a
 * queue and without due times computed in advance. The simulation must report the same events for that certificate
 * among all others.
 */

type Fact = [seconds: number, what: string];

/** Lists the events that the simulation reports for one certificate or for its identity. */
function facts(life: Life, isMine: (event: Life['events'][number]) => boolean): Fact[] {
  const told = ['certificate-issued', 'certificate-renewed', 'certificate-refused'];
  const kinds = [...told, 'certificate-expired', 'login-refused', 'token-rotated'];
  return life.events
    .filter((event) => kinds.includes(event.kind) && isMine(event))
    .map(({ at, kind }) => [(epochMs(at) - epochMs(START)) / SECOND_MS, kind]);
}

type Switch = 'off' | 'on' | 'stall' | 'resume' | 'revoke' | 'permit';

const SWITCH = fc.constantFrom<Switch>('off', 'on', 'stall', 'resume', 'revoke', 'permit');

function makeAction(what: Switch): Action {
  switch (what) {
    case 'off':
    case 'on':
      return { kind: 'power', cluster: 'retail', on: what === 'on' };
    case 'stall':
    case 'resume':
      return { kind: `${what}-renewer`, cluster: 'retail', renewer: 'renewal-controller' };
    case 'revoke':
      return {
        kind: 'apply-revocation',
        cluster: 'retail',
        revocation: {
          name: 'control-plane',
          namespace: 'kube-system',
          entries: [{ kind: 'IP', value: '172.16.10.10' }],
        },
      };
    case 'permit':
      return { kind: 'delete-revocation', cluster: 'retail', name: 'control-plane' };
  }
}

describe('a control-plane certificate', () => {
  /**
   * Computes the expected events, second by second: the certificate is renewed when no more than a quarter of its
   * lifetime is left, and a refused renewal is retried after 2 % of the lifetime.
   */
  function naive(story: readonly [Switch, number][]): Fact[] {
    const [validity, backdating] = [4 * 86_400, 300];
    const found: Fact[] = [];
    let [start, end] = [-backdating, validity];
    let [powered, running, forbidden, dead] = [true, true, false, false];
    let waitUntil = -Infinity;
    const look = (now: number): void => {
      if (dead) return;
      if (now >= end) {
        dead = true;
        found.push([now, 'certificate-expired']);
      } else if (powered && running && now >= waitUntil && (end - now) / (end - start) <= 0.25) {
        if (forbidden) {
          waitUntil = now + Math.round((end - start) / 50);
          found.push([now, 'certificate-refused']);
        } else {
          [start, end] = [now - backdating, now + validity];
          waitUntil = -Infinity;
          found.push([now, 'certificate-renewed']);
        }
      }
    };
    let now = 0;
    for (const [what, minutes] of story) {
      // kubectl works only while the cluster runs.
      const answers = powered && !dead;
      if ((what === 'on' && !powered) || (what === 'resume' && !running)) waitUntil = -Infinity;
      if (what === 'on' || what === 'off') powered = what === 'on';
      if (what === 'stall' || what === 'resume') running = what === 'resume';
      if (answers && (what === 'revoke' || what === 'permit')) forbidden = what === 'revoke';
      look(now);
      for (const stop = now + minutes * 60; now < stop;) {
        now += 1;
        look(now);
      }
    }
    return found;
  }

  test('has the events that the slow implementation computes, through outages, stalls and revocations', () => {
    // A certificate is renewed after three days and expires after four.
    const minutes = fc.oneof(fc.nat(2 * 60), fc.nat(2 * 24 * 60), fc.integer({ min: 3 * 24 * 60, max: 5 * 24 * 60 }));
    const compared = new Set<string>();
    fc.assert(
      fc.property(fc.array(fc.tuple(SWITCH, minutes), { maxLength: 12 }), (story) => {
        const life = new Life();
        const { slot } = life.certificate('apiserver');
        for (const [what, passing] of story) {
          life.do(makeAction(what));
          life.pass(passing * MINUTE_MS);
        }
        const mine = facts(life, ({ certificate }) => certificate?.startsWith(`${slot}.`) === true);
        expect(mine).toEqual(naive(story));
        for (const [, what] of mine) compared.add(what);
      }),
      { numRuns: 30, seed: 4 },
    );
    // The test must have compared events of every kind.
    expect([...compared].sort()).toEqual(['certificate-expired', 'certificate-refused', 'certificate-renewed']);
  });
});

describe('an identity of the cloud agent', () => {
  /**
   * Computes the expected events, minute by minute: the certificate is renewed when 30 % of its lifetime is left, with
   * retries after 2 %. After the expiry, the client logs in as long as its token is valid.
   */
  function naive(story: readonly ['on' | 'off' | 'rotate', number][], rotates: boolean): Fact[] {
    const life = 90 * 24 * 60;
    const found: Fact[] = [];
    const note = (minute: number, what: string): void => void found.push([minute * 60, what]);
    let [start, tokenStart] = [0, 0];
    let [powered, expired] = [true, false];
    let waitUntil = -Infinity;
    const look = (now: number): void => {
      if (!expired && now >= start + life) {
        expired = true;
        note(now, 'certificate-expired');
      }
      if (!powered) return;
      if (rotates && !expired && now >= tokenStart + 0.7 * life) {
        tokenStart = now;
        note(now, 'token-rotated');
      }
      if (expired && now >= waitUntil) {
        if (now >= tokenStart + life) {
          waitUntil = now + 0.02 * life;
          return note(now, 'login-refused');
        }
        [start, expired] = [now, false];
        note(now, 'certificate-issued');
      } else if (!expired && now >= start + 0.7 * life) {
        start = now;
        note(now, 'certificate-renewed');
      }
    };
    let now = 0;
    for (const [what, minutes] of story) {
      // A client that retries finds the new login file.
      if (what === 'rotate') {
        tokenStart = now;
        note(now, 'token-rotated');
      }
      if (what === 'rotate' || (what === 'on' && !powered)) waitUntil = -Infinity;
      if (what !== 'rotate') powered = what === 'on';
      look(now);
      for (const stop = now + minutes; now < stop;) {
        now += 1;
        look(now);
      }
    }
    return found;
  }

  test('has the events that the slow implementation computes, with and without token rotation', () => {
    // A certificate is renewed after 63 days, and a token expires after 90.
    const day = 24 * 60;
    const minutes = fc.oneof(fc.nat(2 * day), fc.nat(50 * day), fc.integer({ min: 27 * day, max: 100 * day }));
    const story = fc
      .array(fc.tuple(fc.constantFrom('on', 'off', 'rotate'), minutes), { maxLength: 7 })
      // The CA expires after 365 days.
      .filter((switches) => switches.reduce((sum, [, passing]) => sum + passing, 0) < 365 * day);
    const compared = new Set<string>();
    fc.assert(
      fc.property(story, fc.boolean(), (switches, rotates) => {
        const autoRotate = rotates ? (['csi'] as const) : [];
        const life = new Life(deployment({ settings: { autoRotate, caRotatesItself: false } }));
        for (const [what, passing] of switches) {
          if (what === 'rotate') life.succeed({ kind: 'rotate-identity', identity: 'retail-csi' });
          else life.do({ kind: 'power', cluster: 'retail', on: what === 'on' });
          life.pass(passing * MINUTE_MS);
        }
        const mine = facts(life, ({ identity }) => identity === 'retail-csi');
        expect(mine).toEqual(naive(switches, rotates));
        for (const [, what] of mine) compared.add(what);
      }),
      { numRuns: 60, seed: 4 },
    );
    expect([...compared].sort()).toEqual([
      ...['certificate-expired', 'certificate-issued', 'certificate-renewed', 'login-refused', 'token-rotated'],
    ]);
  });
});
