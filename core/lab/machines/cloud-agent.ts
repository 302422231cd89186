import { epochMs, type Instant } from '../../shared/instant.ts';
import { AuditTrail } from '../../audit/store/audit.ts';
import { PROFILES } from '../../pki/model/profiles.ts';
import { paceProfile, renewalDueAt } from '../../pki/model/renewal.ts';
import { issueSuccessor } from '../../pki/issue/renewal.ts';
import { privateKeyPem } from '../../pki/issue/private-key-pem.ts';
import { encodePem } from '../../formats/der/pem.ts';
import { ConsoleError } from '../../shared/problem.ts';
import { DecisionLog } from '../cloud-agent/decisions.ts';
import { AGENT_KEY_FILES, AgentKeeper } from '../cloud-agent/keeper.ts';
import { CloudAgentServer } from '../cloud-agent/server.ts';
import { LAB_FILES } from '../model/lab.ts';
import { markKey } from '../store/files.ts';
import { readCertificatePem } from '../store/secret-files.ts';
import { ServedFile, type MachineContext, type RunningMachine } from './machine.ts';

/** Runs the cloud agent: a port for logins, a port for work, and the renewal of its own server certificate. */
export async function runCloudAgent(context: MachineContext): Promise<RunningMachine> {
  const { ports, lab, description, machine, log } = context;
  const keeper = await AgentKeeper.open(ports, lab, description.pace);
  const trail = await AuditTrail.open(ports, lab.path(LAB_FILES.agent), { inBatches: true });
  const onFailure = (): void => log('the audit trail cannot be written');
  const decisions = await DecisionLog.open(trail, { scheduler: ports.scheduler, onFailure });
  const server = new CloudAgentServer(ports, { keeper, decisions, log });
  const [first] = machine.services;
  if (first === undefined) throw new Error('a cloud agent without services');
  const { file } = first;
  const keyFile = file.replace(/\.crt$/u, '.key');
  const read = async () => ({ certificatePem: await lab.read(file), keyPem: await lab.read(keyFile) });
  const served = machine.services.map(
    (service) =>
      new ServedFile(context, service, {
        read,
        asksForCertificate: service.kind === 'work',
        answer: (request) => server.answer(service.kind === 'work' ? 'work' : 'login', request),
      }),
  );
  for (const each of served) await each.open();
  let keyVersions = (await lab.versions(AGENT_KEY_FILES)).join(' ');

  const renewServer = async (now: Instant): Promise<void> => {
    const [former] = readCertificatePem(await lab.read(file));
    if (former === undefined) throw new ConsoleError('lab.damaged', { path: lab.path(file) });
    const dueAt = renewalDueAt(PROFILES['cloud-agent-server'], former.facts);
    const { signer } = keeper.agent;
    const isOfSigner = ports.crypto.isSignedBy(former.der, signer.der);
    if (isOfSigner && dueAt !== undefined && epochMs(now) < epochMs(dueAt)) return;
    const profile = paceProfile(PROFILES['cloud-agent-server'], description.pace);
    const key = await ports.keys.generate(profile.keyAlgorithms.value[0]);
    const { der } = issueSuccessor(ports, { former, profile, issuer: signer, subjectSpki: key.spki });
    await lab.write(keyFile, markKey(privateKeyPem(ports, key)));
    await lab.write(file, encodePem('CERTIFICATE', der), { isPublic: true });
    log('cloud agent: server certificate renewed');
  };
  return {
    tick: async (now) => {
      const versions = (await lab.versions(AGENT_KEY_FILES)).join(' ');
      if (versions !== keyVersions) {
        await keeper.readKeysAgain(ports, lab);
        keyVersions = versions;
        log('cloud agent: certificate authority read again');
      }
      await renewServer(now);
      for (const each of served) await each.takeUpRenewal();
    },
    close: async () => {
      for (const each of served) await each.close();
      await keeper.close();
      await decisions.close();
      await trail.close();
    },
  };
}
