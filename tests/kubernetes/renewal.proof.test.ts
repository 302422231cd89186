import { X509Certificate } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { connect } from 'node:tls';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { shareControlPlane, specification, type ControlPlane } from './control-plane.ts';
import { pair, readUser } from './identity.ts';

/* Renews the files of a running control plane with the product. */

const DAY_MS = 86_400_000;
/** The age of the files: certificates are valid for four days and due for renewal one day before they expire. */
const AGE_MS = 3.5 * DAY_MS;
/** A generous limit, since the API server checks its files once a minute. */
const RELOADED_MS = 600_000;

const controlPlane = shareControlPlane(() => ({ madeAgoMs: AGE_MS }));

/** Returns the serial number that the API server presents on a new connection. */
function readServedSerial(plane: ControlPlane): Promise<string> {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(plane.server);
    const socket = connect({ host: hostname, port: Number(port), ca: plane.ca }, () => {
      resolve(socket.getPeerCertificate().serialNumber);
      socket.end();
    });
    socket.on('error', reject);
  });
}

function serialIn(path: string): string {
  return new X509Certificate(readFileSync(path)).serialNumber;
}

test('the API server loads a renewed certificate without losing a request', async (context) => {
  const plane = await controlPlane(context);
  const file = plane.pki('apiserver.crt');
  const old = { serial: serialIn(file), client: readUser(plane.kubeconfig('super-admin')) };
  expect(await readServedSerial(plane)).toBe(old.serial);

  const statuses: number[] = [];
  const serials = new Set<string>();
  let goesOn = true;
  const ask = async (): Promise<void> => {
    while (goesOn) {
      statuses.push((await plane.request(old.client, '/api/v1/nodes')).status);
      serials.add(await readServedSerial(plane));
      await sleep(20);
    }
  };
  const asking = [ask(), ask(), ask()];
  await sleep(1_000);

  const said = await plane.createLater(specification(Number(new URL(plane.server).port)));
  expect(said).toMatch(/remake {2,}pki\/apiserver\.crt/u);
  const renewed = serialIn(file);
  expect(renewed).not.toBe(old.serial);
  expect(existsSync(`${file}.previous`)).toBe(true);
  const end = Date.now() + RELOADED_MS;
  while (!serials.has(renewed) && Date.now() < end) await sleep(500);
  await sleep(1_000);
  goesOn = false;
  await Promise.all(asking);

  expect(serials).toEqual(new Set([old.serial, renewed]));
  expect(await readServedSerial(plane)).toBe(renewed);
  expect(statuses.length).toBeGreaterThan(100);
  expect(new Set(statuses)).toEqual(new Set([200]));
  // Both the new kubeconfig and an older copy work.
  for (const client of [old.client, readUser(plane.kubeconfig('super-admin'))])
    expect((await plane.request(client, '/api/v1/nodes')).status).toBe(200);
  // etcd reads its files for each connection.
  expect((await plane.askEtcd(pair(plane.pki('etcd/healthcheck-client')))).status).toBe(200);
});
