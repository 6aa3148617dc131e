import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inventoryOf } from '../src/discover/virtual-inventory.js';
import { isUnknown } from '../src/location.js';
import { parseGoTemplate } from '../src/parse/go-template/parse.js';
import { gather } from '../src/audit.js';

/** What one line of a template becomes, read back from an environment variable of a rendered object. */
async function rendered(template: string, values = '{}', more: Record<string, string> = {}): Promise<unknown> {
  const files = {
    'chart/Chart.yaml': 'apiVersion: v2\nname: shop\nversion: 1.2.3\nappVersion: "4.5"\n',
    'chart/values.yaml': values,
    'chart/templates/map.yaml': `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: map }\ndata:\n  X: ${template}\n`,
    ...more,
  };
  const { facts } = await gather({ root: '/r' }, inventoryOf(files));
  const properties = facts.find(({ kind }) => kind === 'environment-variable')?.properties as
    { value?: unknown } | undefined;
  return isUnknown(properties?.value) ? '~' : properties?.value;
}

describe('the template language', () => {
  // By https://masterminds.github.io/sprig/ and https://helm.sh/docs/chart_template_guide/function_list/.
  it.each([
    ['{{ "a" | upper | quote }}', 'A'],
    ['{{ printf "%s-%d" "a" 3 }}', 'a-3'],
    ['{{ default "b" "" }}', 'b'],
    ['{{ .Values.none.deeper | default "b" }}', 'b'],
    ['{{ ternary "yes" "no" (eq 1 1) }}', 'yes'],
    ['{{ trunc 3 "abcdef" }}{{ trunc -2 "abcdef" }}', 'abcef'],
    ['{{ "shop-" | trimSuffix "-" }}', 'shop'],
    ['{{ list 1 2 3 | join "," | quote }}', '1,2,3'],
    ['{{ (dict "a" (dict "b" "c")).a.b }}', 'c'],
    ['{{ index (list "x" "y") 1 }}', 'y'],
    ['{{ add 1 2 | mul 3 }}', '9'],
    ['{{ if and true "a" }}in{{ else }}out{{ end }}', 'in'],
    ['{{ if false }}a{{ else if eq "x" "y" }}b{{ else }}c{{ end }}', 'c'],
    ['{{ range $i, $x := list "a" "b" }}{{ $i }}{{ $x }}{{ end }}', '0a1b'],
    ['{{ range list "a" "b" "c" }}{{ if eq . "b" }}{{ break }}{{ end }}{{ . }}{{ end }}', 'a'],
    ['{{ $x := "a" }}{{ if true }}{{ $x = "b" }}{{ end }}{{ $x }}', 'b'],
    ['{{ $x := "a" }}{{ if true }}{{ $x := "b" }}{{ $x }}{{ end }}{{ $x }}', 'ba'],
    ['{{ with dict "a" "z" }}{{ .a }}{{ $.Chart.Name }}{{ end }}', 'zshop'],
    ['b {{- /* nothing */ -}} a', 'ba'],
    ['{{ tpl "{{ .Chart.Version }}" . }}', '1.2.3'],
    ['{{ semverCompare ">=1.21-0" .Capabilities.KubeVersion.Version }}', 'true'],
    ['{{ .Capabilities.APIVersions.Has "monitoring.coreos.com/v1" }}', 'false'],
    ['{{ (fromYaml "a: {b: 1}").a.b }}', '1'],
    ['{{ dict "b" 1 "a" "x" | toJson | quote }}', '{"a":"x","b":1}'],
    ['{{ b64enc "shop" }}', 'c2hvcA=='],
    ['{{ regexReplaceAll "[^a-z]" "a-b_c" "" }}', 'abc'],
    ['{{ hasKey (lookup "v1" "Secret" "a" "b") "x" }}', 'false'],
    ['{{ 0x1p4 | int }}{{ `raw` }}', '16raw'],
    ['{{ range until 3 }}{{ . }}{{ end }}', "'012'".slice(1, -1)],
    ['{{ block "own" . }}{{ .Chart.Name }}{{ end }}', 'shop'],
    ['{{ toString nil }}', '<nil>'],
  ])('%s', async (template, expected) => {
    expect(await rendered(template)).toBe(expected);
  });

  it.each([
    ['{{ randAlphaNum 10 }}'],
    ['{{ include "of.nobody" . }}'],
    ['{{ required "x" .Values.none }}'],
    ['{{ aFunctionOfTomorrow 1 }}'],
    ['a-{{ now }}-b'],
    ['{{ fail "no" }}'],
    ['{{ regexMatch "(a+)+$" "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!" }}'],
  ])('%s is not known', async (template) => {
    expect(await rendered(template)).toBe('~');
  });

  it('lays null and maps over one another', async () => {
    const more = { 'chart/values-production.yaml': 'a: { b: null, c: 3 }\n' };
    expect(await rendered('{{ .Values.a | toJson | quote }}', 'a: { b: 1, d: 2 }\n', more)).toBe('{"c":3,"d":2}');
  });
});

describe('hostile templates', () => {
  it.each([
    ['{{ define "x" }}{{ include "x" . }}{{ end }}{{ include "x" . }}'],
    ['{{ define "x" }}{{ template "x" . }}{{ template "x" . }}{{ end }}{{ template "x" . }}'],
    ['{{ define "x" }}{{ tpl "{{ include \\"x\\" . }}{{ include \\"x\\" . }}" . }}{{ end }}{{ include "x" . }}'],
    ['{{ range until 1000000000 }}x{{ end }}'],
    ['{{ range until 9999 }}{{ range until 9999 }}x{{ end }}{{ end }}'],
    ['{{ $s := "aaaaaaaaaa" }}{{ range until 60 }}{{ $s = print $s $s }}{{ end }}{{ $s }}'],
    ['{{ $l := list 1 }}{{ range until 60 }}{{ $l = concat $l $l }}{{ end }}{{ len $l }}'],
    ['{{ $d := dict }}{{ range until 9000 }}{{ $_ := set $d (toString .) $d }}{{ end }}{{ toYaml $d }}'],
    ['{{ repeat 100000000 "x" }}'],
    [`{{ ${'('.repeat(5000)}1${')'.repeat(5000)} }}`],
    ['{{ if true }}'.repeat(5000) + '{{ end }}'.repeat(5000)],
    ['{{ "'.repeat(20000)],
    ['{{- '.repeat(20000) + '}}'.repeat(20000)],
  ])('number %#', async (template) => {
    const start = performance.now();
    await rendered(template);
    expect(performance.now() - start).toBeLessThan(20_000);
  });

  it('says what became of such a chart', async () => {
    const files = {
      'chart/Chart.yaml': 'name: endless\nversion: 1.0.0\n',
      'chart/templates/a.yaml': '{{ define "x" }}{{ include "x" . }}{{ end }}{{ include "x" . }}',
    };
    const { model } = await gather({ root: '/r' }, inventoryOf(files));
    expect(model.notifications.map(({ message }) => message)).toEqual([
      'the chart endless: nothing is read from it: it is nested too deep',
    ]);
  });

  it('reads any text without throwing', () => {
    const words = [
      '{{',
      '}}',
      '{{-',
      ' -}}',
      'if',
      'end',
      'else',
      '.a',
      '$x',
      ':=',
      '|',
      '(',
      ')',
      '"',
      '`',
      '/*',
      '*/',
      ' ',
    ];
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.constantFrom(...words), fc.string())), (parts) => {
        const { fault, nodes } = parseGoTemplate(parts.join(''));
        expect(fault === undefined || nodes.length === 0).toBe(true);
      }),
    );
  });
});
