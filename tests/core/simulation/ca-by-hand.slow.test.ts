import { expect, test } from 'vitest';
import { DAY_MS } from '../../../core/shared/instant.ts';
import { deployment, Life } from './deployment.ts';

function makeLife(): Life {
  return new Life(deployment({ settings: { caRotatesItself: false } }));
}

test('if the cloud agent does not rotate its CA, certificates of clients outlive it, and then nobody can log in', () => {
  const life = makeLife().pass(330 * DAY_MS);
  expect(life.state.cloudAgent).toMatchObject({ stage: 'single' });
  expect(life.state.cloudAgent.trusted).toHaveLength(1);
  const [ca] = life.state.certificates.filter(({ profile }) => profile === 'cloud-agent-ca');
  expect(life.identityCertificate('host-1').notAfter > (ca?.notAfter ?? '')).toBe(true);
  life.pass(40 * DAY_MS);
  expect(life.listExpiredProfiles()).toContain('cloud-agent-ca');
  expect(life.do({ kind: 'Repair-Moc' })).toMatchObject({ ok: false });
});

test('a rotation started by an admin continues by itself, but the next rotation waits for the admin', () => {
  const life = makeLife()
    .pass(300 * DAY_MS)
    .succeed({ kind: 'Invoke-AksHciRotateCACertificate', stage: 'both-trusted' })
    .pass(70 * DAY_MS);
  expect(life.state.cloudAgent.stage).toBe('single');
  expect(life.state.cloudAgent.trusted).toHaveLength(1);
  life.pass(300 * DAY_MS - 71 * DAY_MS);
  expect(life.state.cloudAgent.trusted).toHaveLength(1);
});
