import type { PythonPlace } from '../../link/python-code/python-code.js';
import type { Program } from '../../link/program.js';
import type { Call } from '../../parse/python/ast.js';
import { spelling } from '../python-request-handlers.js';

/** Texts of the repository or of a folder that are turned into a page: each time it costs more than to send it. */
export function makesText(program: Program, { module, node }: PythonPlace<Call>, word: string): boolean {
  if (!/^(?:markdown|Markdown|convert|load|render|rst2html|publish_parts|html|commonmark)$/.test(word)) return false;
  return program.pythonCode
    .resolve({ module, node: node.func })
    .some(
      (one) =>
        one.kind === 'library' &&
        /^(?:frontmatter\.load|markdown\.(?:markdown|Markdown\(\)\.convert)|markdown2\.markdown|mistune\.(?:html|markdown|create_markdown\(\))|markdown_it\.MarkdownIt\(\)\.render|commonmark\.commonmark|docutils\.core\.publish_parts|cmarkgfm\.\w+)$/.test(
          one.name,
        ),
    );
}

/** Libraries that draw or compile: `pyplot.savefig(...)`, `sass.compile(...)`, `qrcode.make(...)`. */
const DRAWING =
  /^(?:matplotlib\.(?:figure\.Figure|pyplot\.\w+)$|plotly\.io\.\w+$|sass\.compile$|qrcode\.(?:make$|QRCode)|cairosvg\.svg2\w+$|pygal\.\w+$|PIL\.ImageDraw\.Draw$|weasyprint\.HTML|svgwrite\.Drawing|staticmap\.StaticMap|mapnik\.Map)/;

/** What is drawn or compiled here, in words; undefined where nothing is. */
export function draws(program: Program, { module, node }: PythonPlace<Call>): string | undefined {
  for (const one of program.pythonCode.resolve({ module, node: node.func })) {
    if (one.kind !== 'library') continue;
    if (DRAWING.test(one.name))
      return one.name.startsWith('sass.') ? 'a style sheet is compiled here' : 'it is drawn here';
  }
  return undefined;
}

/** `open(path, "rb")` */
export function opensBytes(program: Program, { module, node }: PythonPlace<Call>): boolean {
  const [, mode] = node.args;
  return (
    mode?.type === 'Constant' &&
    mode.value === 'rb' &&
    program.pythonCode
      .resolve({ module, node: node.func })
      .some((one) => one.kind === 'library' && one.name === 'builtins.open')
  );
}

/** `InfoSerializer(data={...})` where nobody sends the data: settings and versions that are the same until the next release. */
export function validates(program: Program, { module, node }: PythonPlace<Call>): boolean {
  const data = node.keywords.find(({ name }) => name === 'data')?.value;
  if (data?.type !== 'Dict') return false;
  return program.pythonCode
    .resolve({ module, node: node.func })
    .some(
      (one) =>
        one.kind === 'class' &&
        program.pythonCode.ancestry(one.at).libraries.some((name) => name.startsWith('rest_framework.serializers.')),
    );
}

/** `HttpResponse(data, content_type="image/png")` */
export function answersImage({ keywords }: Call, word: string): boolean {
  const type = keywords.find(({ name }) => name === 'content_type' || name === 'mimetype')?.value;
  return (
    /^HttpResponse$/.test(word) &&
    type?.type === 'Constant' &&
    type.kind === 'str' &&
    /^(?:image|font|video)\//.test(type.value)
  );
}

/** `Book.objects.get(...)`, `Book.objects.select_related("author").first()`, and what `get_object_or_404` is given. */
export function asksForOne(program: Program, place: PythonPlace): boolean {
  for (const node of program.pythonCode.above(place)) {
    if (node.type === 'Attribute') {
      if (/^a?(?:get|first|last|latest|earliest|exists)$/.test(node.attr)) return true;
    } else if (node.type !== 'Call') return false;
    else if (/^a?get_object_or_404$/.test(spelling(node.func).split('.').at(-1) ?? '')) return true;
  }
  return false;
}

/** A function that makes an image keeps it, and notes that it did: nothing of that is done for who asks. */
export function makesPicture(program: Program, place: PythonPlace): boolean {
  const [fn] = program.pythonCode.functionsAround(place);
  const written = fn === undefined ? '' : place.module.document.text.slice(fn.start, fn.end);
  return /\bImage\.(?:open|new|frombytes)\(|\bImageOps\.|\bcv2\.imwrite\(/.test(written);
}
