import { CONTROL_PLANE, type KubernetesPrograms } from '../rigs/kubernetes.mjs';

interface Skippable {
  skip: (condition: boolean, note?: string) => void;
}

/** Returns the programs of a control plane; skips the running test, with the reason, if there are none. */
export function needKubernetes({ skip }: Skippable): KubernetesPrograms {
  const programs = CONTROL_PLANE.find();
  skip(programs === undefined, `Kubernetes is not here: ${CONTROL_PLANE.whyAbsent()}`);
  if (programs === undefined) throw new Error('unreachable: the test is skipped');
  return programs;
}
