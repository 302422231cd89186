import type { BootstrapToken } from '../../shared/secrets/bootstrap-token.ts';
import { findingsIn, type Finding } from '../../shared/finding.ts';
import { ConsoleError } from '../../shared/problem.ts';
import {
  BOOTSTRAP_TOKEN_TYPE,
  readBootstrapTokenSecret,
  writeBootstrapTokenSecret,
} from '../../formats/kubernetes/bootstrap-token-secret.ts';
import { KubernetesFields } from '../../formats/kubernetes/fields.ts';
import { readKubernetesObjects } from '../../formats/kubernetes/objects.ts';
import { encodePem } from '../../formats/der/pem.ts';
import { recognise } from '../../formats/recognise.ts';
import { isSecret } from '../../formats/kubernetes/secret.ts';
import { decodeText } from '../../formats/text/text-encoding.ts';
import type { Ports } from '../../shared/ports.ts';
import {
  bootstrapKubeconfig,
  checkBootstrapToken,
  createBootstrapToken,
  type BootstrapCheck,
  type BootstrapTokenRequest,
} from '../../pki/issue/bootstrap.ts';
import { isServerUrl } from './names.ts';

type TokenPorts = Pick<Ports, 'clock' | 'files' | 'keys'>;

export interface BootstrapCluster {
  clusterName: string;
  server: string;
  /** DER. */
  authorities: readonly Uint8Array[];
}

export interface TokenFiles extends BootstrapTokenRequest {
  /** Path of the Secret that registers the token with the cluster; absent: no Secret is written. */
  secretPath?: string;
  kubeconfig?: BootstrapCluster & { path: string };
}

const MAX_BYTES = 1024 * 1024;

/** Creates files that only their owner can read. The result also contains the secret. */
export async function createTokenFiles(
  ports: TokenPorts,
  { secretPath, kubeconfig, ...request }: TokenFiles,
): Promise<BootstrapToken> {
  const { files } = ports;
  if (kubeconfig !== undefined && !isServerUrl(kubeconfig.server))
    throw new ConsoleError('export.server-invalid', { server: kubeconfig.server });
  const token = createBootstrapToken(ports, request);
  if (secretPath !== undefined) await files.replace(secretPath, writeBootstrapTokenSecret(token));
  if (kubeconfig !== undefined) {
    const { clusterName, server, authorities, path } = kubeconfig;
    const certificateAuthorityPem = authorities.map((der) => encodePem('CERTIFICATE', der)).join('');
    const cluster = { clusterName, server, certificateAuthorityPem };
    await files.replace(path, bootstrapKubeconfig(token, cluster));
  }
  return token;
}

/**
 * Lists the CA certificates in a file. Throws `import.nothing-found` if there are none, or `file.*` if the file cannot
 * be read.
 */
export async function authoritiesIn({ files }: Pick<Ports, 'files'>, path: string): Promise<Uint8Array[]> {
  const { certificates } = recognise(await files.read(path, MAX_BYTES));
  if (certificates.length === 0) throw new ConsoleError('import.nothing-found', { path });
  return certificates.map(({ der }) => der);
}

/** Judges a token as the API server would, given Secrets in YAML or JSON. `known`: number of tokens in the file. */
export async function checkTokenFile(
  { clock, files }: Omit<TokenPorts, 'keys'>,
  { path, token }: { path: string; token: string },
): Promise<{ check: BootstrapCheck; known: number; findings: Finding[] }> {
  const text = decodeText(await files.read(path, MAX_BYTES))?.text ?? '';
  const { objects, findings } = readKubernetesObjects(text);
  const tokens = objects.flatMap((object) => {
    const isToken = isSecret(object) && new KubernetesFields(object.map, '', []).name('type') === BOOTSTRAP_TOKEN_TYPE;
    return isToken ? (readBootstrapTokenSecret(object, findings) ?? []) : [];
  });
  return {
    check: checkBootstrapToken(token, tokens, clock.now()),
    known: tokens.length,
    findings: findingsIn(path, findings),
  };
}
