import { CHECKS, type CheckId } from '../../core/knowledge/model/checks.ts';
import { commandNamed, COMMANDS } from '../../core/knowledge/model/cmdlets/cmdlets.ts';
import { CONTRADICTIONS, type ContradictionId } from '../../core/knowledge/model/contradictions.ts';
import type { RoleId } from '../../core/knowledge/model/credentials/credentials.ts';
import { findFailure } from '../../core/knowledge/model/failures/failures.ts';
import { LIFETIME_CLASSES } from '../../core/knowledge/model/credentials/lifetimes.ts';
import { placeholdersIn } from '../../core/knowledge/model/command-placeholders.ts';
import { PROFILES } from '../../core/pki/model/profiles.ts';
import { ROLES } from '../../core/knowledge/model/credentials/roles.ts';
import { reference } from '../../core/knowledge/model/sources/sources-repair.ts';
import { TRIAGE } from '../../core/knowledge/model/triage.ts';
import type { Citation } from '../../core/shared/citation.ts';
import type { Parameter } from '../../core/knowledge/model/cmdlets/cmdlet.ts';
import type { Failure, FailureId, RemedyStep } from '../../core/knowledge/model/failure.ts';
import {
  listFailureCommands,
  listRoleCommands,
  listFailureContradictions,
  listContradictionFailures,
  listRoleFailures,
  listStepLines,
  mentionsIn,
  listCommandRoles,
  listFailureRoles,
  listCommandUses,
  type KnowledgeRef,
} from '../../core/knowledge/model/article.ts';
import { profilePath, type Profile } from '../../core/pki/model/profile.ts';
import { targetText } from '../../core/plan/text/plan-text.ts';
import type { TextState } from '../i18n/text.svelte.ts';
import { statementParts } from './said.ts';

export interface ArticleLink {
  ref: KnowledgeRef;
  title: string;
}

export type ArticleStep = ReturnType<typeof getStep>;
export type FailureArticle = ReturnType<typeof failureArticle>;
export type CommandArticle = ReturnType<typeof commandArticle>;
export type CredentialArticle = ReturnType<typeof credentialArticle>;
export type ContradictionArticle = ReturnType<typeof contradictionArticle>;
export type StartArticle = ReturnType<typeof startArticle>;
export type Article = FailureArticle | CommandArticle | CredentialArticle | ContradictionArticle | StartArticle;

/** Only commands of these modules are links: the others are part of Windows and occur in every remedy. */
const OWN_MODULES = ['AksHci', 'Moc', 'Kva', 'mocctl', 'kvactl'];

const CONCLUSION: Citation = { certainty: 'inferred', work: 'source.conclusion' };

export function getTitle({ kind, id }: KnowledgeRef, text: TextState): string {
  return kind === 'cmdlet' ? id : text.lookUp(`${kind === 'credential' ? 'role' : kind}.${id}`);
}

export function articleHead(article: Article, text: TextState): { title: string; kind: string } {
  switch (article.kind) {
    case 'failure':
      return { title: `${article.id} ${article.title}`, kind: text.t(`knowledge.about.${article.about}`) };
    case 'cmdlet':
      return { title: article.title, kind: article.command?.module ?? '' };
    case 'credential': {
      const kind = text.t(article.isToken ? 'details.token' : 'knowledge.credential.certificate');
      const { layer } = article;
      return { title: article.title, kind: layer === null ? kind : `${kind} · ${text.t(`layer.${layer}`)}` };
    }
    case 'contradiction':
      return { title: article.title, kind: text.t('knowledge.contradiction.meta') };
    case 'start':
      return { title: text.t('knowledge.start'), kind: '' };
  }
}

/** Returns the article; without `ref`, the article about where to look first. */
export function createArticle(ref: KnowledgeRef | undefined, text: TextState): Article {
  const failure = ref?.kind === 'failure' ? findFailure(ref.id) : undefined;
  if (failure !== undefined) return failureArticle(failure, text);
  switch (ref?.kind) {
    case 'cmdlet':
      return commandArticle(ref.id, text);
    case 'credential':
      return credentialArticle(ref.id, text);
    case 'contradiction':
      return contradictionArticle(ref.id, text);
    default:
      return startArticle(text);
  }
}

function getLink(ref: KnowledgeRef, text: TextState): ArticleLink {
  return { ref, title: getTitle(ref, text) };
}

function distinctSources(citations: readonly Citation[]): Citation[] {
  const key = ({ certainty, work, place = '' }: Citation): string => `${certainty}\n${work}\n${place}`;
  return [...new Map(citations.map((each) => [key(each), each])).values()];
}

function createCheck(id: CheckId, text: TextState) {
  const { command, statement } = CHECKS[id];
  return { command, said: statementParts(text, statement) };
}

function collectFill(lines: readonly string[], text: TextState): { name: string; text: string }[] {
  return placeholdersIn(lines.join('\n')).flatMap((name) => {
    const key = name.replaceAll('\\', '-');
    const meaning = text.optional(`placeholder.${key}`) ?? text.optional(`knowledge.fill.${key}`);
    return meaning === undefined ? [] : [{ name: `<${name}>`, text: meaning }];
  });
}

const failureLink = (id: FailureId, text: TextState): ArticleLink => getLink({ kind: 'failure', id }, text);
const commandLink = (id: string, text: TextState): ArticleLink => getLink({ kind: 'cmdlet', id }, text);
const credentialLink = (id: RoleId, text: TextState): ArticleLink => getLink({ kind: 'credential', id }, text);
const contradictionLink = (id: ContradictionId, text: TextState): ArticleLink =>
  getLink({ kind: 'contradiction', id }, text);

function failureArticle(failure: Failure, text: TextState) {
  const { id, look, warning, confirm, steps, dispute, lookAlikes, takes, builds } = failure;
  const checks = [...lookAlikes.map(({ check }) => check), ...(confirm ? [confirm] : [])];
  const lines = [...steps.flatMap(listStepLines), ...checks.map((check) => CHECKS[check].command)];
  return {
    kind: 'failure' as const,
    id,
    about: failure.kind,
    title: text.lookUp(`failure.${id}`),
    look: look && statementParts(text, look),
    warning: warning && statementParts(text, warning),
    cause: statementParts(text, failure.cause),
    published: failure.published,
    citations: failure.citations,
    confirm: confirm && createCheck(confirm, text),
    fill: collectFill(lines, text),
    steps: steps.map((step, at) => getStep(step, at + 1, text)),
    /** The sides of a dispute, by step number, with the safer side first. */
    dispute: dispute && {
      link: contradictionLink(dispute.contradiction, text),
      sides: dispute.sides.map((side) => side.map((stepId) => steps.findIndex((step) => step.id === stepId) + 1)),
    },
    apart: lookAlikes.map(({ id: other, apart, check }) => ({
      link: failureLink(other, text),
      said: {
        parts: mentionsIn(text.lookUp(apart)),
        // No source compares the two failures; the difference is inferred from their descriptions.
        citations: [CONCLUSION, ...failure.citations, ...(findFailure(other)?.citations ?? [])],
      },
      check: createCheck(check, text),
    })),
    takes: takes && statementParts(text, takes),
    builds: builds && statementParts(text, builds.statement),
    credentials: listFailureRoles(failure).map((role) => credentialLink(role, text)),
    commands: listFailureCommands(failure)
      .filter((name) => OWN_MODULES.includes(commandNamed(name)?.module ?? ''))
      .map((name) => commandLink(name, text)),
    contradictions: listFailureContradictions(failure).map((each) => contradictionLink(each, text)),
    sources: distinctSources([
      ...failure.citations,
      ...failure.cause.citations,
      ...[look, warning, takes, builds?.statement].flatMap((each) => each?.citations ?? []),
      ...steps.flatMap(({ statement }) => statement.citations),
    ]),
  };
}

function getStep(step: RemedyStep, number: number, text: TextState) {
  const { id, command, only, backup, undo, precondition, check, continues } = step;
  const safeguard = ({ command: line, text: key }: NonNullable<RemedyStep['undo']>) => ({
    text: text.lookUp(key),
    command: line,
  });
  return {
    id,
    number,
    said: statementParts(text, step.statement),
    only: only === undefined ? undefined : mentionsIn(text.lookUp(only)),
    /** Absent for a manual action, or if the remedy continues with another one. */
    command,
    backup: backup && safeguard(backup),
    precondition: precondition === undefined ? undefined : text.lookUp(precondition),
    place: targetText({ kind: step.place }, { translate: text.t, language: text.language }),
    risk: step.risk,
    needsApiServer: step.needsApiServer,
    expected: text.lookUp(step.expected),
    check: check && createCheck(check, text),
    undo: undo && safeguard(undo),
    continues: continues && failureLink(continues, text),
  };
}

function commandArticle(name: string, text: TextState) {
  const found = commandNamed(name);
  const uses = listCommandUses(name).map(({ failure, steps }) => ({ link: failureLink(failure, text), steps }));
  const credentials = listCommandRoles(name).map((role) => credentialLink(role, text));
  const contradictions = CONTRADICTIONS.filter(({ id, sides, advice }) =>
    [`contradiction.${id}`, advice, ...sides.map((side) => side.text)]
      .flatMap((key) => mentionsIn(text.lookUp(key)))
      .some(({ ref }) => ref?.kind === 'cmdlet' && ref.id === name),
  ).map(({ id }) => contradictionLink(id, text));
  const article = { kind: 'cmdlet' as const, title: name, uses, credentials, contradictions };
  if (found === undefined) return { ...article, command: undefined, sources: [reference('index')] };
  const { use, notes, takes, since, deprecated, otherLayer, syntaxes, open = false } = found;
  return {
    ...article,
    command: {
      module: found.module,
      layer: found.layer,
      use: statementParts(text, use),
      notes: notes.map((note) => statementParts(text, note)),
      risk: found.risk,
      isRepeatable: found.isRepeatable,
      isOpen: open,
      takes: takes && statementParts(text, takes),
      since,
      deprecated: deprecated && { successor: commandLink(deprecated.successor, text), since: deprecated.since },
      replaces: COMMANDS.filter((each) => each.deprecated?.successor === name).map((each) =>
        commandLink(each.name, text),
      ),
      other: otherLayer && commandLink(otherLayer.command, text),
      syntaxes: syntaxes.map(({ parameters, needsApiServer, citations }) => ({
        line: [name, ...parameters.map(parameterText)].join(' '),
        remarks: parameters.flatMap(({ remark }) =>
          remark === undefined ? [] : [statementParts(text, { text: remark.text, citations: [remark.citation] })],
        ),
        needsApiServer,
        citations,
      })),
    },
    sources: distinctSources([
      ...use.citations,
      ...notes.flatMap(({ citations }) => citations),
      ...syntaxes.flatMap(({ citations }) => citations),
      ...[since, deprecated?.since].flatMap((each) => (each ? [each.citation] : [])),
      ...(takes?.citations ?? []),
    ]),
  };
}

function parameterText({ name, value, mandatory }: Parameter): string {
  const written = name.startsWith('-') ? name : `-${name}`;
  const whole = value === 'switch' ? written : `${written} <${value}>`;
  return mandatory === true ? whole : `[${whole}]`;
}

function credentialArticle(id: RoleId, text: TextState) {
  const role = ROLES[id];
  const { breaks, renewal, revocation, remedies } = role;
  const profile = findProfile(id);
  const lifetime = getLifetime(id);
  const file = profile?.file ?? profile?.accessFile;
  return {
    kind: 'credential' as const,
    title: text.lookUp(`role.${id}`),
    isToken: id.endsWith('token'),
    layer: role.layer,
    lifetime: lifetime && { text: text.format.span(lifetime.ms), citations: lifetime.citations },
    file: file && { path: profilePath(file.value), citations: file.citations },
    subject: profile && { text: subjectText(profile.subject.value), citations: profile.subject.citations },
    breaks: statementParts(text, breaks),
    renewedBy: role.renewedBy,
    renewal: statementParts(text, renewal),
    revocable: role.revocable,
    revocation: statementParts(text, revocation),
    remedies: remedies.map(({ command, statement }) => ({ command, said: statementParts(text, statement) })),
    fill: collectFill(
      remedies.map(({ command }) => command),
      text,
    ),
    failures: listRoleFailures(id).map((failure) => failureLink(failure, text)),
    commands: listRoleCommands(id).map((name) => commandLink(name, text)),
    sources: distinctSources([
      ...breaks.citations,
      ...renewal.citations,
      ...revocation.citations,
      ...(lifetime?.citations ?? []),
      ...(file?.citations ?? []),
      ...remedies.flatMap(({ statement }) => statement.citations),
    ]),
  };
}

function findProfile(id: RoleId): Profile | undefined {
  return Object.values(PROFILES).find(({ role }) => role === id);
}

/** Returns `undefined` if the issuer determines the lifetime. */
export function getLifetime(id: RoleId): { ms: number; citations: readonly Citation[] } | undefined {
  const validity = findProfile(id)?.validityMs;
  if (validity !== undefined) return { ms: validity.value, citations: validity.citations };
  const { lifetimeClass } = ROLES[id];
  if (lifetimeClass === 'other') return undefined;
  const { usualMs, usualCitations } = LIFETIME_CLASSES[lifetimeClass];
  return { ms: usualMs, citations: usualCitations };
}

function subjectText({ commonName, organizations }: { commonName: string; organizations: readonly string[] }): string {
  return [`CN=${commonName}`, ...organizations.map((each) => `O=${each}`)].join(', ');
}

function contradictionArticle(id: ContradictionId, text: TextState) {
  const found = CONTRADICTIONS.find((each) => each.id === id);
  const sides = found?.sides.map((side) => statementParts(text, side)) ?? [];
  const advice = mentionsIn(text.lookUp(`contradiction.${id}.advice`));
  const named = [...sides.flatMap(({ parts }) => parts), ...advice].flatMap(({ ref }) =>
    ref?.kind === 'cmdlet' ? [ref.id] : [],
  );
  return {
    kind: 'contradiction' as const,
    title: text.lookUp(`contradiction.${id}`),
    sides,
    advice: { parts: advice, citations: [CONCLUSION] },
    failures: listContradictionFailures(id).map((failure) => failureLink(failure, text)),
    commands: [...new Set(named)].map((name) => commandLink(name, text)),
  };
}

function startArticle(text: TextState) {
  return {
    kind: 'start' as const,
    questions: TRIAGE.map(({ id, statement, means, checks: [check] }) => ({
      id,
      said: statementParts(text, statement),
      command: CHECKS[check].command,
      means: mentionsIn(text.lookUp(means.text, means.params)),
    })),
  };
}
