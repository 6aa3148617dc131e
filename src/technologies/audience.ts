export type Audience = 'production' | 'development' | 'test' | 'example';

const WORDS: Readonly<Record<Audience, RegExp>> = {
  example:
    /^(?:examples?|samples?|demos?|docs?|documentation|tutorials?|quickstart|playground|cookbook|archived?|attic)$/,
  test: /^(?:tests?|unittests?|testing|testdata|e2e|cypress|playwright|ci|fixtures?|mocks?|benchmarks?|\.github|\.gitlab|\.circleci)$/,
  development: /^(?:dev|devel|develop|development|local|localdev|devcontainer|codespaces?|debug|minikube|tilt|vscode)$/,
  production: /^(?:prod|production|prd|live)$/,
};

/** `ci/k8s`, `ci/deploy`: what continuous integration rolls out, and no test of its own. */
function isDeployedFrom(word: string, next: string | undefined): boolean {
  return word === 'ci' && next !== undefined && /^(?:k8s|kubernetes|kube|deploy|deployments?)$/.test(next);
}

/**
 * What a deployment is for, as far as its path tells; undefined where it says nothing. Tests and examples are such
 * whatever stands below them; between development and production the word nearest to the file's name decides.
 */
export function audienceOfPath(path: string): Audience | undefined {
  const words = path
    .toLowerCase()
    .split('/')
    .flatMap((segment) => (/^\.(?:github|gitlab|circleci)$/.test(segment) ? [segment] : segment.split(/[^a-z0-9]+/)));
  for (const audience of ['example', 'test'] as const) {
    if (words.some((word, i) => WORDS[audience].test(word) && !isDeployedFrom(word, words[i + 1]))) return audience;
  }
  for (const word of words.reverse()) {
    for (const audience of ['development', 'production'] as const) if (WORDS[audience].test(word)) return audience;
  }
  return undefined;
}
