import { startAllInOne } from './all-in-one.ts';
import { run } from './run.ts';

/** `npm start`: the whole graph in one process. */
await run(startAllInOne, ({ url }, settings) => {
  console.log(`The graph is ready at ${url}`);
  if (settings.sandbox) {
    console.log(
      'Sandbox mode: POST /sandbox/token {"role":"shopper"} gives a token; GET /graphql in a browser opens Apollo Sandbox.',
    );
  }
});
