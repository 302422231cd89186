import { encodeBase64 } from '../der/base64.ts';
import { writeYaml } from '../yaml/yaml-writer.ts';

interface KubeconfigContent {
  clusterName: string;
  /** `https://address:port`. */
  server: string;
  certificateAuthorityPem: string;
  userName: string;
  namespace?: string;
  credentials: { certificatePem: string; keyPem: string } | { token: string };
}

/**
 * Writes YAML in kubectl's order with one cluster, one user and a context that joins them; all data is embedded. The
 * text contains a secret.
 */
export function writeKubeconfig(content: KubeconfigContent): string {
  const { clusterName, server, certificateAuthorityPem, userName, namespace, credentials } = content;
  // Named as in kubeadm.
  const contextName = `${userName}@${clusterName}`;
  return writeYaml({
    apiVersion: 'v1',
    clusters: [
      { cluster: { 'certificate-authority-data': base64Text(certificateAuthorityPem), server }, name: clusterName },
    ],
    contexts: [{ context: { cluster: clusterName, namespace, user: userName }, name: contextName }],
    'current-context': contextName,
    kind: 'Config',
    preferences: {},
    users: [
      {
        name: userName,
        user:
          'token' in credentials
            ? { token: credentials.token }
            : {
                'client-certificate-data': base64Text(credentials.certificatePem),
                'client-key-data': base64Text(credentials.keyPem),
              },
      },
    ],
  });
}

function base64Text(text: string): string {
  return encodeBase64(new TextEncoder().encode(text));
}
