import * as remedy from './roles-remedies.ts';

/** Steps of a repair across both layers, in order: each step needs the credentials that earlier steps restored. */
export const STEP_REMEDIES = {
  'management-kubeconfig': remedy.COPY_ADMIN_CONF,
  'moc-login': remedy.MOC_LOGIN,
  'node-agent': remedy.REPAIR_MOC,
  'cloud-agent-ca': remedy.ROTATE_CA,
  host: remedy.HOST_REPAIR,
  kubelet: remedy.KUBELET_REPAIR,
  cloud: remedy.CLOUD_REPAIR,
  'load-balancer': remedy.LOAD_BALANCER_REPAIR,
  'ad-auth-uninstall': remedy.UNINSTALL_AD_AUTH,
  'ad-auth-install': remedy.INSTALL_AD_AUTH,
  credential: remedy.NEW_CREDENTIAL,
} satisfies Record<string, remedy.Remedy>;
export type RepairStepId = keyof typeof STEP_REMEDIES;
export const REPAIR_STEP_IDS = Object.keys(STEP_REMEDIES) as readonly RepairStepId[];
