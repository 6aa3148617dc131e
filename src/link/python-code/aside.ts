/** Code that never serves a request of production: tests, their data, migrations, documentation, packaging. */
export const ASIDE =
  /(^|\/)(tests?|unittests?|testing|testdata|test_?utils?|fixtures|[^/]*migrations|docs?|examples?|factories|node_modules|site-packages|\.[^/]+)\/|(^|\/)(test_[^/]*|tests?|[^/]*_tests?|conftest|factories|setup|noxfile|fabfile|tasks_dev)\.py$/;
