import type { FailedAction } from './actions/actions.ts';
import { openState } from './open.ts';
import { answerProblem, failure, powerProblem } from './actions/preconditions.ts';
import { KUBELET_SERVING_EXPIRED } from './actions/refusals.ts';
import { certificateId } from './slots.ts';
import type { DeploymentState } from './state.ts';
import { clientRunsSince, connectionProblem, isValid } from './validity.ts';

/**
 * Answers queries about a deployment by the rules of the simulation: with the reason for a failure, otherwise
 * `undefined`. The state is opened once, so queries are cheap.
 */
export function observe(state: DeploymentState) {
  const world = openState(state, undefined);
  return {
    apiServer(name: string): FailedAction | undefined {
      const cluster = world.clusterByName.get(name);
      return cluster === undefined ? failure('not-found', { subject: name }) : answerProblem(world, cluster);
    },
    authenticate(id: string): FailedAction | undefined {
      const slot = world.slots.find((each) => certificateId(each) === id);
      if (slot?.cluster === undefined || slot.profile.layer !== 'kubernetes')
        return failure('not-found', { subject: id });
      const isAccepted = isValid(world, slot) && slot.revokedBy === undefined;
      return answerProblem(world, slot.cluster) ?? (isAccepted ? undefined : failure('unauthorized', { subject: id }));
    },
    /** Checks whether `kubectl logs` and `exec` reach the kubelet. */
    kubelet(name: string): FailedAction | undefined {
      for (const cluster of world.clusters) {
        const node = cluster.nodes.find(({ state: machine }) => machine.name === name);
        if (node === undefined) continue;
        const isServing = node.slots.some((slot) => slot.profile.id === 'kubelet-server' && isValid(world, slot));
        const expired = failure('certificate-expired', { subject: name, text: KUBELET_SERVING_EXPIRED });
        return answerProblem(world, cluster) ?? (isServing ? undefined : expired);
      }
      return failure('not-found', { subject: name });
    },
    /** Checks whether client and cloud agent accept each other's certificates. */
    cloudAgent(name: string): FailedAction | undefined {
      const identity = world.identities.find((each) => each.name === name);
      if (identity === undefined) return failure('not-found', { subject: name });
      const stopped = clientRunsSince(world, identity) === undefined ? 'client-stopped' : undefined;
      const reason = connectionProblem(world, identity) ?? stopped;
      return powerProblem(world, identity.cluster) ?? (reason && failure(reason, { subject: name }));
    },
  };
}
