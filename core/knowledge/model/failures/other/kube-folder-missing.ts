import type { FailureRow } from '../../failure.ts';
import { ISSUE_269, KNOWN_KUBE_FOLDER } from '../../sources/sources-repair.ts';
import { retryStep, ON_HOST, stepStatement } from '../steps.ts';

export const F24: FailureRow = {
  kind: 'not-a-certificate',
  published: ['Error: open C:\\Users\\<user>\\.kube\\config: The system cannot find the path specified.'],
  texts: [
    { id: 'path', phrases: ['.kube\\config: The system cannot find the path specified'], weight: 0.95 },
    // Japanese Windows prints this in Japanese.
    { id: 'japanese', phrases: ['.kube\\config: 指定されたパスが見つかりません'], weight: 0.95 },
  ],
  supports: [{ id: 'other-user', answer: { field: 'sameUser', is: false }, weight: 0.1 }],
  lookAlikes: {},
  confirm: 'user',
  cause: [KNOWN_KUBE_FOLDER, ISSUE_269],
  steps: [
    {
      id: 'folder',
      ...ON_HOST,
      risk: 'low',
      command: 'mkdir "$HOME/.kube"',
      statement: stepStatement('kube-folder', KNOWN_KUBE_FOLDER, ISSUE_269),
      expected: 'repair.expected.folder',
    },
    retryStep(ISSUE_269),
  ],
  look: [KNOWN_KUBE_FOLDER],
  citations: [ISSUE_269, KNOWN_KUBE_FOLDER],
};
