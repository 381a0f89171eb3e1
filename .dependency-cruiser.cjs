/** Who may import whom. The house's plan stands in docs/architecture.md; this file enforces it. */
const SUBGRAPHS = ['product', 'inventory', 'order', 'customer', 'finance', 'operations'];
const OUR_ROOMS = '^(app|bench|connectors|console|embedded-mongo|gateway|platform|subgraphs|test)/';

const only = (name, from, mayReach, comment) => ({
  name,
  comment,
  severity: 'error',
  from: { path: from, pathNot: '\\.test\\.ts$' },
  to: { path: OUR_ROOMS, pathNot: [from, ...mayReach] },
});

module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', comment: 'Two files that need each other are one file.', from: {}, to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } } },
    only('embedded-mongo-alone', '^embedded-mongo/', [], 'The store knows nothing of the rest.'),
    only('platform-below-all', '^platform/', [], 'The platform knows no domain.'),
    only('connectors-on-platform', '^connectors/', ['^platform/'], 'A connector knows its system and the platform.'),
    only('gateway-on-platform', '^gateway/', ['^platform/'], 'The gateway knows subgraphs only through the composed schema.'),
    ...SUBGRAPHS.map((name) =>
      only(`subgraph-${name}`, `^subgraphs/${name}/`, ['^platform/', '^connectors/'], 'Siblings talk through the graph and events, never by import.'),
    ),
    { name: 'system-behind-http', severity: 'error', comment: 'The stand-in systems are reached over HTTP like real ones.', from: { path: '^(subgraphs|gateway|platform|connectors/(?!sandbox/system|conformance))', pathNot: '\\.test\\.ts$' }, to: { path: '^connectors/sandbox/system/' } },
    { name: 'domain-is-pure', severity: 'error', comment: 'Rules do no I/O: they know values only.', from: { path: '^subgraphs/[^/]+/domain/', pathNot: '\\.test\\.ts$' }, to: { path: ['^subgraphs/[^/]+/(resolvers|store|feed|loaders|index|context|generated)', '^platform/(store|outbox/(?!(operation|call-error)\\.ts)|events|feed|cache|telemetry|graphql|sibling)', '^connectors/(?!canonical)', 'node_modules/(mongoose|mongodb|undici|graphql)/'], dependencyTypesNot: ['type-only'] } },
    { name: 'store-knows-types', severity: 'error', comment: 'The store folder speaks to the database and nothing else.', from: { path: '^subgraphs/[^/]+/store/' }, to: { path: '^subgraphs/[^/]+/(resolvers|feed|index|context|generated)' } },
    { name: 'only-store-speaks-mongoose', severity: 'error', comment: 'One folder speaks to the database.', from: { path: '^subgraphs/[^/]+/(resolvers|domain|loaders)', pathNot: '\\.test\\.ts$' }, to: { path: 'node_modules/(mongoose|mongodb)/', dependencyTypesNot: ['type-only'] } },
    { name: 'no-test-code-in-product', severity: 'error', from: { path: OUR_ROOMS, pathNot: ['^(test|bench)/', '\\.test\\.ts$'] }, to: { path: ['^(test|bench)/', '\\.test\\.ts$'] } },
    { name: 'not-to-dev-dependency', comment: 'The conformance suite is a test that connectors bring their own subject to.', severity: 'error', from: { path: OUR_ROOMS, pathNot: ['^(test|bench|connectors/conformance)/', '\\.test\\.ts$'] }, to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] } },
    { name: 'resolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
  ],
  options: {
    // TypeScript 7 has no compiler API yet; swc reads the imports as well.
    parser: 'swc',
    doNotFollow: { path: 'node_modules' },
    exclude: { path: ['^\\.data/', '/generated\\.ts$', '^bench/gateway/peers/'] },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default', 'types'], extensions: ['.ts', '.js', '.mjs', '.cjs', '.json'] },
  },
};
