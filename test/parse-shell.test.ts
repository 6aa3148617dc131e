import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { commandsOf, commandsOfWords } from '../src/parse/shell/commands-of.js';
import { language } from '../src/parse/shell/index.js';
import { interpolate, type Lookup } from '../src/parse/shell/parameter.js';
import { program } from '../src/parse/shell/program.js';
import { words } from '../src/parse/shell/words.js';

interface Given {
  readonly script: string;
  readonly variables?: Readonly<Record<string, string | null>>;
  readonly args?: readonly string[];
  /** `?` before a command that may run, `&` before one in the background. */
  readonly runs: readonly string[];
}

function runs({ script, variables = {}, args }: Omit<Given, 'runs'>): string[] {
  const lookup: Lookup = (name) => variables[name];
  return commandsOf(language.parse(script, 'run.sh').tree, lookup, args).map(
    (command) => `${command.conditional ? '?' : ''}${command.background ? '&' : ''}${command.words.join(' ')}`,
  );
}

/** Met in entry points of netbox-docker, nextcloud and the like. */
const fromRealScripts: Record<string, Given> = {
  'a redirection to a named descriptor': {
    script: 'exec {fd}< <(list 2>&1)\nserve\n',
    runs: ['serve'],
  },
  'an assignment is not split': {
    script: 'O=\'-n "x"\'\nO=$O\' --b "$Z"\'\nA=$O serve',
    runs: ['A=-n "x" --b "$Z" serve'],
  },
  'su runs a script': {
    script: 'su -p app -s /bin/sh -c "a; exec serve"\nsu app',
    runs: ['a', 'exec serve', 'su app'],
  },
  'arguments are gathered in an array': {
    script:
      'ARGS=(\n  "--quiet" # nothing (at all), it\'s loud\n  "-A" "shop" worker\n  "--concurrency=$N"\n)\nif [[ $BEAT = True ]]; then\n  ARGS+=("--beat")\nfi\nif [[ $DEBUG = True ]]; then ARGS+=(-l debug); else ARGS+=(-l info); fi\ncelery "${ARGS[@]}" end\nNONE=()\nserve "${NONE[@]}" ${ARGS[*]}',
    variables: { BEAT: 'True', N: '2' },
    runs: [
      'celery --quiet -A shop worker --concurrency=2 --beat -l info end',
      'serve --quiet -A shop worker --concurrency=2 --beat -l info',
    ],
  },
  'what may be added to an array is not known': {
    script: 'ARGS=(worker)\nif [ "$BEAT" = 1 ]; then ARGS+=(--beat); fi\ncelery "${ARGS[@]}"\nOPEN=(a b\nserve',
    variables: { BEAT: null },
    runs: ['celery ${ARGS[@]}', 'a b', 'serve'],
  },
  'leaving a loop is no command': { script: 'while true; do a && break; continue; done\nserve', runs: ['?a', 'serve'] },
};

describe('the commands of a script', () => {
  const cases: Record<string, Given> = {
    'in order, up to exec': {
      script: '#!/bin/sh\nset -e\ncd /app\nmigrate --now\nexec serve "a b"\nnever\n',
      runs: ['cd /app', 'migrate --now', 'exec serve a b'],
    },
    'exec with nothing but a redirection goes on': { script: 'exec 2>&1\nserve\n', runs: ['serve'] },
    'lines that go on, redirections, comments': {
      script: 'serve \\\n  --a 1 \\\n  --b=2 >>log 2>&1 # comment\n</dev/null other &>x; last 2>/dev/null',
      runs: ['serve --a 1 --b=2', 'other', 'last'],
    },
    'here-documents are no commands': {
      script: 'cat <<EOF >x\nnothing\nEOF\nserve <<-"B"\n\tnothing\n\tB\nlast <<< text\n',
      runs: ['cat', 'serve', 'last'],
    },
    'the background': { script: 'worker & beat &\nserve; wait', runs: ['&worker', '&beat', 'serve'] },
    'pipes, groups and subshells': { script: '(a; b) | c && { d; }', runs: ['a', 'b', 'c', 'd'] },
    'a default counts where nothing sets the variable': {
      script: 'serve -w ${W:-4} -t ${T-2} ${E:-} "$X"',
      variables: { T: '8' },
      runs: ['serve -w 4 -t 8 $X'],
    },
    'an unquoted value is split, a quoted one is not': {
      script: 'serve $A "$A" x${A}y',
      variables: { A: '1 2' },
      runs: ['serve 1 2 1 2 x1 2y'],
    },
    'what is set to something unknown stays as written': {
      script: 'serve ${A:-4} $B $(nproc) `x y`',
      variables: { A: null },
      runs: ['serve ${A:-4} $B $(nproc) `x y`'],
    },
    'assignments of the script': {
      script: ': ${W:=4}\nP=8000\nexport H=0.0.0.0 B="$H:$P"\nN=$(nproc)\nserve -w $W -b $B -n $N',
      runs: ['serve -w 4 -b 0.0.0.0:8000 -n $N'],
    },
    'assignments before a command stay with it': {
      script: 'A=1 B=$C serve',
      variables: { C: 'x' },
      runs: ['A=1 B=x serve'],
    },
    'a decided test': {
      script: 'if [ "$MODE" = dev ]; then\n  develop\nelif [ -n "$DEBUG" ]; then debug\nelse\n  exec serve\nfi\nnever',
      variables: { MODE: 'prod' },
      runs: ['exec serve'],
    },
    'tests joined to commands': {
      script: '[ -z "$A" ] && a; [ "$B" != x ] || b; [[ $C == w* && -n $C ]] && c; ! [ "$B" = x ] && d; test -f f && e',
      variables: { B: 'x', C: 'web' },
      runs: ['a', 'b', 'c', '?e'],
    },
    'numbers in tests': { script: 'if [ "$N" -gt 1 ]; then many; else one; fi', variables: { N: '3' }, runs: ['many'] },
    'an undecided test lists both bodies': {
      script: 'if [ -f x ]; then a; W=2; else b; fi\nserve $W',
      runs: ['?a', '?b', 'serve $W'],
    },
    'an unknown variable decides nothing': {
      script: 'if [ "$A" = x ]; then a; else b; fi',
      variables: { A: null },
      runs: ['?a', '?b'],
    },
    'the same value in all bodies is known': {
      script: 'if [ -f x ]; then W=2; else W=2; fi\nserve $W',
      runs: ['serve 2'],
    },
    'a way out is not taken': {
      script: 'check || exit 1\nmigrate || { echo no; exit 1; }\nserve',
      runs: ['check', 'migrate', 'serve'],
    },
    'an alternative command may run': { script: 'a || b\nserve', runs: ['a', '?b', 'serve'] },
    'arguments choose a role': {
      script:
        'case "$1" in\n  web) shift; exec serve "$@" ;;\n  worker|w*)\n    work\n    ;;\n  *) exec "$@" ;;\nesac\nafter',
      args: ['web', '--a', 'b c'],
      runs: ['exec serve --a b c'],
    },
    'a pattern': { script: 'case "$1" in web) a;; w*) b;; *) c;; esac; after', args: ['work'], runs: ['b', 'after'] },
    'no argument is an empty one': { script: 'if [ -z "$1" ]; then a; fi; exec "$@"', args: [], runs: ['a'] },
    'unknown arguments list all roles': {
      script: 'case "$1" in (web) exec a;; worker) exec b;; *) exec "$@"; esac\nnever',
      runs: ['?exec a', '?exec b', '?exec $@'],
    },
    'arguments that an entry point completes': {
      script: 'if [ "${1#-}" != "$1" ] || [ "${1%.conf}" != "$1" ]; then\n  set -- serve "$@"\nfi\nexec "$@"',
      args: ['--port', '1'],
      runs: ['exec serve --port 1'],
    },
    'the first letter of an argument': {
      script: 'if [ "${1:0:1}" = "-" ]; then set -- serve "$@"; fi\nexec "$@"',
      args: ['-v'],
      runs: ['exec serve -v'],
    },
    'functions run where they are called': {
      script: 'web() { exec serve "$1"; }\nfunction other {\n  never\n}\nweb x\nnever',
      runs: ['exec serve x'],
    },
    'loops may run': {
      script: 'until ready; do sleep 1; done\nfor f in a b; do run $f; done\nserve',
      runs: ['?ready', '?sleep 1', '?run $f', 'serve'],
    },
    'sh -c is taken apart': {
      script: 'sh -c "a && exec serve $W" &\nbash -ec \'b; c "$1"\' name x',
      variables: { W: '3' },
      runs: ['&a', '&exec serve 3', 'b', 'c x'],
    },
  };
  Object.assign(cases, fromRealScripts);
  test.each(Object.entries(cases))('%s', (_, given) => {
    expect(runs(given)).toEqual(given.runs);
  });

  test('where they stand', () => {
    const script = 'a\nexec serve \\\n  --b # c\n';
    const [, serve] = commandsOf(language.parse(script, 'run.sh').tree, () => undefined);
    expect(serve && script.slice(serve.start, serve.end)).toBe('exec serve \\\n  --b');
  });

  test('of a list of words', () => {
    const of = (all: string[]) =>
      commandsOfWords(all, (name) => (name === 'W' ? '2' : undefined)).map((command) => command.words);
    expect(of(['/bin/sh', '-c', 'migrate && exec serve -w $W'])).toEqual([['migrate'], ['exec', 'serve', '-w', '2']]);
    expect(of(['serve', '-w', '$W'])).toEqual([['serve', '-w', '$W']]);
    expect(of(['sh', 'run.sh', '-c', 'x'])).toEqual([['sh', 'run.sh', '-c', 'x']]);
    expect(of([])).toEqual([]);
  });
});

describe('the program of a command', () => {
  const cases: [line: string, name: string, args: string[]][] = [
    ['serve --a', 'serve', ['--a']],
    ['/usr/local/bin/serve', 'serve', []],
    ['A=1 exec env B=2 dumb-init -- gosu app serve -x', 'serve', ['-x']],
    ['exec runuser -u app -- gunicorn shop.wsgi', 'gunicorn', ['shop.wsgi']],
    ['chamber exec shop -- flock -w 5 /tmp/lock celery -A shop beat', 'celery', ['-A', 'shop', 'beat']],
    ['conda run -n shop envdir /etc/env serve', 'serve', []],
    ['/usr/bin/tini -s -- serve', 'serve', []],
    ['python3.12 -u -m gunicorn x:y', 'gunicorn', ['x:y']],
    ['python -X dev -m serve', 'serve', []],
    ['python manage.py run', 'python', ['manage.py', 'run']],
    ['poetry run serve -w 2', 'serve', ['-w', '2']],
    ['poetry install', 'poetry', ['install']],
    ['uv run --frozen --group prod serve', 'serve', []],
    ['pipenv run python -m serve', 'serve', []],
    ['./wait-for-it.sh db:5432 -t 30 -- serve', 'serve', []],
    ['wait-for-it.sh db:5432', 'wait-for-it.sh', ['db:5432']],
    ['newrelic-admin run-program ddtrace-run opentelemetry-instrument --service_name x serve', 'serve', []],
    ['timeout -k 5 30 nice -n 10 nohup serve', 'serve', []],
    ['chpst -u app:app serve', 'serve', []],
    ['bin/start-pgbouncer serve', 'serve', []],
    ['honcho start web', 'honcho', ['start', 'web']],
    ['exec', 'exec', []],
    ['A=1', '', []],
  ];
  test.each(cases)('%s', (line, name, args) => {
    expect(program(words(line))).toMatchObject({ name, args });
  });

  test('what stands before it is part of its environment', () => {
    expect(program(['A=1', 'env', 'B=x y', 'serve', 'C=3']).environment).toEqual({ A: '1', B: 'x y' });
  });
});

test('words without a shell', () => {
  expect(words('serve "a b" \'$X\' $Y ${Z:-1} c\\ d && e')).toEqual([
    'serve',
    'a b',
    '$X',
    '$Y',
    '${Z:-1}',
    'c d',
    '&&',
    'e',
  ]);
});

test('interpolation', () => {
  const lookup: Lookup = (name) => (name === 'A' ? '1' : name === 'EMPTY' ? '' : undefined);
  const of = (text: string) => interpolate(text, lookup, '$$');
  expect(of('$A ${A} $$A ${EMPTY:-d} ${EMPTY-d} ${B:-${A}x} ${A:+y}${B:+z}')).toEqual({
    text: '1 1 $A d  1x y',
    missing: [],
    defaulted: ['EMPTY', 'B'],
  });
  expect(of('x$B-${C:?must}')).toEqual({ text: 'x-', missing: ['B', 'C'], defaulted: [] });
  expect(interpolate('\\$A $A $ ${', lookup, '\\$').text).toBe('$A 1 $ ${');
});

describe('hostile scripts', () => {
  const hostile: Record<string, string> = {
    parentheses: '('.repeat(20_000),
    braces: '{ '.repeat(20_000),
    conditions: 'if '.repeat(20_000),
    choices: 'case x in a) '.repeat(5_000),
    loops: 'while x; do '.repeat(5_000),
    functions: 'f(){ '.repeat(5_000),
    substitutions: '"$('.repeat(20_000),
    defaults: '${a:-'.repeat(20_000),
    quotes: "'".repeat(20_001),
    'a long list': 'a;'.repeat(200_000),
    'long words': 'x '.repeat(200_000),
    'a long test': `[[ ${'a || '.repeat(20_000)} ]]`,
    'a function that calls itself twice': 'f(){ f; f; }; f',
    'shells in shells': 'sh -c '.repeat(5_000),
    'many branches': 'if [ -f a ]; then A=1; fi\n'.repeat(5_000),
    'many here-documents': 'a <<E\n'.repeat(5_000),
    'ends without beginnings': 'fi done esac ) } ;; '.repeat(5_000),
  };
  test.each(Object.entries(hostile))('bounded: %s', (_, script) => {
    const started = performance.now();
    expect(runs({ script }).length).toBeLessThanOrEqual(2_000);
    expect(performance.now() - started).toBeLessThan(20_000);
  });

  test('never throws', () => {
    const parts = [
      'a ',
      'if ',
      'then ',
      'else ',
      'fi ',
      'case x in ',
      'esac ',
      ';; ',
      '; ',
      '\n',
      '&& ',
      '|| ',
      '| ',
      '& ',
      '( ',
      ') ',
      '{ ',
      '} ',
      'f() ',
      'do ',
      'done ',
      'for x in ',
      '[ -z "$A" ] ',
      '$A ',
      '"',
      "'",
      '`',
      '$(',
      '${A:-',
      '}',
      '<<E\n',
      'E\n',
      '# ',
      '\\',
      '! ',
      'set -- ',
      'shift ',
      'exec ',
      'A=1 ',
      '"$@" ',
    ];
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...parts), { maxLength: 40 }), fc.boolean(), (pieces, known) => {
        const script = pieces.join('');
        const found = commandsOf(language.parse(script, '').tree, () => undefined, known ? ['a', '-b'] : undefined);
        expect(found.every(({ start, end }) => start >= 0 && start <= end && end <= script.length)).toBe(true);
        commandsOfWords(words(script), () => null);
        program(words(script));
      }),
      { numRuns: 5_000 },
    );
  });
});
