import type { ColumnWords } from '../model/board-columns.ts';
import type { ExpiryState } from '../../knowledge/model/credentials/expiry-state.ts';
import type { Translate } from '../../shared/text/text.ts';

/** For searches and orders, which use no written times. */
const NO_TIMES = { end: () => '', left: () => '' };

/** With `shapes`, a state's text begins with its shape. */
export function columnWords(
  translate: Translate,
  times: { end: ColumnWords['end']; left: (notAfterMs: number) => string } = NO_TIMES,
  shapes?: Readonly<Record<ExpiryState, string>>,
): ColumnWords {
  return {
    title: (column) => translate(`column.${column}`),
    state: (state) => `${shapes === undefined ? '' : `${shapes[state]} `}${translate(`state.${state}`)}`,
    layer: (layer) => translate(`layer.${layer}`),
    role: (role) => translate(`role.${role}`),
    sample: (name) => translate('sample.name', { name }),
    end: times.end,
    left: ({ notAfterMs }) => (notAfterMs === undefined ? '' : times.left(notAfterMs)),
  };
}
