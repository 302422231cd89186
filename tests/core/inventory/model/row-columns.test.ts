import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { BoardRow } from '../../../../core/inventory/model/board-row.ts';
import { packRows, unpackRows } from '../../../../core/inventory/model/row-columns.ts';
import { ROLE_IDS } from '../../../../core/knowledge/model/credentials/credentials.ts';
import { LAYERS, type ClusterId, type CredentialId } from '../../../../core/shared/ids.ts';
import { boardRow, plainRow } from '../../../support/board-rows.ts';

const EAST = { clusterId: 'east' as ClusterId, name: 'east (2)', commandName: 'east', sample: true } as const;

/** Returns rows as the page reads them after a transfer. */
const transferRows = (rows: readonly BoardRow[]): BoardRow[] =>
  unpackRows(structuredClone({ ...EAST, columns: packRows(rows) })).map(plainRow);

const text = fc.string({ unit: 'binary', maxLength: 40 });
const moment = fc.oneof(fc.constant(undefined), fc.integer(), fc.constant(-Infinity));
const row = fc
  .record({
    id: fc.stringMatching(/^[0-9a-f]{4,64}$/u),
    serial: text,
    kind: fc.constantFrom('certificate', 'token'),
    layer: fc.constantFrom(...LAYERS),
    role: fc.constantFrom(...ROLE_IDS),
    texts: fc.tuple(text, text, text),
    moments: fc.tuple(moment, moment, moment, moment),
    assumed: fc.boolean(),
    foreign: fc.constantFrom(undefined, 'unrelated'),
  })
  .map(({ id, serial, texts: [name, issuer, search], moments, foreign, ...others }) => {
    const [notBeforeMs, notAfterMs, firstReadMs, confirmedMs] = moments;
    return {
      ...boardRow({ clusterId: EAST.clusterId, cluster: EAST.name, commandName: EAST.commandName, sample: true }),
      ...(others as Pick<BoardRow, 'kind' | 'layer' | 'role' | 'assumed'>),
      ...{ id: id as CredentialId, numbers: id + serial, name, issuer, search },
      ...(foreign !== undefined && { foreign }),
      ...(notBeforeMs !== undefined && { notBeforeMs }),
      ...(notAfterMs !== undefined && { notAfterMs }),
      ...(firstReadMs !== undefined && { firstReadMs }),
      ...(confirmedMs !== undefined && { confirmedMs }),
    };
  });

describe('rows transferred to the page', () => {
  test('are unchanged, whatever their texts contain', () => {
    fc.assert(
      fc.property(fc.array(row, { maxLength: 20 }), (rows) => {
        expect(transferRows(rows)).toEqual(rows);
      }),
    );
  });

  test('have the same renewal refusals as before', () => {
    const path = 'spec.revocations[0]';
    const refusals = [
      { name: 'stop', namespace: 'kube-system', path, isAlone: true, kind: 'DNS', value: 'x' },
    ] as const;
    const names = ['one', 'two', 'three'];
    const rows = transferRows(names.map((name) => boardRow({ name, ...(name === 'two' && { refusals }) })));
    expect(rows.map((each) => each.refusals)).toEqual([undefined, refusals, undefined]);
  });

  test('are an empty list if there are none', () => {
    expect(transferRows([])).toEqual([]);
  });
});
