import type { Evidence } from '../../location.js';
import type { PythonPlace } from '../../link/python-code/python-code.js';
import type { Program } from '../../link/program.js';
import type { Call, ClassDef, Expression, FunctionDef, Node } from '../../parse/python/ast.js';
import { walkPython } from '../../parse/python/walk.js';
import { spelling } from '../python-request-handlers.js';
import {
  ACTS,
  ASKING,
  CACHE_HEADER,
  CACHING,
  CHANGING,
  ELSEWHERE,
  FETCHES,
  HARMLESS,
  IMPERSONAL,
  PERSONAL,
  SAYING,
  TAKING,
  WRITES,
} from './deed-names.js';
import { answersImage, asksForOne, draws, makesPicture, makesText, opensBytes, validates } from './view-calls.js';

/** What the code of a view does on the way to its answer, as far as it stands in the repository. */
export interface Deeds {
  /** Reads who asks: the user, the session, messages, the token of a form. */
  readonly personal: Evidence | undefined;
  /** Asks the database. */
  readonly work: Evidence | undefined;
  /** Asks for more than one row. */
  readonly many: boolean;
  /** It draws, compiles or hands out a picture. */
  readonly draws: boolean;
  /** Changes something, or takes what a form sends: to be run for each request. Refreshing a copy of what others hold is no such thing. */
  readonly acts: Evidence | undefined;
  /** Says how long the answer may be kept. */
  readonly says: Evidence | undefined;
  /** Keeps something of it itself. */
  readonly keeps: Evidence | undefined;
  /** Why it may do any of this unseen. */
  readonly open: string | undefined;
  /** Looks at what the address asks for: each question has an answer of its own. */
  readonly asked: boolean;
  /** The templates that it names. */
  readonly templates: readonly string[];
}

/** Calls that are followed from a view. */
const DEEPEST = 6;
/** Nodes of one view that are looked at. */
const MOST = 60_000;

/** `aside` names methods that are left out besides those that no GET runs. */
export function deedsOf(
  program: Program,
  roots: readonly PythonPlace<FunctionDef | ClassDef>[],
  aside?: RegExp,
): Deeds {
  const found: { -readonly [K in keyof Deeds]: Deeds[K] } & { templates: string[] } = {
    ...{
      personal: undefined,
      work: undefined,
      many: false,
      draws: false,
      acts: undefined,
      says: undefined,
      keeps: undefined,
      open: undefined,
      asked: false,
      templates: [],
    },
  };
  const seen = new Set<Node>();
  const waiting = roots.map((place) => ({ place, depth: 0 }));
  let nodes = 0;
  let picture = false;
  let elsewhere: Evidence | undefined;
  let opens: Evidence | undefined;
  let responds = false;
  let writes: Evidence | undefined;
  let fetches = false;
  const evidence = (message: string, place: PythonPlace): Evidence => ({
    message,
    location: program.pythonCode.locate(place),
  });

  for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
    const { place, depth } = next;
    if (seen.has(place.node)) continue;
    seen.add(place.node);
    const { module } = place;
    const follow = (one: PythonPlace<FunctionDef | ClassDef>): void => {
      if (depth < DEEPEST) waiting.push({ place: one, depth: depth + 1 });
      else found.open ??= `what ${one.node.name} does is not followed`;
    };
    if (place.node.type === 'ClassDef') {
      const of = { module, node: place.node };
      for (const base of program.pythonCode.ancestry(of).own) if (base.node !== place.node) follow(base);
    }
    walkPython(place.node, (node) => {
      nodes += 1;
      if (nodes > MOST) {
        found.open ??= 'there is too much of it to be looked through';
        return false;
      }
      if (node === place.node) return true;
      if (node.type === 'FunctionDef' && place.node.type === 'ClassDef') {
        // One that a class below has in its place is not run; extra actions of a viewset are views of their own.
        if (CHANGING.test(node.name) || aside?.test(node.name) === true) return false;
        return !node.decorators.some((one) => /(?:^|\.)action$/.test(spelling(one)));
      }
      if (node.type === 'ClassDef') return node.name !== 'Meta' || true;
      if (node.type === 'Attribute') ofAttribute(node, { module, node });
      else if (node.type === 'Call') ofCall(node, { module, node }, follow);
      else if (node.type === 'Subscript') {
        const { slice } = node;
        if (slice.type === 'Constant' && slice.kind === 'str' && CACHE_HEADER.test(slice.value))
          found.says ??= evidence('a header is set here', { module, node });
      } else if (node.type === 'Assign') ofAssign(node.targets, node.value, { module, node }, follow, place.node);
      return true;
    });
  }
  if (opens !== undefined && responds) {
    picture = true;
    found.work ??= opens;
    found.many = true;
  }
  found.draws = picture;
  // An image that is asked for by another name than its own is sent to that one.
  if (!picture) found.acts ??= elsewhere;
  // A copy of what others hold is made anew by whoever comes after its time.
  if (!fetches || found.asked) found.acts ??= writes;
  return found;

  function ofAttribute(node: Extract<Expression, { type: 'Attribute' }>, place: PythonPlace): void {
    if (
      /^(?:_default_manager|_base_manager)$/.test(node.attr) ||
      (node.attr === 'objects' && /^[A-Z]|self\.model$|model$/.test(spelling(node.value).split('.').at(-1) ?? ''))
    ) {
      found.work ??= evidence('the database is asked here', place);
      if (!asksForOne(program, place)) found.many = true;
    }
    if (!isRequest(node.value)) return;
    if (PERSONAL.test(node.attr))
      found.personal ??= evidence(
        `it reads ${node.attr === 'user' ? 'the user' : node.attr === 'session' ? 'the session' : node.attr}`,
        place,
      );
    else if (ASKING.test(node.attr)) found.asked = true;
    else if (TAKING.test(node.attr)) found.acts ??= evidence('it takes what is sent', place);
    else if (!IMPERSONAL.test(node.attr)) found.open ??= `what ${spelling(node)} holds is not known`;
  }

  function ofCall(
    node: Call,
    place: PythonPlace<Call>,
    follow: (one: PythonPlace<FunctionDef | ClassDef>) => void,
  ): void {
    const spelled = spelling(node.func);
    const word = spelled.split('.').at(-1) ?? '';
    if (SAYING.test(spelled)) found.says ??= evidence('it says how long it may be kept', place);
    if (CACHING.test(spelled)) found.keeps ??= evidence('it keeps something itself', place);
    if (/^(?:get_object_or_404|get_list_or_404|aget_object_or_404|aget_list_or_404)$/.test(word))
      found.work ??= evidence('the database is asked here', place);
    if (/^a?get_list_or_404$/.test(word)) found.many = true;
    if (makesText(program, place, word)) {
      found.work ??= evidence('a text is made of files here', place);
      found.many = true;
    }
    const drawn = answersImage(node, word) ? 'it answers with an image' : draws(program, place);
    if (drawn !== undefined) {
      picture = true;
      found.work ??= evidence(drawn, place);
      found.many = true;
    }
    if (opensBytes(program, place)) opens ??= evidence('a file is read here', place);
    if (word === 'HttpResponse' && node.keywords.some(({ name }) => name === 'content_type')) responds = true;
    if (validates(program, place))
      found.work ??= evidence('what never changes is put through a serializer here', place);
    if (ELSEWHERE.test(word)) elsewhere ??= evidence('it answers with a file, or sends elsewhere', place);
    if (WRITES.test(word) && !(picture && makesPicture(program, place)))
      writes ??= evidence('it changes something', place);
    if (ACTS.test(word)) found.acts ??= evidence('it changes something', place);
    if (word === 'CurrentUserDefault') found.personal ??= evidence('it reads the user', place);
    if (/^messages\.(?:add_message|debug|info|success|warning|error|get_messages)$/.test(spelled))
      found.acts ??= evidence('it leaves a message', place);
    ofRendering(node, word);
    const given = node.args.some(isRequest) || node.keywords.some(({ value }) => isRequest(value));
    for (const target of program.pythonCode.resolve({ module: place.module, node: node.func })) {
      if (target.kind === 'library' && FETCHES.test(target.name)) fetches = true;
      if (target.kind === 'function' && target.at.node.type === 'FunctionDef')
        follow({ module: target.at.module, node: target.at.node });
      else if (
        target.kind === 'library' &&
        /^django\.(?:middleware\.csrf\.get_token|contrib\.auth\.a?get_user)$/.test(target.name)
      )
        found.personal ??= evidence('it asks for who is there', place);
      else if (target.kind === 'class' && given) follow(target.at);
      else if (given && target.kind === 'library' && !HARMLESS.test(target.name))
        found.open ??= `what ${spelled} does with the request is not known`;
      else if (
        given &&
        target.kind !== 'library' &&
        target.kind !== 'class' &&
        !/^super\(?\)?\./.test(spelled) &&
        !/^super$/.test(spelled)
      )
        found.open ??= `what ${spelled === '' ? 'a call' : spelled} does with the request is not known`;
    }
  }

  function ofRendering(node: Call, word: string): void {
    const at = /^(?:render|TemplateResponse)$/.test(word)
      ? 1
      : /^(?:render_to_string|get_template|select_template)$/.test(word)
        ? 0
        : -1;
    if (at < 0) return;
    const named =
      node.args[at] ?? node.keywords.find(({ name }) => name === 'template_name' || name === 'template')?.value;
    // `serializer.render()` and the like are given no template.
    if (named === undefined) return;
    if (named.type === 'Constant' && named.kind === 'str') found.templates.push(named.value);
    else found.open ??= 'which template it renders is decided while it runs';
  }

  function ofAssign(
    targets: readonly Expression[],
    value: Expression,
    place: PythonPlace,
    follow: (one: PythonPlace<FunctionDef | ClassDef>) => void,
    holder: Node,
  ): void {
    if (holder.type !== 'ClassDef') return;
    for (const target of targets) {
      if (target.type !== 'Name') continue;
      if (target.id === 'model' || target.id === 'queryset')
        found.work ??= evidence('the database is asked here', place);
      if (/^(?:filterset_class|filterset_fields|filter_class|filter_fields|search_fields)$/.test(target.id))
        found.asked = true;
      if (target.id === 'form_class') found.acts ??= evidence('it takes what a form sends', place);
      if (target.id === 'template_name') {
        if (value.type === 'Constant' && value.kind === 'str') found.templates.push(value.value);
        else found.open ??= 'which template it renders is decided while it runs';
      }
      if (
        /^(?:serializer_class|filterset_class|filter_class|pagination_class)$/.test(target.id) ||
        value.type === 'Call'
      ) {
        const written = value.type === 'Call' ? value.func : value;
        for (const one of program.pythonCode.resolve({ module: place.module, node: written }))
          if (one.kind === 'class') follow(one.at);
      }
    }
  }
}

/** `request`, `self.request`, `self.context["request"]`. */
export function isRequest(node: Expression): boolean {
  if (node.type === 'Name') return /^_?(?:http_)?request$/.test(node.id);
  if (node.type === 'Attribute') return node.attr === 'request' || node.attr === '_request';
  const key =
    node.type === 'Subscript'
      ? node.slice
      : node.type === 'Call' && node.func.type === 'Attribute' && node.func.attr === 'get'
        ? node.args[0]
        : undefined;
  return key?.type === 'Constant' && key.value === 'request';
}
