import { Validator } from '@seriousme/openapi-schema-validator';
import { describe, expect, test } from 'vitest';
import { openApiDocument } from '../../../../core/lab/cloud-agent/openapi.ts';
import { ROUTES } from '../../../../core/lab/cloud-agent/routes.ts';
import { findOperation, listDeviations } from '../../../support/lab-document.ts';

describe('the document of the cloud agent', () => {
  test('is valid OpenAPI 3.1', async () => {
    const validator = new Validator();
    const { valid, errors } = await validator.validate(structuredClone(openApiDocument()) as Record<string, unknown>);
    expect(errors).toBeUndefined();
    expect(valid).toBe(true);
    expect(validator.version).toBe('3.1');
  });

  test('would be refused with a parameter that the path lacks, so that the validator is worth something', async () => {
    const document = structuredClone(openApiDocument()) as { paths: Record<string, { get: object }> };
    document.paths['/v1/self'] = { get: { responses: { 99: {} } } };
    const { valid } = await new Validator().validate(document);
    expect(valid).toBe(false);
  });

  test('has every route, and an operation id for each', () => {
    for (const { method, path, operation } of ROUTES)
      expect(findOperation(method, path)?.operationId, operation).toBe(operation);
    const { paths } = openApiDocument() as { paths: Record<string, object> };
    const ids = Object.values(paths).flatMap((methods) =>
      Object.values(methods).map(({ operationId }: { operationId: string }) => operationId),
    );
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids).toHaveLength(ROUTES.length + 1);
  });

  test('says which parts of a path, a query and a header there are', () => {
    const { paths } = openApiDocument() as {
      paths: Record<string, Record<string, { parameters?: { name: string; in: string }[] }>>;
    };
    for (const [path, methods] of Object.entries(paths))
      for (const [method, { parameters = [] }] of Object.entries(methods)) {
        const inPath = parameters.filter((each) => each.in === 'path').map(({ name }) => `{${name}}`);
        expect(inPath, `${method} ${path}`).toEqual(path.match(/\{\w+\}/gu) ?? []);
      }
    const one = paths['/v1/locations/{location}/groups/{group}/virtualMachines/{name}'];
    expect(one?.['put']?.parameters?.at(-1)).toMatchObject({ name: 'If-Match', in: 'header', required: false });
    expect(one?.['delete']?.parameters?.at(-1)).toMatchObject({ name: 'If-Match', in: 'header', required: true });
  });
});

test('an answer that differs from the document is noticed: status, header, type, field and code', () => {
  const vm = { method: 'GET', path: '/v1/locations/L/groups/g/virtualMachines/a' };
  const json = { 'content-type': 'application/json' };
  const differs = (status: number, headers: Record<string, string>, body: string): boolean =>
    listDeviations(vm, { status, headers, body }).length > 0;
  const good = {
    ...{ type: 'VirtualMachine', location: 'L', group: 'g', name: 'a', version: 1, changedAt: '2026-12-02T10:00:00Z' },
    properties: { cpuCount: 1, memoryMB: 256, networkInterfaces: [], powerState: 'Off' },
  };
  const tagged = { ...json, etag: '"1"' };
  expect(differs(200, tagged, JSON.stringify(good))).toBe(false);
  expect(differs(201, tagged, JSON.stringify(good))).toBe(true);
  expect(differs(200, json, JSON.stringify(good))).toBe(true);
  expect(differs(200, { ...tagged, 'content-type': 'text/plain' }, JSON.stringify(good))).toBe(true);
  expect(differs(200, tagged, JSON.stringify({ ...good, extra: 1 }))).toBe(true);
  expect(differs(200, tagged, JSON.stringify({ ...good, changedAt: 'yesterday' }))).toBe(true);
  expect(differs(404, json, '{"error":{"code":"not-found","detail":"a"}}')).toBe(false);
  expect(differs(404, json, '{"error":{"code":"in-use"}}')).toBe(true);
  expect(differs(404, json, '{"error":{}}')).toBe(true);
});
