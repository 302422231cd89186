import { z } from 'zod';
import { authenticate } from '../../pki/identities/certificate.ts';
import { decideAccess } from '../../pki/identities/roles.ts';
import { verifyToken } from '../../pki/identities/token.ts';
import type { CloudAgent, CloudAgentPorts } from '../../pki/identities/cloud-agent.ts';
import type { Instant } from '../../shared/instant.ts';
import { ConsoleError } from '../../shared/problem.ts';
import type { TlsRequest, TlsResponse } from '../../shared/ports.ts';
import { strictUtf8 } from '../../formats/text/text-encoding.ts';
import type { DecisionLog } from './decisions.ts';
import type { AgentKeeper } from './keeper.ts';
import { openApiDocument } from './openapi.ts';
import { createRefusal, describeRefusal, type CallRefusal } from './refusals.ts';
import { ROUTES, type Call, type Route } from './routes.ts';

const NOT_STORED = { 'cache-control': 'no-store' };
const JSON_TYPE = { 'content-type': 'application/json', ...NOT_STORED };
const NOTHING = z.strictObject({});
const DOCUMENT = '/v1/openapi.json';

interface Admission extends Pick<CloudAgent, 'state' | 'trusted'> {
  now: Instant;
  caller: NonNullable<Call['caller']>;
}

interface Match {
  route: Route;
  params: Record<string, string>;
}

/** Answers the calls of clients: who calls, whether the roles allow it, and what comes of it. */
export class CloudAgentServer {
  readonly #ports: CloudAgentPorts;
  readonly #keeper: AgentKeeper;
  readonly #decisions: Pick<DecisionLog, 'record'>;
  readonly #log: (line: string) => void;
  #document: string | undefined;
  /** By connection. */
  readonly #admitted = new WeakMap<Uint8Array, Admission>();

  constructor(
    ports: CloudAgentPorts,
    given: { keeper: AgentKeeper; decisions: Pick<DecisionLog, 'record'>; log: (line: string) => void },
  ) {
    this.#ports = ports;
    this.#keeper = given.keeper;
    this.#decisions = given.decisions;
    this.#log = given.log;
  }

  /** Never rejects. */
  async answer(port: Route['port'], request: TlsRequest): Promise<TlsResponse> {
    try {
      return await this.#answer(port, request);
    } catch (error) {
      const refusal = describeRefusal(error);
      if (refusal === undefined) this.#log(`internal error: ${error instanceof Error ? error.name : 'unknown'}`);
      else if (refusal.status === 401 && refusal.message !== undefined)
        this.#log(`rpc error: code = Unauthenticated desc = ${refusal.message ?? refusal.code}`);
      return refusalResponse(refusal ?? { status: 500, code: 'internal' });
    }
  }

  async #answer(port: Route['port'], request: TlsRequest): Promise<TlsResponse> {
    if (request.path === DOCUMENT && request.method === 'GET')
      return { status: 200, headers: JSON_TYPE, body: (this.#document ??= JSON.stringify(openApiDocument())) };
    const { ports, keeper } = { ports: this.#ports, keeper: this.#keeper };
    const token = request.headers['authorization'];
    const call: Call = { ports, keeper, params: {}, query: request.query, body: undefined };
    if (token !== undefined) call.token = token;
    // The caller comes first: a stranger learns nothing about paths and formats.
    if (port === 'work') call.caller = this.#authenticate(request, token);
    const { route, params } = findRoute(port, request);
    call.params = params;
    check(route.params ?? NOTHING, params, 'path');
    const version = request.headers['if-match'];
    await this.#decide(route, call, version !== undefined);
    check(route.query ?? NOTHING, request.query, 'query');
    if (route.body !== undefined) call.body = check(route.body, parseBody(request), 'body');
    if (route.isVersioned) call.version = readVersion(version);
    const reply = await route.run(call);
    const { status, value } = reply;
    if (value === undefined) return { status, headers: NOT_STORED, body: '' };
    const tag = reply.version !== undefined && { etag: `"${reply.version}"` };
    return { status, headers: { ...JSON_TYPE, ...tag }, body: JSON.stringify(value) };
  }

  /** A token that comes along must belong to the holder of the certificate. */
  #authenticate({ peer }: TlsRequest, token: string | undefined): NonNullable<Call['caller']> {
    if (peer === undefined) throw createRefusal(401, 'certificate-needed');
    const caller = this.#admit(peer);
    if (token !== undefined && verifyToken(this.#ports, this.#keeper.agent, token).name !== caller.identity.name)
      throw new ConsoleError('identity.token-required', { reason: 'unknownIdentity', identity: caller.identity.name });
    return caller;
  }

  /** The result depends on nothing but certificate, state, CAs and second: as long as none of them differs, it is the same. */
  #admit(peer: Uint8Array): Admission['caller'] {
    const { agent } = this.#keeper;
    const now = this.#ports.clock.now();
    const known = this.#admitted.get(peer);
    if (known?.now === now && known.state === agent.state && known.trusted === agent.trusted) return known.caller;
    const caller = authenticate(this.#ports, agent, [peer]);
    this.#admitted.set(peer, { now, state: agent.state, trusted: agent.trusted, caller });
    return caller;
  }

  async #decide(route: Route, { caller, params }: Call, hasVersion: boolean): Promise<void> {
    if (route.access === undefined || caller === undefined) return;
    const { action, target } = route.access(params, { hasVersion });
    const question = { identity: caller.identity.name, action, target };
    const decision = decideAccess(this.#keeper.content.agent, question);
    await this.#decisions.record(question, decision);
    if (!decision.allowed) throw createRefusal(403, 'forbidden', { reason: decision.reason });
  }
}

const PATTERNS = ROUTES.map((route) => ({ route, parts: route.path.split('/') }));

function findRoute(port: Route['port'], { method, path }: TlsRequest): Match {
  const given = path.split('/');
  const matches = PATTERNS.filter(({ route, parts }) => route.port === port && isMatch(parts, given));
  const found = matches.find(({ route }) => route.method === method);
  if (found !== undefined) return { route: found.route, params: readParams(found.parts, given) };
  if (matches.length === 0) throw createRefusal(404, 'path-unknown');
  throw createRefusal(405, 'method-unknown', { detail: matches.map(({ route }) => route.method).join(', ') });
}

function isMatch(parts: readonly string[], given: readonly string[]): boolean {
  if (parts.length !== given.length) return false;
  return parts.every((part, index) => part === given[index] || (part.startsWith('{') && given[index] !== ''));
}

function readParams(parts: readonly string[], given: readonly string[]): Record<string, string> {
  const params: Record<string, string> = {};
  for (const [index, part] of parts.entries())
    if (part.startsWith('{')) params[part.slice(1, -1)] = decodePart(given[index] ?? '');
  return params;
}

function decodePart(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    throw createRefusal(400, 'invalid', { place: 'path' });
  }
}

function parseBody({ body }: TlsRequest): unknown {
  try {
    return JSON.parse(strictUtf8(body));
  } catch {
    throw createRefusal(400, 'invalid', { place: 'body' });
  }
}

function check(schema: z.ZodType, value: unknown, where: string): unknown {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw createRefusal(400, 'invalid', {
    place: [where, ...(issue?.path ?? [])].join('.'),
    detail: issue?.message ?? '',
  });
}

function readVersion(header: string | undefined): number | undefined {
  if (header === undefined) return undefined;
  const [, digits] = /^"(\d{1,15})"$/u.exec(header) ?? [];
  if (digits === undefined) throw createRefusal(400, 'invalid', { place: 'if-match' });
  return Number(digits);
}

function refusalResponse({ status, ...error }: CallRefusal): TlsResponse {
  // Source: RFC 9110 section 15.5.6.
  const allow = status === 405 && { allow: error.detail ?? '' };
  return { status, headers: { ...JSON_TYPE, ...allow }, body: JSON.stringify({ error }) };
}
