import { z } from 'zod';
import { ROUTES, type Route } from './routes.ts';

const VERSION = '1.0.0';

const ERROR_SCHEMA = {
  type: 'object',
  required: ['error'],
  properties: {
    error: {
      type: 'object',
      required: ['code'],
      properties: {
        ...{ code: { type: 'string' }, message: { type: 'string' }, place: { type: 'string' } },
        ...{ reason: { type: 'string' }, detail: { type: 'string' } },
      },
    },
  },
};

/** Describes the interface of the lab's cloud agent. Source of the form: OpenAPI Specification 3.1.0. */
export function openApiDocument(): object {
  const paths: Record<string, Record<string, object>> = {};
  for (const route of ROUTES)
    paths[route.path] = { ...paths[route.path], [route.method.toLowerCase()]: describeOperation(route) };
  return {
    openapi: '3.1.0',
    info: {
      title: 'Arcwarden lab: cloud agent',
      version: VERSION,
      description:
        'A cloud agent for practice. It is not the protocol of the product, whose cloud agent speaks gRPC and whose server is not public.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [
      {
        url: 'https://127.0.0.21:{port}',
        description: 'The ports of a lab: arcwarden lab status --json',
        variables: { port: { default: '55000' } },
      },
    ],
    paths,
    components: {
      schemas: { Error: ERROR_SCHEMA },
      securitySchemes: {
        token: { type: 'apiKey', in: 'header', name: 'authorization' },
        certificate: { type: 'mutualTLS' },
      },
    },
  };
}

function describeOperation({
  operation,
  path,
  port,
  summary,
  body,
  query,
  answer,
  isVersioned,
  method,
}: Route): object {
  const names = [...path.matchAll(/\{(\w+)\}/gu)].map(([, name = '']) => name);
  const parameters = [
    ...names.map((name) => ({ name, in: 'path', required: true, schema: { type: 'string' } })),
    ...(query === undefined ? [] : queryParameters(query)),
    ...(isVersioned
      ? [{ name: 'if-match', in: 'header', schema: { type: 'string', pattern: '^"[0-9]{1,15}"$' } }]
      : []),
  ];
  const content = (schema: object) => ({ 'application/json': { schema } });
  const found = answer === undefined ? undefined : content(jsonSchema(answer, 'output'));
  const done = { description: summary, ...(found && { content: found }) };
  return {
    operationId: operation,
    summary,
    security: [port === 'login' ? { token: [] } : { certificate: [] }],
    ...(parameters.length > 0 && { parameters }),
    ...(body !== undefined && { requestBody: { required: true, content: content(jsonSchema(body, 'input')) } }),
    responses: {
      ...(answer === undefined ? { 204: { description: summary } } : { 200: done }),
      ...(answer !== undefined && (method === 'PUT' || operation === 'createIdentity') && { 201: done }),
      default: { description: 'Refused, with the reason', content: content({ $ref: '#/components/schemas/Error' }) },
    },
  };
}

function queryParameters(query: z.ZodType): object[] {
  const { properties = {}, required = [] } = jsonSchema(query, 'input') as {
    properties?: Record<string, object>;
    required?: string[];
  };
  return Object.entries(properties).map(([name, schema]) => ({
    name,
    in: 'query',
    required: required.includes(name),
    schema,
  }));
}

function jsonSchema(type: z.ZodType, io: 'input' | 'output'): object {
  const { $schema: _, ...schema } = z.toJSONSchema(type, { io, unrepresentable: 'any' });
  return schema;
}
